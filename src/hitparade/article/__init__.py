"""Article: encyclopedia articles read into claims and checked.

In: an article in the plain layout, the house's facts and books. Out: claims with lines, and a verdict for each.
Never here: repairing a claim, or guessing a number.
"""
