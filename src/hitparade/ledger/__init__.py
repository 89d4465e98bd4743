"""Ledger: what was consumed, written once.

In: deliveries in force, counting profiles, calendars. Out: totals per slot, coverage, candidates.
Never here: ratios, ranking, publication.
"""
