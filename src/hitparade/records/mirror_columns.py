"""The columns of a mirror's tables, named with their kinds."""

import pyarrow as pa


def columns(**kinds: pa.DataType) -> pa.Schema:
    """Return a schema of these columns in this order."""
    return pa.schema(kinds)
