"""Reading an article: every fact with its line, every damage by its place, nothing repaired."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article_maker import BOTH, reading, song, text_of
from hitparade.article.claims import Article
from hitparade.article.places import country_of, listed
from hitparade.article.prose import sentences
from hitparade.article.words import day, number, ordinal
from hitparade.errors import ArticleError


@pytest.fixture(params=BOTH)
def text(request: pytest.FixtureRequest) -> str:
    return text_of(request)


@pytest.fixture
def article(text: str, tmp_path: Path) -> Article:
    return reading(tmp_path, text)


def rows(article: Article, kind: str, year: int) -> list[int]:
    return [claim.line for claim in article.of(kind) if claim.whole("year") == year]


def test_the_infobox_is_read_line_by_line(article: Article) -> None:
    box = {claim.subject: (claim.line, claim.said("said")) for claim in article.of("infobox")}
    assert box["Type"] == (4, "single")
    assert box["Artist"] == (5, "Charlie Puth featuring Selena Gomez")
    assert box["Length"] == (11, "3:37")
    assert box["Next Year"] == (19, "2016")
    assert [claim.line for claim in article.of("infobox")] == list(range(4, 20))


def test_weekly_rows_are_twelve_and_two_and_two_of_them_are_damaged(article: Article) -> None:
    assert rows(article, "weekly_peak", 2016) == list(range(67, 79))
    assert rows(article, "weekly_peak", 2025) == [83, 84]
    assert [claim.line for claim in article.of("weekly_peak") if claim.damaged] == [76, 77]


def test_year_end_rows_are_twenty_three_and_two(article: Article) -> None:
    assert rows(article, "year_end", 2016) == list(range(90, 113))
    assert rows(article, "year_end", 2017) == [117, 118]


def test_a_row_carries_the_year_of_its_tables_header(article: Article) -> None:
    (row,) = [claim for claim in article.of("weekly_peak") if claim.line == 70]
    assert (row.subject, row.whole("position"), row.whole("year")) == (
        "Global Excl. US (Billboard)",
        187,
        2016,
    )


def test_accolades_credits_release_and_lists_have_their_lines(article: Article) -> None:
    assert [claim.line for claim in article.of("accolade")] == list(range(46, 55))
    assert [(claim.line, claim.subject) for claim in article.of("credit")] == [
        (57, "Charlie Puth"),
        (58, "Selena Gomez"),
        (59, "Jacob Kasher Hindlin"),
    ]
    assert article.of("credit")[0].names("roles") == ("lead vocals", "songwriter", "producer")
    (release,) = article.of("release")
    assert (release.line, release.day("date"), release.said("label")) == (122, date(2016, 5, 24), "Atlantic")
    assert [claim.line for claim in article.of("link")] == [125, 126]


def test_the_lead_gives_each_kind_of_claim_that_prose_can_make(article: Article) -> None:
    said = [(c.kind, c.subject, c.whole("position") or c.whole("nth")) for c in article.claims if c.line == 23]
    assert said[:3] == [
        ("peak", "US Billboard Hot 100", 9),
        ("nth_top_ten", "Charlie Puth", 2),
        ("nth_top_ten", "Selena Gomez", 6),
    ]
    assert ("nth_highest", "Charlie Puth", 2) in said
    assert ("top_ten_countries", "countries", None) in said
    assert [c.subject for c in article.of("place_peak")] == ["Italy", "Lebanon", "Romania"]
    assert [(c.subject, c.said("level"), c.whole("times")) for c in article.of("certification")] == [
        ("US", "platinum", 5),
        ("Australia", "platinum", 5),
        ("Italy", "platinum", 5),
        ("Canada", "diamond", 1),
        ("France", "diamond", 1),
    ]


def test_every_damaged_cell_and_line_is_named(article: Article) -> None:
    # Eight empty results and Romania's position are cells; five captions, two headers, the shifted row 51 and
    # the stray row 77 are lines: 8 + 1 = 9 and 5 + 2 + 1 + 1 = 9.
    assert (article.damaged_cells, article.damaged_lines) == (9, 9)
    by_reason: dict[str, list[int]] = {}
    for damage in article.damages:
        by_reason.setdefault(damage.reason, []).append(damage.line)
    assert by_reason == {
        "caption-broken": [43, 64, 80, 87, 114],
        "header-name-missing": [45, 121],
        "cell-empty": [46, 47, 48, 49, 50, 52, 53, 54, 76],
        "row-shifted": [51],
        "row-stray": [77],
    }


def test_a_row_that_lost_its_first_cells_says_where_its_words_belong(article: Article) -> None:
    (damage,) = [d for d in article.damages if d.line == 51]
    assert damage.sentence == (
        "'Best Collaboration' stands under Organization, where line 49 has it as Category; "
        "Organization, Year and Result are lost"
    )


def test_nothing_is_repaired(article: Article) -> None:
    (romania,) = [claim for claim in article.of("weekly_peak") if claim.line == 76]
    assert romania.whole("position") is None
    assert all(claim.said("result") == "" for claim in article.of("accolade"))


def test_every_claim_has_an_id_of_its_own_and_they_are_in_order(article: Article) -> None:
    ids = [tuple(map(int, claim.id.split("."))) for claim in article.claims]
    assert ids == sorted(set(ids))


@pytest.mark.parametrize(
    "words",
    [
        "peaked at number nine on the UK Singles Chart",
        "reached a peak of number 9 on the UK Singles Chart in May 2016",
        "climbed to No. 9 on the UK Singles Chart in 2016",
        "went to #9 on the UK Singles Chart, where it stayed",
        "reached its peak at position nine on the UK Singles Chart and was certified",
    ],
)
def test_a_peak_is_read_in_many_wordings(words: str, tmp_path: Path) -> None:
    (peak,) = reading(tmp_path, song(f"The song {words}.")).of("peak")
    assert (peak.subject, peak.whole("position")) == ("UK Singles Chart", 9)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (
            "earning Puth his second top-10 single and Gomez's sixth",
            [("Charlie Puth", 2), ("Selena Gomez", 6)],
        ),
        ("becoming Puth's 2nd top ten hit", [("Charlie Puth", 2)]),
        ("giving Selena Gomez her twenty-first top-ten song", [("Selena Gomez", 21)]),
        ("his second top-ten single", []),
        ("Puth's second album and Gomez's sixth", []),
    ],
)
def test_an_ordinal_belongs_to_the_artist_it_names(words: str, found: list[tuple[str, int]], tmp_path: Path) -> None:
    article = reading(tmp_path, song(f"It rose to number 9 on the Hot 100, {words}."))
    assert [(c.subject, c.whole("nth")) for c in article.of("nth_top_ten")] == found


def test_numbers_ordinals_and_days_are_read_in_words_and_digits() -> None:
    assert [number(text) for text in ("nine", "9", "ninety-nine", "1,234", "a hundred", "many")] == [
        9,
        9,
        99,
        1234,
        100,
        None,
    ]
    assert [ordinal(text) for text in ("sixth", "6th", "twenty-first", "twentieth", "last")] == [
        6,
        6,
        21,
        20,
        None,
    ]
    may = date(2016, 5, 24)
    assert [day(text) for text in ("May 24, 2016", "24 May 2016", "2016-05-24", "May 34, 2016")] == [
        may,
        may,
        may,
        None,
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("reached number two in Italy, Lebanon and Romania", [("Italy", 2), ("Lebanon", 2), ("Romania", 2)]),
        ("peaked at number 12 in Italy and number twenty-one in Norway", [("Italy", 12), ("Norway", 21)]),
        ("was a number-one single in both Italy and the UK", [("Italy", 1), ("UK", 1)]),
        ("topped the charts in Italy, and Norway", [("Italy", 1), ("Norway", 1)]),
        ("went to the top of the singles chart in Italy", [("Italy", 1)]),
        ("was #7 in countries such as Italy and Chad", [("Italy", 7), ("Chad", 7)]),
        ("reached number 5 in Italy, Puth's first", [("Italy", 5)]),
        ("was number one in October 2016", []),
        ("reached number nine in the Hot 100", []),
    ],
)
def test_a_position_in_places_is_one_fact_a_place(words: str, found: list[tuple[str, int]], tmp_path: Path) -> None:
    article = reading(tmp_path, song(f"The song {words}."))
    assert [(c.subject, c.whole("position")) for c in article.of("place_peak")] == found


def test_a_position_in_a_chart_is_a_peak_whatever_stands_before_the_chart(tmp_path: Path) -> None:
    article = reading(
        tmp_path, song("It reached number 9 in the Hot 100.", "", "It rose to number 3 in May 2016 on the UK Chart.")
    )
    assert [(c.subject, c.whole("position"), c.whole("month")) for c in article.of("peak")] == [
        ("Hot 100", 9, None),
        ("UK Chart", 3, 5),
    ]


CARDINALS = (
    *("0", "1", "2", "7", "10", "21", "99", "100", "250", "one", "two", "seven", "nineteen", "forty"),
    *("ninety-nine", "one hundred", "one hundred and one", "two hundred and forty-one"),
)
ORDINALS = (
    *("0th", "1st", "3rd", "22nd", "111th", "first", "second", "seventh", "thirteenth", "twentieth"),
    *("twenty-second", "hundredth"),
)
DAYS, YEARS = ("0", "1", "9", "30", "31", "34", "99", "240"), ("0000", "1066", "1999", "2025", "9999")
_WORDS = "one two three four five six seven eight nine ten fifteen"
_RANKS = "first second third fourth fifth sixth"
_MONTH = "(?:July|August|October|December|January|May)"


def others(text: str, match: re.Match[str]) -> tuple[str, ...]:
    """Return what may stand in the place of a number: another of its kind."""
    said = match[0]
    if re.search(rf"{_MONTH} $", text[: match.start()]) and len(said) < 4:
        return DAYS
    if len(said) == 4 and said.isdecimal():
        return YEARS
    return ORDINALS if said.endswith(("st", "nd", "rd", "th")) or said in _RANKS.split() else CARDINALS


def test_another_number_in_the_prose_takes_no_fact_away(text: str, tmp_path: Path) -> None:
    """Every number of lines 21, 23, 26, 37 and 40, in turn, becomes another one of its kind."""
    lines = text.split("\n")
    numbers = re.compile(rf"\b(?:\d+(?:st|nd|rd|th)?|{'|'.join([*_WORDS.split(), *_RANKS.split()])})\b")
    tried = 0
    for n in (21, 23, 26, 37, 40):
        said = lines[n - 1]
        before = kinds(tmp_path, said)
        for match in numbers.finditer(said):
            for other in others(said, match):
                changed = said[: match.start()] + other + said[match.end() :]
                assert kinds(tmp_path, changed) == before, changed
                tried += 1
    assert tried > 200


def kinds(folder: Path, paragraph: str) -> list[str]:
    return [claim.kind for claim in reading(folder, song(paragraph)).claims if claim.line == 6]


def test_places_in_a_list_keep_their_own_and() -> None:
    assert listed("the US, Bosnia and Herzegovina and Italy.") == ("US", "Bosnia and Herzegovina", "Italy")


def test_a_chart_of_the_world_is_of_no_country() -> None:
    assert country_of("Global Excl. US (Billboard)") is None
    assert country_of("CIS (Tophit)") is None
    assert country_of("New Zealand (Recorded Music NZ)") == ("NZ", "New Zealand")
    assert country_of("UK Singles (Official Charts Company)") == ("GB", "UK")


def test_a_sentence_is_not_cut_at_names_numbers_and_quotations() -> None:
    parts = ["It is on NJ.com, at No. 9.", 'He said "We met. We sang." and left.', "J. Cole did not."]
    assert sentences(" ".join(parts)) == parts


def test_a_quotation_that_closes_a_sentence_ends_it() -> None:
    assert sentences('He called it "a fine song." Then he left.') == [
        'He called it "a fine song."',
        "Then he left.",
    ]


def test_an_article_of_another_song_is_read_the_same_way(tmp_path: Path) -> None:
    article = reading(
        tmp_path,
        "= Elsewhere =\n\nElsewhere\n- Artist: Ana Ruiz\n- Released:\n\nIt peaked at number 3 in Chile.\n\n"
        "==Charts==\n| Chart (1999) | Peak position |\n"
        "| Chile (IFPI) | 3 |\n| Peru (UNIMPRO) | third |\n| Cuba (Hit | 4\n",
    )
    assert [(c.subject, c.whole("year"), c.whole("position")) for c in article.of("weekly_peak")] == [
        ("Chile (IFPI)", 1999, 3),
        ("Peru (UNIMPRO)", 1999, None),
        ("Cuba (Hit", 1999, 4),
    ]
    assert [(d.line, d.reason) for d in article.damages] == [
        (5, "cell-empty"),
        (12, "cell-not-a-position"),
        (13, "row-open"),
    ]
    assert [(c.subject, c.whole("position")) for c in article.of("place_peak")] == [("Chile", 3)]


def test_windows_line_ends_and_a_byte_order_mark_change_no_line_number(tmp_path: Path, article: Article) -> None:
    text = article.path.read_text("utf-8")
    other = tmp_path / "windows.txt"
    other.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    from hitparade.article import read

    assert read(other).claims == article.claims
    other.write_bytes(text.replace("\n", "\r").encode())  # as old machines ended their lines
    assert read(other).claims == article.claims


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\x00", "byte 1 is not UTF-8; an article is plain text in UTF-8"),
        (b"= A =\n\x00", "the file holds zero bytes"),
        (
            b"{{Infobox song\n| name = A}}",
            "line 1: found '{{Infobox song'; this is the wikitext of a page, which is not read yet; only the plain",
        ),
        (b"'''A''' is a song.", "this is the wikitext of a page"),
        (b"\nname,position\nA,1\n", "line 2: found 'name,position'; an article begins with '= title ='"),
        (b"= A =\n\n", "there is nothing below the title"),
        (b"= A =\n" + b"a" * 1_000_001, "1,000,007 bytes are too many for an article; allowed: 1,000,000"),
    ],
)
def test_what_is_no_article_is_refused_in_one_sentence(data: bytes, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(data)
    from hitparade.article import read

    with pytest.raises(ArticleError) as caught:
        read(path)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    from hitparade.article import read

    with pytest.raises(ArticleError, match=r"none\.txt: there is no such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(ArticleError, match="this is a folder; an article is one text file"):
        read(tmp_path)


@given(st.text(alphabet="|=-*\"'. \n()0129abcXY:,\u2013", max_size=400))
def test_any_text_below_a_title_is_read_or_refused_and_never_breaks(
    tmp_path_factory: pytest.TempPathFactory, body: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_text("= T =\n" + body, "utf-8")
    from hitparade.article import read

    try:
        article = read(path)
    except ArticleError as error:
        assert "there is nothing below the title" in str(error)
    else:
        lines = body.count("\n") + 2
        assert all(1 <= claim.line <= lines for claim in article.claims)
