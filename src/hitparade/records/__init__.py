"""Records: what history shows.

In: editions and dated, sourced facts. Out: ordinals and peaks with their proof.
Never here: compiling.
"""
