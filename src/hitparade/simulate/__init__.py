"""Simulate: a seeded market in, marked files out.

In: a seed, a period, territories, sizes. Out: files in the ``entries`` layout, control files, a manifest.
Never here: anything real, a house, or a claim confirmed. Whatever comes from here says that it is simulated.
"""
