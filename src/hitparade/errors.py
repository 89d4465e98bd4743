"""Everything that can stop hitparade with a sentence for its user.

::

    HouseError                     exit 1; the sentence is shown, never a traceback
      UsageError                   exit 2; the call itself makes no sense
      AmbiguousError               exit 3; several songs share the name, all are listed
      NoHouseError                 the folder is not a house
      NewerFormatError             the house was written by a newer hitparade
      LockedError                  somebody else is writing to the house
      IntakeError                  a file cannot become a delivery
        OverlapError               it overlaps a delivery in force and does not say that it replaces it
        BalanceError               a control total of the sender does not hold
      BookError                    a rulebook cannot be used
        NotInForceError            no value is in force on that day, or the chart does not live then
      CompileError                 an issue cannot be compiled
      ArchiveError                 an edition is missing, altered or already there
        AlreadyPublishedError      somebody published that issue first
      ArticleError                 an article cannot be read
      CatalogError                 the catalog's log cannot take or take back a line

A complaint about one row or one cell of somebody's data is not an exception but a
:class:`hitparade.problems.Problem`; the rest of the file still counts.
"""


class HouseError(Exception):
    """The base of all; ``str()`` is one clear sentence."""

    exit_code = 1


class UsageError(HouseError):
    """The call makes no sense, whatever the house holds."""

    exit_code = 2


class AmbiguousError(HouseError):
    """Several songs answer to the name."""

    exit_code = 3


class NoHouseError(HouseError):
    """The folder is not a house."""


class NewerFormatError(HouseError):
    """The house was written by a newer hitparade."""


class LockedError(HouseError):
    """Another process is writing to the house."""


class IntakeError(HouseError):
    """A file cannot become a delivery."""


class OverlapError(IntakeError):
    """The file overlaps a delivery in force without saying that it replaces it."""


class BalanceError(IntakeError):
    """A control total of the sender does not hold."""


class BookError(HouseError):
    """A rulebook cannot be used."""


class NotInForceError(BookError):
    """No value is in force on that day, or the chart does not live then."""


class CompileError(HouseError):
    """An issue cannot be compiled."""


class ArchiveError(HouseError):
    """An edition is missing, altered or already there."""


class AlreadyPublishedError(ArchiveError):
    """Somebody published that issue first."""


class ArticleError(HouseError):
    """An article cannot be read."""


class CatalogError(HouseError):
    """The catalog's log cannot take or take back a line."""
