"""What a block of a page says, in the language spoken: its finding, and how the figure was worked out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """The words of one block, for its heading, its exports and its alternative text.

    Attributes:
        title: one sentence with the figure that matters; text from data in it is not escaped.
        method: what is shown and how it was worked out; empty where the title says it all.
    """

    title: str
    method: str = ""
