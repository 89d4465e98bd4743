"""The version of hitparade."""

__version__ = "0.1.0"
