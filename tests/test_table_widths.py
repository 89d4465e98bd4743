"""Tables at eighty columns: words are broken after a dot, never in the middle."""

from rich.console import Console

from hitparade.serve.cli.output import out, table
from hitparade.serve.cli.widths import broken, fitted

LONG = 'units."on_demand.premium"'
ROWS = [(LONG, "150", "100 to 200", "140 to 160, and not beyond that", 3, "0 of 9", "changes at most three lines")]
COLUMNS = "value", "stated", "range", "same chart", ("at most", "right"), ("not proved", "right"), "what it changes"


def lines_at(width: int) -> list[str]:
    """The table as a page of that width shows it."""
    page = Console(width=width)
    was, out._width = out._width, width
    try:
        with page.capture() as said:
            page.print(table(COLUMNS, ROWS))
    finally:
        out._width = was
    return said.get().splitlines()


def test_a_key_is_broken_after_its_dot() -> None:
    """Its pieces are units., "on_demand. and premium"; no line ends inside one of them."""
    lines = lines_at(80)
    first = [line.split()[0] for line in lines if line[:1].strip()]
    first = first[next(n for n, word in enumerate(first) if word.startswith("units.")) :]
    assert "".join(first) == LONG
    assert all(each.endswith(".") for each in first[:-1])
    assert len(first) > 1
    assert max(map(len, lines)) <= 80


def test_a_wide_page_breaks_nothing() -> None:
    assert any(LONG in line for line in lines_at(200))


def test_a_page_too_narrow_for_the_pieces_leaves_it_to_the_terminal() -> None:
    """Pieces of 9 and 6 signs and two gaps of 2 need 19 columns: 19 are enough, 18 are not."""
    cells = [["on_demand", "x"], ["abcdef"]]
    assert fitted(cells, [False, False], 19) == [9, 6]
    assert fitted(cells, [False, False], 18) is None


def test_the_widest_column_gives_way_first() -> None:
    """Twenty and ten signs in 24 columns less four: the wide one goes from 20 to 10."""
    assert fitted([["aaaa bbbb cccc ddddd"], ["eeee ffff g"[:10]]], [False, False], 24) == [10, 10]


def test_short_words_stay_whole_and_long_ones_go_on_below() -> None:
    """``on_demand.`` has ten signs and fits; with ``premium.`` it would be eighteen."""
    assert broken("see on_demand.premium.family now", 12) == "see on_demand.\npremium.\nfamily now"
