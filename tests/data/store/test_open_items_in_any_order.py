"""Lists of open items, invoices and payments in any order: on its day the books say what a list says."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest

from data.store import checks, reader
from data.store.load import load
from data.store.missing import FullLoad
from data.store.snapshot import current_snapshot
from tests.books import Desk
from tests.exhaustive import exhaustive
from tests.oracles.plain_open_items import PlainDocument

pytestmark = pytest.mark.slow

D = Decimal
FIRST = date(2026, 1, 1)
DOCUMENTS, LISTS, SPAN = 24, 4, 90
ITEMS = (
    "select document_id, kind, post_date, sum(amount) from item {where} group by all having sum(amount) <> 0 "
    "order by all"
)


@dataclass(frozen=True)
class History:
    """Random rows: documents, two files of payments, a list per day."""

    invoices: list[tuple]
    payments: list[list[tuple]]
    lists: dict[date, dict[str, Decimal]]

    def files(self) -> list[tuple[str, list[tuple]]]:
        return [
            ("invoices", self.invoices),
            *(("payments", rows) for rows in self.payments),
            *(
                ("open_items", [(day, name, "EUR", amount) for name, amount in rows.items()])
                for day, rows in self.lists.items()
            ),
        ]

    def plain(self, row: tuple, *, are_complete: bool) -> PlainDocument:
        name = row[0]
        shown: dict[date, Decimal] = {}
        for day, rows in sorted(self.lists.items()):
            if name in rows:
                shown[day] = rows[name]
            elif are_complete and shown and shown[max(shown)]:
                shown[day] = D(0)
        payments = [(pay[3], pay[5]) for rows in self.payments for pay in rows if pay[2] == name]
        return PlainDocument(row[3], row[6], payments, shown)


def history(seed: int, *, pays_too_much: bool) -> History:
    """Return a random history; lists say what they like, also more than a document came to."""
    draw = random.Random(seed)
    days = [FIRST + timedelta(days=n) for n in sorted(draw.sample(range(5, SPAN), LISTS))]
    invoices, payments = [], []
    lists: dict[date, dict[str, Decimal]] = {day: {} for day in days}
    for number in range(DOCUMENTS):
        side = draw.choice([1, 1, 1, -1])
        name, customer = f"F{number:02}", f"C{number % 5}"
        kind = "invoice" if side > 0 else "credit_note"
        issued = FIRST + timedelta(days=draw.randint(0, 60))
        invoices.append((name, customer, kind, issued, issued, "EUR", D(100 * side)))
        left = 100
        for place in range(draw.choice([0, 0, 1, 2, 3])):
            most = draw.choice([-30, 40, 100, 130]) if pays_too_much else left
            amount = most if abs(most) < 2 else draw.choice([most, most // 2])
            left -= amount
            if amount:
                paid = FIRST + timedelta(days=draw.randint(0, SPAN + 5))
                payments.append((f"P{number}-{place}", customer, name, paid, "EUR", D(amount * side)))
        for day in days:
            if draw.random() < 0.55:
                lists[day][name] = D(side * draw.choice([5, 20, 50, 100, 100, 140, -5]))
    half = len(payments) // 2
    return History(invoices, [payments[:half], payments[half:]], lists)


def load_in_order(
    desk: Desk, files: Sequence[tuple[str, list[tuple]]], *, are_complete: bool
) -> list[tuple[object, list[tuple]]]:
    """Load the files one by one; return what was known after each of them."""
    known = []
    for grain, rows in files:
        folder = desk.folder(**{grain: rows})
        if grain == "open_items" and are_complete:
            seen = load(desk.store, [folder], full=FullLoad())
            agreed = FullLoad(cancel=seen.missing.height, shrunk=seen.shrunk)
            load(desk.store, [folder], full=agreed)
        else:
            load(desk.store, [folder])
        known.append((desk.moment(), desk.rows(ITEMS.format(where=""))))
    return known


def require_right(desk: Desk, told: History, *, are_complete: bool) -> None:
    days = sorted({day + timedelta(days=n) for day in told.lists for n in (-1, 0, 1)})
    plain = {row[0]: told.plain(row, are_complete=are_complete) for row in told.invoices}
    for day in [*days, FIRST + timedelta(days=SPAN + 10)]:
        is_open = {row["invoice_id"]: row["open_amount"] for row in desk.ask("open_items", as_of=day)}
        expected = {name: document.open_on(day) for name, document in plain.items()}
        assert is_open == {name: amount for name, amount in expected.items() if amount}, day
        for name, document in plain.items():
            if day in document.lists and day >= document.issued:
                assert expected[name] == document.lists[day]
        assert all(row["is_tied"] and row["difference"] == 0 for row in desk.ask("tie_out", as_of=day))
    with reader.session(current_snapshot(desk.store)) as connection:
        assert checks.broken(connection) == []
        assert checks.underived(connection) == []


@pytest.mark.parametrize("are_complete", [True, False], ids=["complete", "not said to be complete"])
@pytest.mark.parametrize("seed", [1, 2, *exhaustive(range(3, 60))])
def test_whatever_comes_first_a_document_is_open_as_the_list_says(
    desk: Desk, seed: int, *, are_complete: bool
) -> None:
    desk.shares_loads = False
    told = history(seed, pays_too_much=not are_complete)
    files = told.files()
    random.Random(-seed).shuffle(files)

    known = load_in_order(desk, files, are_complete=are_complete)

    require_right(desk, told, are_complete=are_complete)
    for moment, rows in known:
        assert desk.rows(ITEMS.format(where=f"where recorded_at <= timestamp '{moment}'")) == rows


@pytest.mark.parametrize("seed", [1, *exhaustive(range(2, 20))])
def test_files_forwards_and_backwards_give_the_same_item_rows(desk: Desk, tmp_path, seed: int) -> None:
    desk.shares_loads = False
    other = Desk(tmp_path / "other", shares_loads=False)
    files = history(seed, pays_too_much=False).files()

    load_in_order(desk, files, are_complete=True)
    load_in_order(other, files[::-1], are_complete=True)

    forwards, backwards = (one.rows(ITEMS.format(where="")) for one in (desk, other))
    other.close()
    assert forwards == backwards
