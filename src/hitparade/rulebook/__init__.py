"""Rulebook: the rules of a chart as dated, sourced data.

In: TOML books. Out: what is in force for an issue, and sentences about what is wrong with a book.
Never here: an engine, the ledger, a formula language.
"""
