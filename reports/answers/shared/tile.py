"""What a tile says, before any screen draws it."""

from dataclasses import dataclass, field
from decimal import Decimal

from reports.colours import Tone


@dataclass(frozen=True)
class Tile:
    """One figure with its change and the way to its rows; every text translated and formatted.

    Attributes:
        key: fixed word.
        label: at most 20 characters.
        value: the figure.
        change: signed; None where there is nothing to compare with.
        since: what the change is measured over.
        tone: blue is good news, orange bad, grey neither.
        method: how the figure is worked out, one or two sentences.
        series: of the line, oldest first; None leaves a gap.
        series_said: the line in words.
        opens: what the link shows, with its count.
        page: the screen that shows it.
        own: what that screen's address says besides the view, or leaves out (None).
    """

    key: str
    label: str
    value: str
    change: str | None
    since: str
    tone: Tone
    method: str
    series: tuple[Decimal | float | None, ...]
    series_said: str
    opens: str
    page: str
    own: dict[str, str | None] = field(default_factory=dict)
