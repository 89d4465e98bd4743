"""A cell of a wikitext table as the text that a reader sees."""

import re

import wikitextparser as wtp

_GONE = re.compile(
    r"<ref\b[^>]*/>|<ref\b[^>]*>.*?</ref\s*>|<sup\b[^>]*>.*?</sup\s*>|<!--.*?-->"
    r"|<span\b[^>]*display:\s*none[^>]*>.*?</span\s*>",
    re.IGNORECASE | re.DOTALL,
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SIGNS = re.compile(r"\s*[\u2020\u2021\u25ca\u2666\u2660\u00a7\u00a4\u2191*]+\s*$")
_FILE = re.compile(r"\s*:?\s*(file|image|category)\s*:", re.IGNORECASE)
_QUOTES = re.compile(r"[\"\u201c\u201d\u201e\u00ab\u00bb]")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_LAST, _NONE = -1, None
_SHOWN: dict[str, int | None] = {
    **dict.fromkeys(("nowrap", "nobr", "nobreak", "small", "smaller", "big", "nobold", "center", "left", "right"), 0),
    **dict.fromkeys(("abbr", "tooltip", "nts", "number table sorting", "ill", "interlanguage link", "sic"), 0),
    **dict.fromkeys(("sort", "lang", "color", "font color", "background color"), _LAST),
    **dict.fromkeys(("hs", "sort hidden", "ntsh", "flagicon", "efn", "refn", "ref", "ref label", "note", "r"), _NONE),
    **dict.fromkeys(
        ("dagger", "double-dagger", "double dagger", "ddagger", "sfn", "citation needed", "cn", "n/a"), _NONE
    ),
}
"""Templates, and which of their texts is shown: by place, or none."""
_DATES = ("dts", "date table sorting", "start date", "date", "start-date", "dtsh")
_SIGN: dict[str, str] = {
    "'": "'",
    "!": "|",
    "=": "=",
    "-'": "'",
    "'s": "'s",
    "spaces": " ",
    "nbsp": " ",
    "spaced ndash": " \u2013 ",
}


def plain(value: str) -> str:
    """Return what is shown of a cell: no references, templates, links or markup, one blank between words."""
    text = _BREAK.sub(" ", _GONE.sub("", value))
    shown = wtp.parse(text).plain_text(replace_templates=_template, replace_wikilinks=_link)
    return _SIGNS.sub("", " ".join(shown.split()))


def unquoted(title: str) -> str:
    """Return a title without the quotation marks around it; both sides of a single lose theirs."""
    bare = title.strip()
    marks = _QUOTES.findall(bare)
    around = len(marks) > 1 and bool(_QUOTES.match(bare))
    return " ".join(_QUOTES.sub("", bare).split()) if around else bare


def _template(template: wtp.Template) -> str:
    name = template.normal_name(capitalize=False).casefold()
    texts = [plain(each.value) for each in template.arguments if each.positional or each.name.strip().isdecimal()]
    if name in _SIGN:
        return _SIGN[name]
    if name in _DATES:
        return _date(texts)
    if name == "sortname":
        return " ".join(texts[:2])
    place = _SHOWN.get(name, 0)
    if name.startswith("cite") or place is None or not texts:
        return ""
    return texts[place]


def _date(texts: list[str]) -> str:
    """Return the day that a template of dates says."""
    if len(texts) < 3:  # noqa: PLR2004 - year, month, day
        return " ".join(texts)
    year, month, day = texts[:3]
    if month.casefold() in _MONTHS:
        month = str(_MONTHS.index(month.casefold()) + 1)
    return f"{year}-{month:0>2}-{day:0>2}"


def _link(link: wtp.WikiLink) -> str:
    if _FILE.match(link.target):
        return ""
    return str(link.target if link.text is None else link.text)
