"""Article: encyclopedia articles read into claims and checked.

In: an article in the plain layout, facts and books. Out: claims with lines, and a verdict for each.
Never here: repairing a claim, or guessing a number.
"""

from hitparade.article.checking import check
from hitparade.article.known import resting_on
from hitparade.article.reading import read

__all__ = ["check", "read", "resting_on"]
