"""Intake: files become deliveries.

In: files as people hold them. Out: rows in the ledger, problems, spellings, cells.
Never here: identity, counting, charts.
"""
