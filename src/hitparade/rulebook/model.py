"""What a book may hold, as pydantic models; the descriptions are the reference and the JSON Schema as well.

Unknown keys are refused everywhere. Only ``load`` sees these models: the rest of hitparade gets a plain
:class:`hitparade.rulebook.book.Book`.
"""

from typing import Literal, get_args

from pydantic import Field, model_validator

from hitparade.rulebook.fields import (
    ChartId,
    CivilDay,
    LabelDays,
    Measure,
    MeasurePattern,
    Positive,
    Source,
    Territory,
    Text,
    refuse,
)
from hitparade.rulebook.kinds_accumulation import Accumulation, Restatement, SeriesBreak
from hitparade.rulebook.kinds_counting import (
    AveragePrice,
    BulkRule,
    ChannelZones,
    ComponentWeek,
    Dayparts,
    Events,
    Holidays,
    ImputationRule,
    OnlyHours,
    OutageRule,
    Panel,
    PriceFloor,
    ProductRule,
    Quorum,
    Returns,
    TerritorySet,
    Unit,
    Uplift,
    Week,
)
from hitparade.rulebook.kinds_eligible import (
    AlbumCap,
    ArtistCap,
    ChartAge,
    Distribution,
    Duration,
    Elsewhere,
    Inherits,
    Nomination,
    Recurrent,
    ReleaseAge,
    Repertoire,
    Rerank,
)
from hitparade.rulebook.kinds_lookback import (
    Accelerated,
    Credited,
    Growth,
    Markers,
    Skipped,
    SongVersions,
    UpstreamCharts,
)
from hitparade.rulebook.parts import Dated, DatedBy, DatedByTracking, Sourced, Switched, Table

Step = Literal[
    "release_age",
    "recurrent",
    "artist_cap",
    "distribution",
    "nomination",
    "chart_age",
    "inherits",
    "elsewhere",
    "rerank",
    "album_cap",
    "duration",
    "repertoire",
    "average_price",
    "accelerated",
    "credited",
    "growth",
    "markers",
]
TieKey = Literal["points", "previous_position", "gain", "weeks_on_chart", "peak", "title", "id"]


class Name(Sourced):
    """What the chart is called."""

    value: Text = Field(description="The chart's name.")
    aliases: list[Text] = Field([], description="Other names under which articles know it.")


class Publisher(Sourced):
    """Who publishes the chart."""

    value: Text = Field(description="The publisher's name.")


class Size(Sourced):
    """How many positions the chart has."""

    value: Positive = Field(description="How many positions an issue has.")


class Label(Sourced):
    """The date printed on the chart."""

    days_after_end: LabelDays = Field(description="Issue date minus last tracking day, in days.")


class MinimumPlay(Sourced):
    """The shortest play that counts."""

    value: Positive = Field(description="Milliseconds that a play must last to count.")


class Cap(Sourced):
    """How many plays of one consumer count."""

    value: Positive = Field(description="Plays a day of one recording by one consumer at one channel that count.")


class Repeats(Sourced):
    """Whether repeated rows count."""

    value: Literal["count", "once"] = Field(
        description="`count`: every row; `once`: rows of equal channel, instant, consumer and recording once."
    )


class Ties(Sourced):
    """The order of songs with equal points."""

    order: list[TieKey] = Field(description="Keys in order, `points` first; `id` is the last and may be left out.")
    shared: Literal["no", "competition", "dense"] = Field(
        "no",
        description="Positions of songs equal in all keys but `id`: `no` sharing, `competition` (1, 2, 2, 4)"
        " or `dense` (1, 2, 2, 3).",
    )

    @model_validator(mode="after")
    def _order_is_total(self) -> "Ties":
        keys = list(self.order)
        if keys[:1] != ["points"] or len(set(keys)) < len(keys) or "id" in keys[:-1]:
            refuse(
                f"found order [{', '.join(keys)}]",
                "points first, then other keys once each, id only at the end",
            )
        return self


class Life(Sourced):
    """One span of the chart's life, by issue date."""

    begins: CivilDay = Field(description="The first issue date.")
    ends: CivilDay | None = Field(None, description="The last issue date; absent while the chart lives.")
    covered_from: CivilDay | None = Field(
        None, description="The first issue that this book can say the rules of, when the chart is older than that."
    )


class BookFile(Table):
    """A rulebook: the dated, sourced rules of one chart."""

    format: Literal[1] = Field(description="The version of this layout.")
    id: ChartId = Field(description="The chart's id, equal to the file's name without `.toml`.")
    title: Text = Field(description="The chart's title where no dated name says otherwise.")
    publisher: Text = Field(description="The publisher where no dated publisher says otherwise.")
    territory: Territory = Field(description="Where consumption counts: ISO 3166-1, ISO 3166-2 or `GLOBAL`.")
    dated_by: DatedBy = Field(description="What the dates in this book mean: `tracking_start` or `issue_date`.")
    about: Text | None = Field(None, description="A few sentences for the reader of the book.")
    sources: dict[str, Source] = Field({}, description="Citations by a short key, to be named as `source`.")
    steps: list[Step] = Field(
        [], description="The rule kinds in the order in which they are applied; decisions come first."
    )
    life: list[Life] = Field(description="The spans of issue dates between which the chart lives.", min_length=1)
    names: Dated[Name] | None = Field(None, description="The chart's names and aliases.")
    publishers: Dated[Publisher] | None = Field(None, description="The chart's publishers.")
    size: Dated[Size] = Field(description="How many positions the chart has.")
    week: DatedByTracking[Week] = Field(description="The tracking window, always dated by its first day.")
    component_week: dict[MeasurePattern, Switched[ComponentWeek]] = Field(
        {}, description="For each measure whose window is not the chart's own, that window."
    )
    hours: dict[MeasurePattern, Switched[OnlyHours]] = Field(
        {}, description="For each measure, the only hours of the week that count."
    )
    territories: Switched[TerritorySet] | None = Field(
        None, description="The set of territories that count; the book's territory alone when absent."
    )
    outage: Switched[OutageRule] | None = Field(
        None, description="What happens when the last days of a window were not reported; nothing when absent."
    )
    skipped: Switched[Skipped] | None = Field(None, description="Issues that are left out, or repeat the one before.")
    holidays: Switched[Holidays] | None = Field(None, description="Days on which no issue is dated.")
    quorum: Switched[Quorum] | None = Field(None, description="How many channels must report for publication.")
    label: Dated[Label] = Field(description="The issue date, counted from the last tracking day.")
    units: dict[Measure, Switched[Unit]] = Field(description="For each measure, how many make one unit.", min_length=1)
    panel: Switched[Panel] | None = Field(None, description="The channels that count; all when absent.")
    dayparts: Switched[Dayparts] | None = Field(None, description="The dayparts that a panel's weights speak of.")
    channel_zones: Switched[ChannelZones] | None = Field(
        None, description="The channels whose days are those of their own clock; none when absent."
    )
    events: dict[MeasurePattern, Switched[Events]] = Field(
        {}, description="For each measure, which of the events of one sale counts."
    )
    returns: Dated[Returns] | None = Field(
        None, description="Whether returned pieces are taken away; `gross` when absent."
    )
    price_floor: dict[MeasurePattern, Switched[PriceFloor]] = Field(
        {}, description="For each measure, the least price of one piece."
    )
    average_price: dict[MeasurePattern, Switched[AveragePrice]] = Field(
        {}, description="For each measure, the least that one piece of a song must cost on average over the window."
    )
    bulk: dict[MeasurePattern, Switched[BulkRule]] = Field(
        {}, description="For each measure, how much one customer may buy of one product."
    )
    products: dict[MeasurePattern, Switched[ProductRule]] = Field(
        {}, description="For each measure of sales, how many titles a product may hold, and for which song it counts."
    )
    imputation: dict[MeasurePattern, Switched[ImputationRule]] = Field(
        {}, description="For each measure, how days that a channel missed are estimated; not at all when absent."
    )
    uplift: dict[MeasurePattern, Switched[Uplift]] = Field(
        {}, description="For each measure, how much it is raised for channels that never report."
    )
    minimum_play: dict[MeasurePattern, Switched[MinimumPlay]] = Field(
        {}, description="For each measure, the shortest play that counts, in milliseconds."
    )
    cap_per_consumer: dict[MeasurePattern, Switched[Cap]] = Field(
        {}, description="For each measure, how many plays of one consumer, channel, recording and day count."
    )
    repeats: Dated[Repeats] | None = Field(None, description="Whether equal rows count once; `count` when absent.")
    release_age: Switched[ReleaseAge] | None = Field(None, description="Older songs do not enter the chart.")
    recurrent: Switched[Recurrent] | None = Field(None, description="Long-running songs that fall leave the chart.")
    artist_cap: Switched[ArtistCap] | None = Field(None, description="How many entries one artist may have.")
    distribution: Switched[Distribution] | None = Field(
        None, description="Songs that too few channels reported do not enter the chart."
    )
    nomination: Switched[Nomination] | None = Field(
        None, description="Only songs that a decision admits by this rule enter the chart."
    )
    accelerated: Switched[Accelerated] | None = Field(None, description="Songs long on the chart that fall count less.")
    versions: Switched[SongVersions] | None = Field(None, description="Versions that count for one song.")
    credited: Switched[Credited] | None = Field(None, description="Under which version's name a song is printed.")
    growth: Switched[Growth] | None = Field(None, description="The chart is ordered by gains, not by points.")
    markers: Switched[Markers] | None = Field(None, description="Signs beside lines, such as a bullet.")
    upstream: Switched[UpstreamCharts] | None = Field(None, description="Charts that are compiled before this one.")
    chart_age: Switched[ChartAge] | None = Field(
        None, description="Songs whose first issue on the chart lies too long ago leave for good."
    )
    inherits: Switched[Inherits] | None = Field(
        None, description="Songs that have left another chart go on here with their history."
    )
    elsewhere: Switched[Elsewhere] | None = Field(
        None, description="Songs that another chart speaks against do not enter the chart."
    )
    album_cap: Switched[AlbumCap] | None = Field(None, description="How many entries one album may have.")
    duration: Switched[Duration] | None = Field(
        None, description="Songs that last too long or not long enough do not enter the chart."
    )
    repertoire: Switched[Repertoire] | None = Field(
        None, description="Only songs of which senders state certain traits enter the chart."
    )
    rerank: Switched[Rerank] | None = Field(None, description="The chart is another one again, in its order.")
    ties: Dated[Ties] = Field(description="The order of songs with equal points.")
    year_end: Switched[Accumulation] | None = Field(None, description="The chart over a chart year.")
    half_year: Switched[Accumulation] | None = Field(None, description="The chart over half a chart year.")
    decade: Switched[Accumulation] | None = Field(None, description="The chart over ten chart years.")
    all_time: Switched[Accumulation] | None = Field(None, description="The chart over all issues.")
    series_break: Dated[SeriesBreak] | None = Field(
        None, description="Days from which numbers do not compare with those before; said on the first issue after."
    )
    restatement: Dated[Restatement] | None = Field(
        None, description="What becomes of a published issue that turns out wrong; `replace` when absent."
    )


_HEAD = ("format", "id", "title", "publisher", "territory", "dated_by", "about", "sources", "steps", "life")
BLOCKS = tuple(name for name in BookFile.model_fields if name not in _HEAD)
"""The blocks that hold dated values, in the order in which a book and its values are printed."""
STEPS: tuple[str, ...] = get_args(Step)
"""The rule kinds that may be steps."""
SWITCHED = tuple(name for name in BLOCKS if name != "units" and "Off" in str(BookFile.model_fields[name].annotation))
"""The blocks that a what-if can switch off; a chart without units is none."""
