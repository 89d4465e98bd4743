"""A labelled set for matching: invented recordings, and spellings of which the maker knows what they mean.

Everything derives from a seed. Words are made of syllables and used as unevenly as real ones; no name is meant to be
anybody's. The tables for other scripts are the usual ones of each script, not those of the library that reads them.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from random import Random
from typing import NamedTuple

from hitparade.catalog.folding import fold
from hitparade.catalog.matching_scores import Spelled

_SMALL = [
    "the", "of", "in", "my", "to", "you", "and", "a", "for", "on", "with", "me", "your", "no", "at", "we", "i",
]  # fmt: skip
_HEADS = [
    "b", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "br", "cl", "cr", "dr",
    "fl", "gr", "pl", "pr", "sh", "sl", "st", "th", "tr",
]  # fmt: skip
_HEARTS = [
    "a", "e", "i", "o", "u", "a", "e", "i", "o", "ai", "ea", "ee", "oo", "ou",
]  # fmt: skip
_TAILS = ["", "", "", *[
    "n", "r", "s", "l", "t", "d", "m", "ck", "ll", "nd", "ng", "nt", "rd", "rn", "st",
]]  # fmt: skip
_VERSIONS = ("Remix", "Live", "Acoustic", "Live at {}", "{} Remix", "Instrumental", "Sped Up", "Karaoke Version")
_NOISE = (
    "(Official Video)", "[HD]", "- Single", "(Official Audio)", "[Official Music Video]", "(Lyric Video)",
    "| Official Video", "(Radio Edit)", "- Album Version", "(Explicit)", "[4K]", "(XYL 41207)", "[QRT 88213-2]",
    "(Official Visualizer) [HQ]",
)  # fmt: skip
_MARKS = {"a": "áàâäã", "e": "éèêë", "i": "íîï", "o": "óôöõ", "u": "úüû", "n": "ñ", "c": "ç", "s": "š"}
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


class Meant(NamedTuple):
    """A spelling, the key of the recording that it truly means or None, and what was done to it."""

    spelled: Spelled
    key: str | None
    kind: str


class Labelled(NamedTuple):
    """Known recordings and labelled spellings."""

    known: list[Spelled]
    asked: list[Meant]


class _Script(NamedTuple):
    syllables: Sequence[str]
    written: Callable[[str], str]


def labelled(seed: int, known: int, asked: int) -> Labelled:
    """Return ``known`` recordings and ``asked`` distinct labelled spellings."""
    world = _World(Random(seed), known)
    made: dict[tuple[str, str, tuple[str, ...]], Meant] = {}
    while len(made) < asked:
        meant = world.spelling()
        made.setdefault((meant.spelled.title, meant.spelled.credit, meant.spelled.isrcs), meant)
    return Labelled(world.known, list(made.values()))


class _World:
    def __init__(self, chance: Random, size: int) -> None:
        self.chance = chance
        self.words = self._vocabulary(2_000 + size // 8)
        self.people = self._vocabulary(1_000 + size // 8)
        self._share = list(accumulate(1_000_000 // (place + 10) for place in range(len(self.words))))
        self._names_share = list(accumulate(1_000_000 // (place + 60) for place in range(len(self.people))))
        self.artists = [self._artist() for _ in range(max(20, size // 7))]
        self._artist_share = list(accumulate(100_000 // (place + 50) + 1 for place in range(len(self.artists))))
        self.known: list[Spelled] = []
        self.titles: set[tuple[str, str]] = set()
        self.sung: set[tuple[str, str]] = set()
        self.scripts: dict[str, str] = {}
        while len(self.known) < size:
            self._record()

    def _vocabulary(self, size: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < size:
            found[self._word()] = None
        return list(found)

    def _word(self) -> str:
        pick = self.chance.choice
        said = "".join(
            pick(_HEADS) + pick(_HEARTS) + pick(_TAILS) for _ in range(self.chance.choice((1, 1, 2, 2, 2, 3)))
        )
        return said if len(said) > 2 else said + pick("nrstl")

    def _artist(self) -> str:
        names = self.chance.choices(self.people, cum_weights=self._names_share, k=2)
        first, second = (name.capitalize() for name in names)
        roll = self.chance.random()
        if roll < 0.12:
            return first + "ax"
        if roll < 0.3:
            return f"The {first} {second}s"
        return f"{first} {second}"

    def _title(self) -> str:
        length = self.chance.choices((1, 2, 3, 4, 5), (18, 30, 26, 16, 10))[0]
        words = self.chance.choices(self.words, cum_weights=self._share, k=length)
        for place in range(1, length):
            if self.chance.random() < 0.35:
                words[place - 1] = self.chance.choice(_SMALL) if length > 2 else words[place - 1]
        return " ".join(word.capitalize() for word in words)

    def _credit(self) -> str:
        names = self.chance.choices(self.artists, cum_weights=self._artist_share, k=3)
        roll = self.chance.random()
        if roll < 0.12:
            return f"{names[0]} feat. {names[1]}"
        if roll < 0.18:
            return f"{names[0]} & {names[1]}"
        if roll < 0.2:
            return f"{names[0]} & {names[1]} feat. {names[2]}"
        return names[0]

    def _facts(self) -> tuple[tuple[str, ...], date | None, int]:
        roll = self.chance.random
        isrc = f"XA{self.chance.randrange(36**3):03d}"[:5].ljust(5, "0") + f"{self.chance.randrange(10**7):07d}"
        released = date(1960, 1, 1) + timedelta(self.chance.randrange(23_000))
        seconds = self.chance.randrange(120, 330)
        return (isrc,) if roll() < 0.6 else (), released if roll() < 0.6 else None, seconds if roll() < 0.5 else 0

    def _keep(self, title: str, credit: str, *, twin: bool = False) -> None:
        if twin or (title.casefold(), credit.casefold()) not in self.titles:
            self.titles.add((title.casefold(), credit.casefold()))
            self.sung.update((fold(title), name) for name in _people(credit))
            self.known.append(
                Spelled(f"r{len(self.known)}", title, credit, *self._facts(), self.chance.randrange(1, 99))
            )

    def _record(self) -> None:
        roll, chance = self.chance.random(), self.chance
        other = chance.choice(self.known) if self.known else None
        if other is None or roll < 0.8:
            self._keep(self._title(), self._credit())
        elif roll < 0.85:
            credit = self._credit()
            if not self._sung(other.title, credit):
                self._keep(other.title, credit)
        elif roll < 0.9 and "(" not in other.title:
            version = chance.choice(_VERSIONS).format(chance.choice(self.people).capitalize())
            self._keep(f"{other.title} ({version})", other.credit)
        elif roll < 0.92:
            words = other.title.split()
            words[chance.randrange(len(words))] = chance.choices(self.words, cum_weights=self._share)[0].capitalize()
            self._keep(" ".join(words), other.credit)
        elif roll < 0.93 and not other.title[-1].isdigit():
            self._keep(f"{other.title} Part {chance.choice('123')}", other.credit)
        elif roll < 0.94:
            self._twin(other)
        elif roll < 0.96:
            self._keep(" ".join(self._marked(word) for word in self._title().split()), self._marked(self._credit()))
        else:
            self._foreign()

    def _twin(self, other: Spelled) -> None:
        """Keep a song of the same words, years apart, of another length and with an ISRC of its own."""
        if other.released and other.seconds and other.isrcs and other.released.year < 2000:
            twin = other._replace(
                key=f"r{len(self.known)}", isrcs=(f"XB000{self.chance.randrange(10**7):07d}",),
                released=other.released + timedelta(365 * self.chance.randrange(5, 20)),
                seconds=other.seconds + self.chance.choice((-45, 50, 70)),
            )  # fmt: skip
            self.known.append(twin)

    def _marked(self, text: str) -> str:
        return "".join(
            self.chance.choice(_MARKS[sign]) if sign in _MARKS and self.chance.random() < 0.4 else sign for sign in text
        )

    def _foreign(self) -> None:
        """Keep a song whose words can be written in another script, and how they are written there."""
        script = self.chance.choice(_SCRIPTS)
        title, first, second = (
            "".join(self.chance.choices(script.syllables, k=self.chance.choice((2, 3, 3, 4)))) for _ in range(3)
        )
        second_word = "".join(self.chance.choices(script.syllables, k=2))
        title = f"{title} {second_word}" if self.chance.random() < 0.6 else title
        credit = f"{first.capitalize()} {second.capitalize()}"
        if (title.title().casefold(), credit.casefold()) in self.titles:
            return
        self._keep(title.title(), credit)
        said = "\n".join((script.written(title), script.written(f"{first} {second}")))
        self.scripts[self.known[-1].key] = said

    def spelling(self) -> Meant:
        """Return one labelled spelling."""
        roll = self.chance.random()
        if roll < 0.2:
            return self._stranger()
        while True:
            song = self.chance.choice(self.known)
            if said := self.scripts.get(song.key):
                title, credit = said.split("\n")
                return self._as(song, title, credit, "script")
            kinds = self.chance.choices(_KINDS, _KIND_SHARES)[0]
            title, credit = song.title, song.credit
            for kind in kinds.split(" + "):
                title, credit = getattr(self, f"_{kind}")(title, credit)
            if (title, credit) != (song.title, song.credit):
                return self._as(song, title, credit, kinds)

    def _as(self, song: Spelled, title: str, credit: str, kind: str) -> Meant:
        """Return a spelling that means ``song``: what a sender knows of it besides is now there, now not."""
        roll = self.chance.random
        twins = (title, credit) == (song.title, song.credit) or kind in {"case", "noise"}
        isrcs = song.isrcs if roll() < 0.1 else (f"XC000{self.chance.randrange(10**7):07d}",) if roll() < 0.2 else ()
        day = song.released + timedelta(self.chance.randrange(-40, 40)) if song.released and roll() < 0.5 else None
        seconds = song.seconds + self.chance.choice((-2, 0, 0, 1, 3)) if song.seconds and roll() < 0.5 else 0
        if song.key in self._twinned and twins:
            isrcs, day, seconds = song.isrcs, song.released, song.seconds
        return Meant(Spelled("", title, credit, isrcs, day, seconds), song.key, kind)

    @cached_property
    def _twinned(self) -> set[str]:
        by: dict[tuple[str, str], list[str]] = {}
        for song in self.known:
            by.setdefault((song.title, song.credit), []).append(song.key)
        return {key for keys in by.values() if len(keys) > 1 for key in keys}

    def _stranger(self) -> Meant:
        """Return a spelling that no known recording answers to, however near it looks."""
        chance, song = self.chance, self.chance.choice(self.known)
        kind = chance.choices(_STRANGERS, _STRANGER_SHARES)[0]
        title, credit = song.title, song.credit
        if kind == "new":
            title, credit = self._title(), self._credit()
        elif kind == "cover":
            credit = self._credit()
        elif kind == "version":
            version = chance.choice(_VERSIONS).format(chance.choice(self.people).capitalize())
            title = f"{song.title.split(' (')[0]} ({version})"
        elif kind == "other song":
            words = title.split()
            words[chance.randrange(len(words))] = chance.choices(self.words, cum_weights=self._share)[0].capitalize()
            title = " ".join(words)
        elif kind == "near word":
            title = self._neared(title)
        elif kind == "near artist":
            credit = self._neared(credit)
        elif kind == "part":
            title = f"{song.title} Part {chance.choice('4567')}"
        elif song.released and song.seconds and song.isrcs and song.key not in self._twinned:
            later = song.released + timedelta(365 * chance.randrange(5, 20))
            isrcs = (f"XD000{chance.randrange(10**7):07d}",)
            return Meant(
                Spelled("", title, credit, isrcs, later, song.seconds + chance.choice((-40, 45, 60))), None, kind
            )
        if (title.casefold(), credit.casefold()) in self.titles or (
            kind in {"new", "cover"} and self._sung(title, credit)
        ):
            return self._stranger()
        return Meant(Spelled("", title, credit), None, kind)

    def _neared(self, text: str) -> str:
        """Return the text with one word turned into another word that is but a letter away, if there is one."""
        words = text.split()
        places = list(range(len(words)))
        self.chance.shuffle(places)
        for place in places:
            if near := self._near_words.get(words[place].casefold()):
                return " ".join((*words[:place], self.chance.choice(near).capitalize(), *words[place + 1 :]))
        return f"{text}s" if text[-1] != "s" else self._title()

    @cached_property
    def _near_words(self) -> dict[str, list[str]]:
        """Words of the world that are the same but for one letter that is another, or is not there."""
        holes: dict[str, list[str]] = {}
        for word in dict.fromkeys((*self.words, *self.people)):
            for place in range(len(word)):
                holes.setdefault(f"{word[:place]}?{word[place + 1 :]}", []).append(word)
                holes.setdefault(f"{word[:place]}{word[place + 1 :]}", []).append(word)
        near: dict[str, list[str]] = {}
        for together in holes.values():
            for word in together if len(together) > 1 else ():
                near.setdefault(word, []).extend(other for other in together if other != word)
        return near

    def _sung(self, title: str, credit: str) -> bool:
        """Return whether one of the credited has a known song of that title; another credit is then no other song."""
        return any((fold(title), name) in self.sung for name in _people(credit))

    def _slipped(self, text: str) -> str:
        places = [place for place, sign in enumerate(text) if sign.isascii() and sign.isalpha()]
        place = self.chance.choice(places)
        sign, then = text[place], text[place + 1 : place + 2]
        slip = self.chance.choice(("swap", "drop", "double", "key"))
        if slip == "swap" and then.isalpha() and then.casefold() != sign.casefold():
            return text[:place] + then + sign + text[place + 2 :]
        if slip == "drop" and len(places) > 1:
            return text[:place] + text[place + 1 :]
        if slip == "double":
            return text[:place] + sign + text[place:]
        return text[:place] + self._beside(sign) + text[place + 1 :]

    def _beside(self, sign: str) -> str:
        row = next(row for row in _ROWS if sign.lower() in row)
        place = row.index(sign.lower())
        return self.chance.choice([row[at] for at in (place - 1, place + 1) if 0 <= at < len(row)])

    def _typo_title(self, title: str, credit: str) -> tuple[str, str]:
        return self._slipped(title), credit

    def _typo_artist(self, title: str, credit: str) -> tuple[str, str]:
        return title, self._slipped(credit)

    def _noise(self, title: str, credit: str) -> tuple[str, str]:
        return f"{title} {self.chance.choice(_NOISE)}", credit

    def _case(self, title: str, credit: str) -> tuple[str, str]:
        return title.upper(), credit.upper() if self.chance.random() < 0.7 else credit.lower()

    def _marks(self, title: str, credit: str) -> tuple[str, str]:
        return self._marked(title), self._marked(credit)

    def _spaces(self, title: str, credit: str) -> tuple[str, str]:
        return title.replace(" ", self.chance.choice(("", "-", ", ")), 1), credit

    def _joins(self, title: str, credit: str) -> tuple[str, str]:
        """Print the featured artist another way: in the title, behind another word, or not at all."""
        lead, _, guest = credit.partition(" feat. ")
        if not guest:
            return title, credit.replace(" & ", self.chance.choice((" x ", ", ", " and ", " / ")))
        way = self.chance.random()
        if way < 0.4:
            return f"{title} (feat. {guest})", lead
        if way < 0.5:
            return title, lead
        return title, f"{lead} {self.chance.choice(('ft.', 'Featuring', 'FT', '&', 'with'))} {guest}"

    def _order(self, title: str, credit: str) -> tuple[str, str]:
        if credit.startswith("The "):
            return title, credit[4:]
        first, _, last = credit.partition(" ")
        return title, f"{last}, {first}" if last and " " not in last else credit


_STRANGERS = ("new", "cover", "version", "other song", "twin", "part", "near word", "near artist")
_STRANGER_SHARES = (26, 18, 18, 12, 8, 6, 6, 6)
_KINDS = (
    "typo_title", "typo_artist", "typo_title + typo_artist", "noise", "noise + typo_title", "case", "marks", "spaces",
    "joins", "order", "case + noise", "joins + noise", "joins + typo_artist", "typo_title + typo_title",
    "marks + typo_title",
)  # fmt: skip
_KIND_SHARES = (18, 16, 5, 12, 4, 6, 6, 4, 10, 5, 4, 4, 2, 2, 2)

_CYRILLIC = {
    "shch": "щ", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш", "ya": "я", "yu": "ю", "a": "а", "b": "б",
    "v": "в", "g": "г", "d": "д", "e": "е", "z": "з", "i": "и", "k": "к", "l": "л", "m": "м", "n": "н", "o": "о",
    "p": "п", "r": "р", "s": "с", "t": "т", "u": "у", "f": "ф",
}  # fmt: skip
_GREEK = {
    "th": "θ", "ch": "χ", "ps": "ψ", "ou": "ου", "a": "α", "v": "β", "g": "γ", "d": "δ", "e": "ε", "z": "ζ",
    "i": "η", "k": "κ", "l": "λ", "m": "μ", "n": "ν", "x": "ξ", "o": "ο", "p": "π", "r": "ρ", "s": "σ", "t": "τ",
    "y": "υ", "f": "φ",
}  # fmt: skip
_KANA = dict(
    zip(
        [
            "ka",
            "ki",
            "ku",
            "ke",
            "ko",
            "sa",
            "shi",
            "su",
            "se",
            "so",
            "ta",
            "chi",
            "tsu",
            "te",
            "to",
            "na",
            "ni",
            "nu",
            "ne",
            "no",
            "ha",
            "hi",
            "fu",
            "he",
            "ho",
            "ma",
            "mi",
            "mu",
            "me",
            "mo",
            "ya",
            "yu",
            "yo",
            "ra",
            "ri",
            "ru",
            "re",
            "ro",
            "wa",
            "ga",
            "gi",
            "gu",
            "ge",
            "go",
            "za",
            "ji",
            "zu",
            "ze",
            "zo",
            "da",
            "de",
            "do",
            "ba",
            "bi",
            "bu",
            "be",
            "bo",
        ],
        "カキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワガギグゲゴザジズゼゾダデドバビブベボ",
        strict=True,
    )
)
_HANGUL_HEADS = dict(
    zip(
        [
            "g",
            "n",
            "d",
            "r",
            "m",
            "b",
            "s",
            "j",
            "ch",
            "k",
            "t",
            "p",
            "h",
        ],
        (0, 2, 3, 5, 6, 7, 9, 12, 14, 15, 16, 17, 18),
        strict=True,
    )
)
_HANGUL_HEARTS = dict(
    zip(
        [
            "a",
            "ae",
            "eo",
            "e",
            "o",
            "u",
            "eu",
            "i",
        ],
        (0, 1, 4, 5, 8, 13, 18, 20),
        strict=True,
    )
)
_HANGUL_TAILS = {"": 0, "n": 4, "m": 16, "ng": 21}
_HANGUL = {
    head + heart + tail: chr(0xAC00 + (place * 21 + middle) * 28 + end)
    for head, place in _HANGUL_HEADS.items()
    for heart, middle in _HANGUL_HEARTS.items()
    for tail, end in _HANGUL_TAILS.items()
}


def _people(credit: str) -> list[str]:
    return [fold(name) for name in credit.replace(" feat. ", " & ").split(" & ")]


def _written(table: dict[str, str], text: str) -> str:
    """Return Latin text in another script, the longest matches first."""
    longest, place, said = max(map(len, table)), 0, ""
    while place < len(text):
        size = next((n for n in range(longest, 0, -1) if text[place : place + n] in table), 0)
        said += table[text[place : place + size]] if size else text[place]
        place += size or 1
    return said


def _syllables(heads: str, hearts: str, tails: Sequence[str]) -> list[str]:
    return [head + heart + tail for head in heads.split() for heart in hearts.split() for tail in tails]


_SCRIPTS = (
    _Script(
        _syllables("b v g d zh z k l m n p r s t f kh ts ch sh", "a e i o u", ("", "", "n", "r")),
        lambda text: _written(_CYRILLIC, text),
    ),
    _Script(
        _syllables("v g d z th k l m n x p r s t f ch ps", "a e i o ou", ("", "", "n", "s")),
        lambda text: _written(_GREEK, text),
    ),
    _Script(list(_KANA), lambda t: "".join(_written(_KANA, word) for word in t.split())),
    _Script(list(_HANGUL), lambda t: _written(_HANGUL, t)),
)  # fmt: skip
