"""A world market: what charts of many countries count, compact enough for two years of it.

In: a seed, a period, territories, a scale. Out: one file a territory in the ``entries`` layout, and a
manifest. Services, shops and stations report a day in sums by song; one small service reports play by play, so that
rules that must see single plays have some. Never here: anything real. Whatever comes from here says it is simulated.
"""
