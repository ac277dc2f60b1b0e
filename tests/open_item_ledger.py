"""Lists of open items of a few documents: loading them, what is open and what they settled."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from data.store.load import load
from data.store.load_report import LoadReport
from data.store.missing import FullLoad
from tests.books import Desk
from tests.kpi_ledger import invoice

D = Decimal
JANUARY, FEBRUARY, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)


def rows(day: date, shown: Mapping[str, str], **more: str) -> list[dict]:
    """Return the rows of a list from texts such as `F1="100.00"`."""
    return [
        {"list_date": day, "invoice_id": name, "currency": "EUR", "open_amount": amount, **more}
        for name, amount in shown.items()
    ]


def load_list(desk: Desk, day: date, full: FullLoad | None = None, /, **shown: str) -> LoadReport:
    return load(desk.store, [desk.folder(open_items=rows(day, shown))], full=full)


def load_complete(desk: Desk, day: date, /, **shown: str) -> LoadReport:
    """Load a list and settle what is not on it any more, as it was listed."""
    seen = load_list(desk, day, FullLoad(), **shown)
    assert seen.missing is not None
    agreed = FullLoad(cancel=seen.missing.height, shrunk=seen.shrunk)
    return load_list(desk, day, agreed, **shown)


def is_open(desk: Desk, day: date | str, **when: object) -> dict[str, Decimal]:
    return {row["invoice_id"]: row["open_amount"] for row in desk.ask("open_items", as_of=day, **when)}


def listed(desk: Desk) -> list[tuple[str, str, Decimal]]:
    """Return document, day and amount of what lists settled, as it stands now."""
    return [
        (name, f"{day:%m-%d}", amount)
        for name, day, amount in desk.rows(
            "select document_id, post_date, sum(amount) from item where kind = 'listed' group by all "
            "having sum(amount) <> 0 order by all"
        )
    ]


def require_tied(desk: Desk, day: date = MARCH) -> dict:
    [tie] = desk.ask("tie_out", as_of=day, opening_date="2025-12-31")
    assert tie["is_tied"]
    assert tie["difference"] == 0
    return tie


F1 = invoice("F1", "2026-01-05", "2026-02-04", "100.00")
F2 = invoice("F2", "2026-01-06", "2026-02-05", "200.00")
K1 = invoice("K1", "2026-01-07", "2026-01-07", "-50.00")
