"""A walk over issues sees one ledger from its beginning to its end."""

from datetime import date

from hitparade.house import House
from ledger_maker import Row, deliver

DAY = date(2016, 9, 2)


def test_what_comes_in_during_a_walk_is_seen_after_it(house: House) -> None:
    deliver(house, [Row("Closer", "The Chainsmokers", day=DAY)])
    with house.ledger.still():
        deliver(house, [Row("Heathens", "Twenty One Pilots", day=DAY, channel="another")])
        assert len(house.ledger.force.deliveries) == 1
    assert len(house.ledger.force.deliveries) == 2
