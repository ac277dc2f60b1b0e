"""What is known of a column: heading, nature, widths, and how its values are written."""

from dataclasses import dataclass
from typing import Literal

from reports.codes import Table

Nature = Literal[
    "money",
    "rate",  # a decimal with more than two places: an exchange rate, a percentage
    "control total",  # what a file adds up to, in whatever currencies: a number without a unit
    "share",  # 0-1, written as a percentage
    "chance",  # 0-1, written as a percentage, never as if it were certain
    "days",
    "count",
    "number",
    "score",  # out of 100
    "code",  # a word of ours, one of `reports.codes`
    "bucket",
    "text",
    "list",
    "date",
    "moment",
    "flag",
]
Better = Literal["up", "down", "neither"]


@dataclass(frozen=True)
class ReportColumn:
    """A column that a query returns or a report computes, as a reader sees it.

    Attributes:
        heading: English; translated with the context `column`.
        nature: kind of its values.
        short: heading of one word, for a phone and for tables where the title says the rest; empty if the
            heading is short enough.
        width: pixels on a desk; None gives the width that values of its type need.
        phone_width: pixels on a phone; None gives what its values need.
        codes: table of the words for its codes; None for a column that holds none.
        in_row_currency: beside a `currency` its amounts are in that one; other amounts of such a row are in
            the currency that the screen shows.
        is_expected: an amount that is forecast: screens write it to 1,000, files keep its cents.
        is_number_in_words: words that stand for a number, such as a range of days: aligned as numbers are.
        better: direction that is good news, for a KPI.
        meaning: of a column that no query returns; the others have theirs in the headers of the queries.
    """

    heading: str
    nature: Nature
    short: str = ""
    width: int | None = None
    phone_width: int | None = None
    codes: Table | None = None
    in_row_currency: bool = False
    is_expected: bool = False
    is_number_in_words: bool = False
    better: Better = "neither"
    meaning: str = ""
