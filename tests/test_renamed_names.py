"""A song that somebody renamed answers to its new name and to what charts printed."""

from pathlib import Path

from hitparade.cataloguing import Reason
from hitparade.house import House

LINES = "date,rank,title,artist\n2016-01-02,1,Heroes,Ann\n2016-01-02,2,Road,Bob\n2016-01-09,1,Heroes,Ann\n"


def test_a_renamed_song_answers_to_both_names(house: House, tmp_path: Path) -> None:
    file = tmp_path / "weekly.csv"
    file.write_text(LINES)
    house.archives.import_("weekly", [file])
    house.catalog.rename("Heroes", Reason("printed so on the cover", "anna"), title="Helden")
    for name in ("Helden", "helden - ann", "Heroes"):
        assert house.records.one_song(name).name == "Helden - Ann", name
        assert house.catalog.names.song(name).song == "heroes / ann", name
        assert len(house.records.ask("run", song=name, chart="weekly").rows) == 2, name
