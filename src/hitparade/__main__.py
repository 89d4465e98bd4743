"""The command line's entry: answers ``--version`` before anything else is imported."""

import sys

from hitparade._version import __version__


def main() -> None:
    """Run the command line on ``sys.argv``."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"hitparade {__version__}\n")
        return
    from hitparade.serve.cli import run

    run()


if __name__ == "__main__":
    main()
