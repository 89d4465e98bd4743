"""Archive: drafts and sealed editions.

In: compiled issues with their inputs. Out: editions that are never changed, and what can be said of them
today.
Never here: an engine, a rule.
"""
