"""The words that tell one version of a song from another: one list, for what is printed and for what is matched.

A printed note is a version when it is one of the phrases, whole; they say its kind. Matching reads spellings with slips
and noise in them, and asks of single words: of each kind the ``words``. Whoever adds a phrase adds its word here too.
"""

from typing import NamedTuple

_YEAR = r"(?: 19\d\d| 20\d\d)?"


class Kind(NamedTuple):
    """A kind of version: the phrases that say it, as a pattern over folded text, and the words that alone do."""

    name: str
    phrase: str
    words: tuple[str, ...] = ()


KINDS = (
    Kind(
        "remix",
        r"(?:.+ )?(?:re ?mix(?:es|ed)?|rmx|mix|dub|mash ?up)|.+ (?:rework|refix|bootleg|flip|vip)",
        ("remix", "remixes", "remixed", "rmx", "mix", "mixes", "mixed", "dub", "mashup", "club",
         "rework", "reworked", "refix", "bootleg", "flip", "vip"),
    ),
    Kind(
        "live",
        r"live(?: (?:at|from|in|on|version|sessions?|edit|acoustic|lounge|19\d\d|20\d\d).*)?|(?:.+ )?unplugged",
        ("live", "unplugged", "session", "sessions", "concert"),
    ),
    Kind(
        "acoustic",
        r"(?:.+ )?acoustic(?: (?:version|mix|session|edit|live))?|stripped(?: version)?|piano version",
        ("acoustic", "stripped", "piano"),
    ),
    Kind("sped up", r"(?:.+ )?(?:sped|speed|speeded) up(?: .*)?|nightcore(?: .*)?", ("sped", "nightcore")),
    Kind("slowed", r"slowed(?: (?:down|and|reverb).*)?|slowed reverb", ("slowed",)),
    Kind(
        "remaster",
        rf"(?:.+ )?re ?master(?:ed|ing)?(?: (?:version|edition))?{_YEAR}(?: (?:version|edition))?",
        ("remaster", "remastered", "remastering"),
    ),
    Kind(
        "re-recording",
        r"(?:.+ )?re ?record(?:ed|ing)(?: .*)?|[^ ]+s version",
        ("rerecorded", "rerecording"),
    ),
    Kind("edit", r"(?:.+ )?edit(?: \d+)?|.+ cut", ("edit",)),
    Kind(
        "instrumental",
        r"(?:.+ )?instrumental(?: version)?|karaoke(?: version)?|a ?capp?ella",
        ("instrumental", "karaoke", "acapella", "cappella"),
    ),
    Kind("demo", r"(?:original |early |\d{4} )?demo(?: version)?", ("demo",)),
    Kind("wording", r"(?:explicit|clean|mono|stereo)(?: version)?|bonus track|extended(?: .*)?", ("extended",)),
    Kind("version", rf"(?:.+ )?(?:version|vers){_YEAR}", ("version", "vers", "ver")),
    Kind(
        "from", r"(?:songs? )?from (?:the )?(?:\d{4} )?(?:motion picture|film|movie|musical|series|soundtrack|tv)\b.*"
    ),
)  # fmt: skip
"""Kinds of versions; of a note that several say the first one holds."""

_BEHIND_A_TITLE = ("cover", "reprise", "orchestral", "take", "medley", "vs", "versus")
"""Words that make another recording of a title without being a phrase of any kind above."""

WORDS = frozenset((*(word for kind in KINDS for word in kind.words), *_BEHIND_A_TITLE))
"""Words behind a title that make another recording of it, where more stands beside them than noise."""
