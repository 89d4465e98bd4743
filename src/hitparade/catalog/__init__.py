"""Catalog: who is who.

In: the senders' spellings. Out: recordings and songs with keys that derive from content.
Never here: counting, charts, files of a supplier.
"""
