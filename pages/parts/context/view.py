"""The view: as-of day and filters, the same on every page and held in the URL."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from itertools import pairwise

from data import clock
from queries import catalogue
from queries.finishing import STANDARD_LIMITS
from reports.answers.shared import comparison

_MOST_LIMITS = 8


@dataclass(frozen=True)
class View:
    """A day and a selection of the books.

    Attributes:
        as_of: day the balances are taken, end of day.
        known_on: only what was recorded by then (UTC); None: everything known now.
        currency: only documents in it, in their own amounts; None: all, in the reporting currency.
        entity: only this administration.
        segment: only this segment.
        limits: last day of each ageing bucket but the final one.
        basis: age counts from the due date (`due`) or the invoice date (`invoice`).
        reporting_currency: what amounts are in when `currency` is None.
        compare: what the figures are compared with: one of `comparison.KINDS`, or a day as `2026-10-31`.
    """

    as_of: date
    known_on: datetime | None = None
    currency: str | None = None
    entity: str | None = None
    segment: str | None = None
    limits: tuple[int, ...] = STANDARD_LIMITS
    basis: str = "due"
    reporting_currency: str = "EUR"
    compare: str = comparison.WEEK

    @property
    def compare_day(self) -> date:
        """The day that the figures are compared with, end of day."""
        return comparison.comparison_day(self.as_of, self.compare)

    def on_compare_day(self) -> "View":
        """Return the same selection of the books on the day it is compared with."""
        return replace(self, as_of=self.compare_day)

    @property
    def display_currency(self) -> str:
        """The currency amounts are shown in."""
        return self.currency or self.reporting_currency

    def parameters(self, query: str) -> dict[str, object]:
        """Return the values this query takes; credit notes and overpayments stand apart on every screen."""
        takes = {parameter.name for parameter in catalogue()[query].parameters}
        values: dict[str, object] = {field.name: getattr(self, field.name) for field in fields(self)}
        values["limits"] = list(self.limits)
        values["credits"] = "apart"
        return {name: value for name, value in values.items() if name in takes}

    def whole_customer(self) -> "View":
        """Return the view for one customer: whole, whichever segment is looked at."""
        return replace(self, segment=None)

    def in_currency(self, currency: str) -> "View":
        """Return the view of the documents in one currency, in their own amounts."""
        return replace(self, currency=currency)

    def to_url(self) -> dict[str, str]:
        """Return the query parameters of the address that reopens this view; as-of always, others if set."""
        address = {"as_of": self.as_of.isoformat()}
        if self.known_on is not None:
            address["known_on"] = self.known_on.isoformat(timespec="seconds")
        for name in ("currency", "entity", "segment"):
            if value := getattr(self, name):
                address[name] = value
        if self.limits != STANDARD_LIMITS:
            address["limits"] = "-".join(str(limit) for limit in self.limits)
        if self.basis != "due":
            address["basis"] = self.basis
        if self.compare != comparison.WEEK:
            address["compare"] = self.compare
        return address


URL_NAMES = ("as_of", "known_on", "currency", "entity", "segment", "limits", "basis", "compare")


def from_url(address: Mapping[str, str]) -> dict[str, object]:
    """Read the values of a view from an address; a value that cannot be read is left out, never guessed."""
    values: dict[str, object] = {}
    for name in ("currency", "entity", "segment"):
        if address.get(name):
            values[name] = address[name]
    if (day := _day(address.get("as_of", ""))) is not None:
        values["as_of"] = day
    if (moment := _moment(address.get("known_on", ""))) is not None:
        values["known_on"] = moment
    if (limits := parse_limits(address.get("limits", ""))) is not None:
        values["limits"] = limits
    if address.get("basis") in {"due", "invoice"}:
        values["basis"] = address["basis"]
    compare = address.get("compare", "")
    if compare in comparison.KINDS:
        values["compare"] = compare
    elif (day := _day(compare)) is not None:
        values["compare"] = day.isoformat()
    return values


def parse_limits(text: str) -> tuple[int, ...] | None:
    """Read bucket limits such as `30-60-90` or `14, 45`: one to eight rising whole days, else None."""
    parts = text.replace(",", "-").replace(" ", "").split("-")
    if not all(part.isascii() and part.isdigit() and len(part) <= len("9999") for part in parts):
        return None
    limits = tuple(int(part) for part in parts)
    rising = all(a < b for a, b in pairwise(limits))
    return limits if rising and limits[0] >= 1 and len(limits) <= _MOST_LIMITS else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    """Read an instant, UTC unless it names an offset; a bare day means its end in the time zone."""
    try:
        moment = datetime.fromisoformat(text)
        if len(text) == len("2026-11-22"):
            return clock.end_of(moment.date())
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return None
