"""Compile: candidates in, a ranked chart with every reason out.

In: candidates, state, market, decisions, the rules in force. Out: the chart and the next state.
Never here: reading files, opening databases, asking the time.
"""
