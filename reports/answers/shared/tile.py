"""The content of a tile, independent of the screen."""

from dataclasses import dataclass, field
from decimal import Decimal

from reports.colours import Tone


@dataclass(frozen=True)
class Tile:
    """One figure with its change and the link to its rows; every text is translated and formatted.

    Attributes:
        key: fixed word.
        label: at most 20 characters.
        value: the figure.
        change: signed; None without an earlier value.
        since: period of the change.
        tone: blue is good news, orange bad, grey neither.
        method: how the figure is worked out, in one or two sentences.
        series: of the line, oldest first; None leaves a gap.
        series_alt: alternative text of the line.
        opens: label of the link, with a count.
        page: screen the link opens.
        own: parameters of its address besides those of the view; None removes one.
    """

    key: str
    label: str
    value: str
    change: str | None
    since: str
    tone: Tone
    method: str
    series: tuple[Decimal | float | None, ...]
    series_alt: str
    opens: str
    page: str
    own: dict[str, str | None] = field(default_factory=dict)
