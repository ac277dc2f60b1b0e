"""The words of one block of a page: the finding as its title, and how it was worked out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """The words of one block, for its heading, its exports and its alternative text.

    Attributes:
        title: one sentence with the figure that matters; text from data in it is not escaped.
        method: what is drawn and how it was worked out; empty if the title is enough.
    """

    title: str
    method: str = ""
