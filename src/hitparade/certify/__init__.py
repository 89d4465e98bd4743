"""Certify: what songs have under the rules of certification programmes, and what is due to them.

In: programmes as dated data, what the ledger holds of a song by day, what was granted. Out: units to date, levels
reached with their days, what is missing for the next one, proof. Never here: engines, charts, the terminal.
"""
