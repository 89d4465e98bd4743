"""Engine: the few statements that an engine runs.

In: file names, bound values, small tables. Out: Arrow tables, Parquet files, digests.
Never here: rules, ratios, the house database.
"""
