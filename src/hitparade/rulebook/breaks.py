"""Where the series of a chart breaks: numbers of before do not compare with those after.

V6 of the methodologies: switching off an extrapolation made sales look a third lower than the year before, and new
sources make all of them look higher [B29-B31]. A break changes no position; it is said where numbers are read.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from hitparade.rulebook.book import Book
from hitparade.rulebook.calendar import issues

BLOCK = "series_break"
_REACH = timedelta(60)
"""More than one issue lies from the next, and more than a label from its tracking days."""


def breaks_in(book: Book, first: date, last: date) -> Iterator[str]:
    """Give a sentence for each break that begins with an issue dated from ``first`` to ``last``."""
    series = book.series.get(BLOCK)
    for value in series.values if series else ():
        around = issues(book, value.since - _REACH, value.since + _REACH)
        begins = next((each.issue_date for each in around if series and series.at(each) is value), None)
        if begins and first <= begins <= last:
            yield f"the series breaks with the issue of {begins}: {value.value['why']} ({value.source})"
