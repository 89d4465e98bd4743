"""A small invented chart for tests of records: four positions, eight weeks, six songs.

          4 Jan  11 Jan  18 Jan  25 Jan  1 Feb  8 Feb  15 Feb  22 Feb
1         Amber  Amber   Cedar   Birch   Dune   Ember  Amber   Amber
2         Cedar  Cedar   Amber   Cedar   Cedar  Dune   Ember   Fern
3         Ember  Fern    Birch   Amber   Birch  Cedar  Dune    Ember
4         Fern   Birch   Fern    Dune    Amber  Birch  Cedar   Dune
"""

from mirror_maker import Line

CHART = "xx-four"
CREDITS = {
    "Amber": "Ann Lee",
    "Birch": "Bo Finn Featuring Ann Lee",
    "Cedar": "Cara",
    "Dune": "Ann Lee",
    "Ember": "Dex",
    "Fern": "Cara",
}
WEEKS = {
    "2020-01-04": "Amber Cedar Ember Fern",
    "2020-01-11": "Amber Cedar Fern Birch",
    "2020-01-18": "Cedar Amber Birch Fern",
    "2020-01-25": "Birch Cedar Amber Dune",
    "2020-02-01": "Dune Cedar Birch Amber",
    "2020-02-08": "Ember Dune Cedar Birch",
    "2020-02-15": "Amber Ember Dune Cedar",
    "2020-02-22": "Amber Fern Ember Dune",
}


def lines(*, without: tuple[str, ...] = ()) -> list[Line]:
    """Return the printed lines, without the issues in ``without``."""
    return [
        (issue, position, title, CREDITS[title])
        for issue, titles in WEEKS.items()
        if issue not in without
        for position, title in enumerate(titles.split(), 1)
    ]


def listed(issue: str, *titles: str) -> list[Line]:
    """Return a list of one issue, from position 1 down."""
    return [(issue, position, title, CREDITS[title]) for position, title in enumerate(titles, 1)]
