"""Identifiers of the music trade: written any usual way they become one text; a wrong digit is said."""

from collections.abc import Callable

import pytest

from hitparade.catalog import identifiers as ids


@pytest.mark.parametrize(
    ("check", "said", "text"),
    [
        (ids.isrc, "us-rc1-76-07839", "USRC17607839"),
        (ids.isrc, "QZES71982312", "QZES71982312"),
        # 1 + 0*1 + 3*2 + 4*3 + 5*4 + 2*5 + 4*6 + 6*7 + 8*8 + 0*9 = 179, and 179 + 1 ends in 0.
        (ids.iswc, "T-034.524.680-1", "T0345246801"),
        # 3 * (0 + 6 + 0 + 2 + 1 + 5) + (3 + 0 + 0 + 9 + 4) = 58, and 58 + 2 ends in 0; a UPC is an EAN behind a 0.
        (ids.barcode, "0 36000 29145 2", "0036000291452"),
        (ids.barcode, "0036000291452", "0036000291452"),
        (ids.isni, "0000 0001 2281 955x", "000000012281955X"),
        # 2*8 + 5*7 + 0*6 + 1*5 + 6*4 + 5*3 + 0*2 = 95, and 101 - 95 = 06.
        (ids.ipi, "250165006", "00250165006"),
        (ids.mbid, "B1A9C0E9-D987-4042-AE91-78D6A3267D69", "b1a9c0e9-d987-4042-ae91-78d6a3267d69"),
    ],
)
def test_an_identifier_becomes_one_text(check: Callable[[str], str], said: str, text: str) -> None:
    assert check(said) == check(text) == text


@pytest.mark.parametrize(
    ("check", "said"),
    [
        (ids.isrc, "USRC1760783"),
        (ids.isrc, "USRC1760783A"),
        (ids.iswc, "T-034.524.680-2"),
        (ids.iswc, "034.524.680-1"),
        (ids.barcode, "036000291453"),
        (ids.barcode, "12345"),
        (ids.isni, "0000000122819551"),
        (ids.ipi, "00250165007"),
        (ids.ipi, "ABC"),
        (ids.mbid, "b1a9c0e9-d987-4042-ae91"),
    ],
)
def test_a_wrong_identifier_is_refused_in_words(check: Callable[[str], str], said: str) -> None:
    with pytest.raises(ValueError, match=r"^(is|has|it|its|The|the) ") as refused:
        check(said)
    assert not str(refused.value).endswith(".")
