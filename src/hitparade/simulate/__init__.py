"""Simulate: a seeded market, always marked as simulated.

In: a seed and sizes. Out: Parquet files in the entries layout.
Never here: anything real.
"""
