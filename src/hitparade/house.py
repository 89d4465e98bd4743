"""The front door: opens a house folder and carries values from room to room.

Each verb here is short: it takes what one room returns and hands it to the next. Rooms are imported when they are
first used, so that looking something up does not pay for compiling.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine as Database

from hitparade import config, opening, rolling
from hitparade.storage import HousePaths

if TYPE_CHECKING:
    from hitparade.archive.decisions import Ruling
    from hitparade.archive.doctor import Report
    from hitparade.archive.drafts import DraftRow
    from hitparade.archive.edition import Edition
    from hitparade.archive.index import EditionRow
    from hitparade.archive.preview import Preview
    from hitparade.archive.strikes import Struck
    from hitparade.archive.verify import Verification
    from hitparade.archived import ArchivedIssue
    from hitparade.archiving import Archives
    from hitparade.article.claims import Article
    from hitparade.article.findings import Report as ArticleReport
    from hitparade.cataloguing import Catalog
    from hitparade.certifying import Certifications
    from hitparade.chart import CandidateSet, ChartState, Received
    from hitparade.compile.compiled import Compiled
    from hitparade.compile.years import YearEnd
    from hitparade.compiling import Shown
    from hitparade.compiling_all import Run
    from hitparade.engine.duck import Duck
    from hitparade.history import Records
    from hitparade.intake.looking import Complaint, Delivery
    from hitparade.intake.receipt import Receipt
    from hitparade.ledger.asked import Asked
    from hitparade.ledger.coverage import Coverage
    from hitparade.ledger.ledger import Ledger
    from hitparade.ledger.sources import HeldBy
    from hitparade.overview import Status
    from hitparade.rulebook.book import Book
    from hitparade.rulebook.books import Shelf
    from hitparade.rulebook.check import Checked
    from hitparade.rulebook.rules import IssueDates, Rules
    from hitparade.rulebook.whatif import WhatIf
    from hitparade.sensing import Sensitivity
    from hitparade.showing import Told
    from hitparade.supposing import Supposition
    from hitparade.years import Years

Clock = Callable[[], datetime]
Advance = Callable[..., None]


def now() -> datetime:
    """Return the present instant; the only place where hitparade looks at a clock."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class House:
    """An open house."""

    paths: HousePaths
    config: config.Config
    database: Database
    clock: Clock = now

    @cached_property
    def engine(self) -> "Duck":
        """The engine that does the sums, opened when first needed."""
        from hitparade.engine.duck import Duck

        return Duck(self.config.threads, self.config.memory_limit, self.paths.scratch)

    @cached_property
    def ledger(self) -> "Ledger":
        """What was consumed, opened when first needed."""
        from hitparade.ledger.ledger import Ledger

        return Ledger(self.paths, self.database, self.engine)

    @cached_property
    def archives(self) -> "Archives":
        """Charts that were published elsewhere: import, list, read."""
        from hitparade.archiving import Archives

        return Archives(self)

    @cached_property
    def catalog(self) -> "Catalog":
        """Who is who, as people corrected it."""
        from hitparade.cataloguing import Catalog

        return Catalog(self)

    @cached_property
    def records(self) -> "Records":
        """What published issues show, our own and imported ones: songs, artists, records."""
        from hitparade.history import Records

        return Records(self)

    @cached_property
    def years(self) -> "Years":
        """Charts over many issues that are published: bring out, look up, verify."""
        from hitparade.years import Years

        return Years(self)

    @cached_property
    def certifications(self) -> "Certifications":
        """What songs have under certification programmes, and what was granted."""
        from hitparade.certifying import Certifications

        return Certifications(self)

    def asked(self, rules: "Rules") -> "Asked":
        """Return what an issue asks of the ledger: territories, row rules, windows, measures, panel."""
        from hitparade.tracking import asked

        return asked(rules)

    def tracked(self, rules: "Rules") -> "Rules":
        """Return the rules with the window that there are reports for, where an outage makes it shorter."""
        from hitparade.tracking import tracked

        return tracked(self, rules)

    def build_totals(self, rules: "Rules", advance: Callable[..., None] | None = None) -> int:
        """Return how many days of an issue's windows were computed; ``advance(1, note)`` after each day."""
        return self.ledger.build_for(self.asked(rules), advance)

    def totals_contents(self, rules: "Rules") -> "tuple[tuple[date, str], ...]":
        """Return the content digests of the totals that an issue reads, by day; built first where missing."""
        return self.ledger.contents(self.asked(rules))

    def words(self, rules: "Rules") -> tuple[str, ...]:
        """Return digests of the names and release days of all songs that an issue's deliveries hold."""
        return self.ledger.words(self.asked(rules))

    def totals_content(self, file: Path) -> str:
        """Return the content digest of a totals file, read anew."""
        from hitparade.engine.content import file_digest

        return file_digest(file)

    def candidates(self, rules: "Rules", k: int, named: Iterable[str] = ()) -> "CandidateSet":
        """Return the ``k`` largest songs of each measure and the named ones, with their sums by window."""
        return rolling.candidates(self, rules, k, named)

    def counts_any(self, rules: "Rules") -> bool:
        """Return whether anything in an issue's window counts."""
        return self.ledger.counts_any(self.asked(rules))

    def coverage(self, rules: "Rules") -> "Coverage":
        """Return what was reported in an issue's window, and what is missing though it was expected."""
        return self.ledger.coverage(self.asked(rules))

    def coverage_notes(self, rules: "Rules") -> tuple[str, ...]:
        """Return a sentence for each series of missing days in an issue's window, and for what is estimated."""
        from hitparade.tracking import notes

        return notes(self, rules)

    def line_sources(self, rules: "Rules", song: str) -> "tuple[Received, ...]":
        """Return what was received of a song in an issue's window, counted or not and why."""
        return rolling.sources(self, rules, song)

    def line_deliveries(self, rules: "Rules", song: str) -> "tuple[HeldBy, ...]":
        """Return which deliveries hold rows of a song in an issue's window, spelling by spelling."""
        return rolling.deliveries(self, rules, song)

    def renamed(self, state: "ChartState", others: Iterable[str] = ()) -> dict[str, str]:
        """Return the keys in ``state`` and ``others`` whose song has another key today, with that key."""
        return rolling.led(self, state, others)

    def receive(
        self, paths: str | Path | Iterable[str | Path], *,
        format: str | None = None,  # noqa: A002 - the word that people know
        territory: str | None = None, supplier: str | None = None, part: str | None = None, dry_run: bool = False,
        replaces: str | None = None, again: bool = False, balance: Mapping[str, int] | None = None,
        advance: Advance | None = None,
    ) -> "tuple[Receipt, ...]":  # fmt: skip
        """Return a receipt for each file that ``paths`` name; a single file that is refused raises instead."""
        from hitparade.intake.receiving import Gate, Options, receive

        named = [paths] if isinstance(paths, str | Path) else list(paths)
        said = Options(
            format, territory or "", supplier or "", part or "", dry_run, replaces or "", again, balance or {}
        )
        gate = Gate(self.paths, self.config, self.database, self.engine, self.clock)
        return receive(gate, named, said, advance)

    def deliveries(self, all: bool = False) -> "tuple[Delivery, ...]":  # noqa: A002, FBT001, FBT002 - as the command says
        """Return the deliveries in force, or the replaced ones too, in the order of receipt."""
        from hitparade.intake.looking import received

        return received(self.database, every=all)

    def problems(self, delivery: str | None = None) -> "tuple[Complaint, ...]":
        """Return the problems of a delivery, or of all in force: rejected rows and notes."""
        from hitparade.intake.looking import problems

        return problems(self.paths, self.database, self.engine, delivery)

    def export_problems(self, target: str | Path, delivery: str | None = None) -> int:
        """Return how many problems were written to ``target``, a .csv or a .parquet file."""
        from hitparade.intake.looking import export

        return export(self.paths, self.database, self.engine, delivery, Path(target))

    def close(self) -> None:
        """Close the database and the engine; the house may be opened again."""
        self.database.dispose()
        if "engine" in self.__dict__:
            self.engine.close()
        if "records" in self.__dict__:
            self.records.close()

    def books(self) -> "Shelf":
        """Return the rulebooks by chart id: those that ship, and the house's own before them."""
        from hitparade.rulebook.books import available

        return available(self.paths.books)

    def book(self, name: str) -> "Book":
        """Return the rulebook of that id, or of the chart known by that name; else :class:`BookError`."""
        return self.books().find(name)

    def rules(self, chart: str, issue_date: date | None = None, what_if: "WhatIf | None" = None) -> "Rules":
        """Return the rules in force for an issue; without a date for the newest issue dated up to today."""
        from hitparade.rulebook.ask import rules_on, rules_until

        book = self.book(chart)
        return rules_on(book, issue_date, what_if) if issue_date else rules_until(book, self.clock().date(), what_if)

    def issues(self, chart: str, first: date, last: date, what_if: "WhatIf | None" = None) -> "list[IssueDates]":
        """Return the issues of a chart dated from ``first`` to ``last`` in order; none outside of its life."""
        from hitparade.rulebook.ask import with_what_if
        from hitparade.rulebook.calendar import issues

        return issues(with_what_if(self.book(chart), what_if), first, last)

    def check(self, paths: Iterable[Path] = ()) -> "tuple[Checked, ...]":
        """Return what is wrong with books and their cases: those in ``paths``, or all that the house has.

        A case runs in a small house of its own that is gone afterwards.
        """
        from hitparade.casework import compile_case
        from hitparade.certifying_cases import Checker
        from hitparade.rulebook.check import check

        books = self.paths.books
        return check(self.books(), paths, partial(compile_case, books), Checker(books))

    def drafts(self, chart: str | None = None) -> "tuple[DraftRow, ...]":
        """Return the drafts of a chart, or of all, in order."""
        from hitparade.archive import drafts

        return drafts.drafts(self.database, chart)

    def draft(self, chart: str, issue_date: date) -> "Compiled | None":
        """Return the draft of an issue, or None."""
        from hitparade.archive import drafts

        return drafts.read(self.paths, self.database, chart, issue_date)

    def store_draft(self, *issues: "Compiled", rests_on: Sequence[str] = ()) -> "tuple[DraftRow, ...]":
        """Keep compiled issues as drafts, all or none, and return their rows."""
        from hitparade.archive import drafts

        return drafts.store(self.paths, self.database, issues, rests_on)

    def compiled(self, chart: str, issue_date: date) -> "Compiled":
        """Return one issue compiled from what the house holds now, with its inputs; nothing is stored."""
        from hitparade.compiling import compiled

        return compiled(self, chart, issue_date)

    def compile(
        self, chart: str, issue_date: date | None = None, *, first: date | None = None, last: date | None = None,
        every: bool = False, what_if: Path | None = None, advance: Advance | None = None,
    ) -> "tuple[Shown, ...]":  # fmt: skip
        """Compile issues and return them in order; kept as drafts unless a ``what_if`` lays other rules over the book.

        Without dates it is the next open issue; ``every`` means all issues that the ledger has days of.
        """
        from hitparade import compiling

        return compiling.compile_issues(
            self, chart, issue_date, first, last, every=every, what_if=what_if, advance=advance
        )

    def compile_all(
        self, first: date | None = None, last: date | None = None, *, advance: Advance | None = None, workers: int = 1
    ) -> "tuple[Run, ...]":
        """Compile every issue with data of every chart, those that others read first; drafts are kept.

        With more ``workers`` than one, a script that calls this needs ``if __name__ == "__main__":``.
        """
        from hitparade.compiling_all import compile_all

        return compile_all(self, first, last, advance, workers)

    def chart(self, chart: str, issue: str | date = "latest") -> "Shown":
        """Return an issue as it stands: the edition in force, else the draft; ``latest`` is the newest of both."""
        from hitparade import showing

        return showing.shown(self, chart, issue)

    def issue(self, chart: str, issue: str | date = "latest") -> "Shown | ArchivedIssue":
        """Return an issue of a chart or of an archive: the edition in force, else the draft, else what was imported."""
        from hitparade import showing

        return showing.issue(self, chart, issue)

    def explain(self, chart: str, issue: str | date, song: str) -> "Told":
        """Return the story of a song or a position on an issue, from the inputs that the issue was made from."""
        from hitparade import showing

        return showing.explain(self, chart, issue, song)

    def year_end(self, chart: str, span: str | None = None, what_if: Path | None = None) -> "YearEnd":
        """Return the chart over ``2016``, ``2016-1``, ``2010s`` or ``all-time``; the newest year if not said."""
        from hitparade import adding

        return adding.year_end(self, chart, span, what_if)

    def published_year(self, name: str, span: str | None = None) -> "ArchivedIssue | None":
        """Return the list of a year, or the newest, of an archive of year-end lists; None where ``name`` is no such."""
        from hitparade import archived

        return archived.published_year(self, name, span)

    def what_if(
        self, chart: str, first: date | None = None, last: date | None = None, *, rules_of: date | None = None,
        file: Path | None = None, totals: bool = False, advance: Advance | None = None,
    ) -> "Supposition":  # fmt: skip
        """Return what issues would have been under the rules of a day, or of a file, from their sealed inputs."""
        from hitparade import supposing

        return supposing.what_if(self, chart, first, last, rules_of=rules_of, file=file, totals=totals, advance=advance)

    def sensitivity(self, chart: str, issue: str | date = "latest", *, totals: bool = False) -> "Sensitivity":
        """Return which positions change when values that are not published are elsewhere in their ranges."""
        from hitparade import sensing

        return sensing.sensitivity(self, chart, issue, totals=totals)

    def status(self) -> "Status":
        """Return what the house holds, and the next step."""
        from hitparade.overview import status

        return status(self)

    def editions(self, chart: str | None = None, issue_date: date | None = None) -> "tuple[EditionRow, ...]":
        """Return the rows of published editions in order, replaced and withdrawn ones too."""
        from hitparade.archive import index

        return index.editions(self.database, chart, issue_date)

    def edition(self, chart: str, issue_date: date, number: int | None = None) -> "Edition | None":
        """Return the edition of an issue that is in force, or the one of that number; None when there is none."""
        from hitparade.archive import desk

        return desk.edition(self.paths, self.database, chart, issue_date, number)

    def publish(self, chart: str, issue_date: date, *, by: str) -> "EditionRow":
        """Publish the first edition of an issue; :class:`AlreadyPublishedError` when somebody did."""
        from hitparade.archive import desk
        from hitparade.tracking import refuse_below_quorum

        compiled = refuse_below_quorum(self, self.compiled(chart, issue_date))
        return desk.publish(self.paths, self.database, compiled, by=by, at=self.clock())

    def publish_preview(self, chart: str, issue_date: date, after: Iterable[date] = ()) -> "Preview":
        """Return what publishing or correcting an issue, once those ``after`` are out, would change; writes nothing."""
        from hitparade.archive import preview

        return preview.preview(self.paths, self.database, self.compiled(chart, issue_date), {*after})

    def correct(
        self, chart: str, issue_date: date, *, reason: str, by: str, even_if_same: bool = False, internal: bool = False
    ) -> "tuple[EditionRow, ...]":
        """Publish the next edition of an issue, and of later ones if the book says so; refused if nothing changes.

        One that is ``internal`` feeds later issues, and what is published stays what is shown.
        """
        from hitparade import restating

        how = {"even_if_same": even_if_same, "internal": internal}
        return restating.correct(self, chart, issue_date, reason=reason, by=by, **how)

    def withdraw(self, chart: str, issue_date: date, *, reason: str, by: str) -> "EditionRow":
        """Withdraw the edition in force of an issue; the one before it does not come back."""
        from hitparade.archive import desk

        return desk.withdraw(self.paths, self.database, chart, issue_date, reason=reason, by=by, at=self.clock())

    def verify(self, chart: str | None = None, issue_date: date | None = None) -> "Iterator[Verification]":
        """Return the three answers for each published edition: seal, chart from inputs, inputs today."""
        from hitparade.archive import desk, verify
        from hitparade.compiling import reach

        def standing(rules: "Rules") -> tuple[tuple[str, ...], bool]:
            held = reach(self, self.book(rules.chart))
            return self.coverage_notes(rules), bool(held and held.simulated)

        def rules_of(chart: str, issue_date: date) -> "Rules":
            return self.tracked(self.rules(chart, issue_date))

        today = desk.Today(self.database, self.candidates, rules_of, partial(rolling.renamed, self), standing)
        return verify.verify_house(self.paths, self.database, chart=chart, issue_date=issue_date, today=today)

    def decide(
        self, chart: str, song: str, *, rule: str, action: str, first_issue: date, last_issue: date, why: str, by: str
    ) -> "Ruling":
        """Log a ruling on one song, an input of every issue it holds for that is compiled from now on."""
        from hitparade import lookup
        from hitparade.archive import decisions, desk

        book = self.book(chart)
        desk.refuse_idle(book.id, book.steps, rule, action)
        key = lookup.song(self, desk.known_issue(self.paths, self.database, book.id, first_issue), song)
        said = decisions.ruling(
            book.id, key, rule=rule, action=action, first_issue=first_issue, last_issue=last_issue, why=why,
            by=by, at=self.clock(),
        )  # fmt: skip
        return decisions.enter(self.paths, self.database, said)

    def strike(self, chart: str, first_day: date, last_day: date, *, why: str, by: str, **rows: str) -> "Struck":
        """Take rows out of a chart's count; ``rows`` names song, channel, measure, consumer (unhashed), delivery."""
        from hitparade import striking

        return striking.strike(self, chart, first_day, last_day, why=why, by=by, **rows)

    def strikes(self, chart: str | None = None) -> "tuple[Struck, ...]":
        """Return the logged strikes of a chart, or of all, lifted ones too, in order."""
        from hitparade.archive import strikes

        return strikes.strikes(self.database, self.book(chart).id if chart else None)

    def decisions(self, chart: str | None = None) -> "tuple[Ruling, ...]":
        """Return the logged rulings of a chart, or of all, in order."""
        from hitparade.archive import decisions

        return decisions.rulings(self.database, chart)

    def article_read(self, path: str | Path) -> "Article":
        """Return an article in the plain layout: every fact with its line, every damage by its place."""
        from hitparade import article

        return article.read(path)

    def article_check(self, path: str | Path) -> "ArticleReport":
        """Return a verdict on every claim of an article, resting on what ships and on all that this house holds."""
        from hitparade import article, article_rests

        said = article.read(path)
        return article.check(said, article_rests.known(self, said))

    def doctor(self, *, dry_run: bool = False, deep: bool = False) -> "Report":
        """Check rows against files, remove what a crash left, and return what was found."""
        from hitparade.archive.doctor import doctor

        return doctor(self.paths, self.database, dry_run=dry_run, deep=deep, content_of=self.totals_content)


def new(folder: str | Path, *, name: str | None = None) -> House:
    """Make a house folder and return it open; :class:`HouseError` when the folder exists and is not empty."""
    opening.prepare(HousePaths(Path(folder)), name)
    return open_house(folder)


def open_house(folder: str | Path = ".", *, clock: Clock = now) -> House:
    """Return the house in ``folder``.

    Raises:
        NoHouseError: there is none.
        NewerFormatError: a newer hitparade wrote it.
    """
    paths = HousePaths(Path(folder))
    return House(paths, *opening.checked(paths), clock)
