"""Kasstroom's command line: JSON on stdout alone, messages and progress on stderr, exit 0, 1 or 2."""

import sys

from cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
