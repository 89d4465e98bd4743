"""Books: the declared world, shipped as data.

In: nothing. Out: files that ``rulebook`` and ``article`` read. Never here: code, or rows of anybody's data.
"""
