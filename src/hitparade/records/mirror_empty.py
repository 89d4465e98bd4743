"""The views of a mirror of nothing."""

_ENTRIES = (
    *(("series", "varchar"), ("issue", "date"), ("ordinal", "integer"), ("position", "integer"), ("song", "bigint")),
    *(("title", "varchar"), ("credit", "varchar"), ("credit_id", "bigint"), ("printed_last", "integer")),
    *(("printed_peak", "integer"), ("printed_weeks", "integer"), ("points", "bigint"), ("place", "varchar")),
    *(("source", "varchar"), ("last", "integer"), ("peak", "integer"), ("peak_issue", "date")),
    *(("peak_weeks", "integer"), ("weeks", "integer"), ("spell", "integer"), ("spell_weeks", "integer")),
)
_RUNS = (
    *(("series", "varchar"), ("song", "bigint"), ("title", "varchar"), ("credit", "varchar"), ("first_issue", "date")),
    *(("first_position", "integer"), ("last_issue", "date"), ("last_position", "integer"), ("weeks", "integer")),
    *(("peak", "integer"), ("peak_issue", "date"), ("peak_weeks", "integer"), ("spells", "integer")),
    *(("at_one", "integer"), ("at_one_first", "date"), ("top_ten_first", "date"), ("top_ten_weeks", "integer")),
    *(("positions", "bigint"), ("deepest", "integer"), ("climbs", "integer")),
    *(("climb", "integer"), ("falls", "integer"), ("fall", "integer")),
)
_ISSUES = (
    *(("series", "varchar"), ("issue", "date"), ("ordinal", "integer"), ("lines", "integer"), ("source", "varchar")),
    *(("previous", "date"), ("next", "date")),
)
_SUNG = (("series", "varchar"), ("song", "bigint"), ("credit_id", "bigint"), ("first_issue", "date"))


def _nothing(columns: tuple[tuple[str, str], ...]) -> str:
    return "select " + ", ".join(f"null::{kind} as {name}" for name, kind in columns) + " where false"


EMPTY = {"entries": _nothing(_ENTRIES), "runs": _nothing(_RUNS), "issues": _nothing(_ISSUES), "sung": _nothing(_SUNG)}
