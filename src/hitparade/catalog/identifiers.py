"""Identifiers of the music trade and their check rules: what can be told of a code by looking at it alone.

ISRC, ISNI and UPC/EAN are checked by python-stdnum; ISWC and IPI, which it lacks, by the rules of CISAC.
"""

import re
from collections.abc import Callable

from stdnum import ean
from stdnum import isni as stdnum_isni
from stdnum import isrc as stdnum_isrc
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

_ISWC = re.compile(r"T(\d{9})(\d)")
_IPI = re.compile(r"\d{11}")
_MBID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SIGNS = str.maketrans("", "", " -.\u2010\u2011")


def isrc(text: str) -> str:
    """Return an ISRC in upper case without hyphens."""
    return _checked(stdnum_isrc.validate, text)


def isni(text: str) -> str:
    """Return an ISNI as sixteen signs."""
    return _checked(stdnum_isni.validate, text)


def barcode(text: str) -> str:
    """Return a UPC or EAN as thirteen digits, so that a UPC and its EAN are equal."""
    bare = text.translate(_SIGNS)
    return _checked(ean.validate, bare.zfill(13) if len(bare) in {11, 12} else bare)


def iswc(text: str) -> str:
    """Return an ISWC as T and ten digits."""
    bare = text.translate(_SIGNS).upper()
    found = _ISWC.fullmatch(bare)
    if not found:
        raise ValueError("is not T and ten digits")
    total = 1 + sum(place * int(digit) for place, digit in enumerate(found[1], 1))
    if (total + int(found[2])) % 10:
        raise ValueError("has a check digit that does not fit")
    return bare


def ipi(text: str) -> str:
    """Return an IPI name number as eleven digits."""
    bare = text.translate(_SIGNS).zfill(11)
    if not _IPI.fullmatch(bare):
        raise ValueError("is not eleven digits")
    total = sum(int(digit) * weight for digit, weight in zip(bare[:9], range(10, 1, -1), strict=True)) % 101
    if (101 - total) % 101 % 100 != int(bare[9:]):
        raise ValueError("has check digits that do not fit")
    return bare


def mbid(text: str) -> str:
    """Return a MusicBrainz identifier in small letters."""
    bare = text.strip().lower()
    if not _MBID.fullmatch(bare):
        raise ValueError("is not 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12")
    return bare


def _checked(validate: Callable[[str], str], text: str) -> str:
    try:
        return validate(text)
    except InvalidChecksum as error:
        raise ValueError("has a check digit that does not fit") from error
    except InvalidLength as error:
        raise ValueError("is too short or too long") from error
    except ValidationError as error:
        raise ValueError("is not in the form of such a code") from error
