"""The folded form of a text: what is left when spelling habits are set aside."""

import re
import unicodedata

_NOT_WORD = re.compile(r"[\W_]+", re.ASCII)
# Apostrophes vanish, so that "don't" is one word with or without, and whichever sign was typed.
_APOSTROPHES = str.maketrans("", "", "'`\u00b4\u02b9\u02bb\u02bc\u02bd\u2018\u2019\u201b\u2032\uff07")
_ACCENTS = re.compile(r"[\u0300-\u036f]+")


def fold(text: str) -> str:
    """Return ``text`` without case, accents, apostrophes and punctuation, words one space apart, "&" as "and".

    A text of nothing but punctuation ("!!!") keeps itself, casefolded, so that it stays a name of its own.
    """
    spelled = text.translate(_APOSTROPHES).replace("&", " and ").casefold()
    folded = _NOT_WORD.sub(" ", spelled) if spelled.isascii() else _fold_wide(spelled)
    return folded.strip() or text.strip().casefold()


def _fold_wide(spelled: str) -> str:
    whole = unicodedata.normalize("NFKC", spelled).replace("&", " and ").casefold()
    # Only the accents of the general block go: the vowel signs of other scripts are letters in all but name.
    bare = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", whole)))
    return " ".join("".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in bare).split())
