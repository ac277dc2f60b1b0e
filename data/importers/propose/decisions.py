"""What somebody decided of a proposal; the rest stays as proposed."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Decisions:
    """What a list says, as somebody who looked at it says it is.

    Attributes:
        shape: key of `shapes.SHAPES`; empty: as proposed, and so for the texts below.
        columns: column -> heading that feeds it; an empty heading: none does.
        date_format, decimal: as in `value_formats.Formats`.
        currency: of amounts beside which the file names none.
        is_grouped: whether the customer stands above its rows; None: as proposed.
        words: column -> word in the file -> what it stands for; an empty one: nothing we know.
    """

    shape: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    date_format: str = ""
    decimal: str = ""
    currency: str = ""
    is_grouped: bool | None = None
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
