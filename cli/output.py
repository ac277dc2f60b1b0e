"""Messages for people, on stderr: stdout is for what programs read."""

import sys


def print_message(text: str) -> None:
    """Print a message of the command line itself."""
    print(text, file=sys.stderr)


def print_sentence(sentence: str | None) -> None:
    """Print a sentence that an answer returned; nothing for None."""
    if sentence:
        print(sentence, file=sys.stderr)
