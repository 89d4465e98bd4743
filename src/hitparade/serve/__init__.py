"""Serve: the faces.

In: what the house returns. Out: the terminal, JSON.
Never here: arithmetic.
"""
