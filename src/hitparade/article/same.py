"""Claims against the dossier of their own song, which can only say: the same as before."""

from hitparade.article.claims import CHART_ROWS, Claim
from hitparade.article.context import Context
from hitparade.article.dossier import Dossier
from hitparade.article.findings import Evidence, Finding, lines_named
from hitparade.article.words import spoken
from hitparade.catalog.folding import fold


def from_dossier(claim: Claim, context: Context) -> Finding | None:
    """Return ``same_source`` when the dossier says the same, ``outside`` when it differs, else None.

    Positions and certifications are never ``same_source``: only a chart or a programme speaks for its output.
    """
    dossier = context.dossier
    held = _held(claim, dossier) if dossier else None
    if dossier is None or held is None:
        return None
    said, agrees = held
    evidence = (Evidence("dossier", dossier.id, said),)
    if not agrees:
        return Finding(claim, "outside", f"the dossier, made from an earlier text of the article, has {said}", evidence)
    if claim.kind in (*CHART_ROWS, "certification"):
        return None
    agreeing = [one.other for one in context.relations.get(claim.id, ()) if one.agrees]
    also = f"; {lines_named(agreeing)} agree{'' if len({c.line for c in agreeing}) > 1 else 's'}" if agreeing else ""
    return Finding(claim, "same_source", f"only the article itself says so{also}", evidence)


def _held(claim: Claim, dossier: Dossier) -> tuple[str, bool] | None:
    match claim.kind:
        case "title" | "name":
            return dossier.title, fold(claim.subject).startswith(fold(dossier.title))
        case "infobox":
            said = next((text for key, text in dossier.box.items() if fold(key) == fold(claim.subject)), None)
            return (said, fold(said) == fold(claim.said("said"))) if said else None
        case "weekly_peak" | "year_end":
            at = dossier.position(claim.kind, claim.whole("year") or 0, claim.subject)
            return (f"position {at}", at == claim.whole("position")) if at else None
        case "link" | "nth_single" | "event":
            return _held_in_prose(claim, dossier)
    return _held_in_lists(claim, dossier)


def _held_in_prose(claim: Claim, dossier: Dossier) -> tuple[str, bool] | None:
    match claim.kind:
        case "link":
            return (claim.subject, True) if fold(claim.subject) in map(fold, dossier.lists) else None
        case "nth_single":
            numbers = [one.number for one in dossier.singles if fold(one.album) == fold(claim.subject)]
            return (f"number {numbers[0]}", claim.whole("nth") in numbers) if numbers else None
    what = [event.what for event in dossier.events if event.date == claim.day("date")]
    return (f"{claim.day('date')}: {spoken(what)}", True) if what else None


def _held_in_lists(claim: Claim, dossier: Dossier) -> tuple[str, bool] | None:
    match claim.kind:
        case "credit":
            roles = next((one.roles for one in dossier.credits if fold(one.name) == fold(claim.subject)), None)
            return (spoken(roles), {*map(fold, roles)} == {*map(fold, claim.names("roles"))}) if roles else None
        case "release":
            row = next((one for one in dossier.releases if fold(one.country) == fold(claim.said("country"))), None)
            same = row and (row.date, fold(row.format), fold(row.label)) == _release(claim)
            return (f"{row.date}, {row.format}, {row.label}", bool(same)) if row else None
        case "nomination":
            prize = (fold(claim.subject), claim.whole("year"), fold(claim.said("category")))
            found = [
                one for one in dossier.nominations if (fold(one.organization), one.year, fold(one.category)) == prize
            ]
            return (str(found[0].result), found[0].result == claim.said("result")) if found else None
        case "certification":
            level = next((one for one in dossier.certifications if fold(one.place) == fold(claim.subject)), None)
            return (f"{level.times} x {level.level}", (level.level, level.times) == _level(claim)) if level else None
    return None


def _release(claim: Claim) -> tuple[object, str, str]:
    return claim.day("date"), fold(claim.said("format")), fold(claim.said("label"))


def _level(claim: Claim) -> tuple[str, int | None]:
    return claim.said("level"), claim.whole("times")
