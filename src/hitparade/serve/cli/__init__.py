"""The command line, one module for each group of the help."""

from hitparade.serve.cli.app import run

__all__ = ["run"]
