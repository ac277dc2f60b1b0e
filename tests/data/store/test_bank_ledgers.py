"""Drawn ledgers and files of a bank through the whole program: sums hold, no order matters, undo undoes."""

import json
import random
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.store import checks, reader
from data.store.load import load
from data.store.snapshot import current_snapshot
from reports.packs.plain_text import json_records
from tests.books import Desk
from tests.data.store.bank_ledgers import (
    ACCOUNT,
    FIRST,
    BankLedger,
    bookkeeping_of,
    draw_ledger,
    money,
    write_camt,
    write_mt940,
)
from tests.properties import makes_full_stores

pytestmark = [pytest.mark.slow, pytest.mark.hypothesis]
LAST = FIRST + timedelta(days=60)
DAYS = (FIRST + timedelta(days=27), LAST)
CLOSED = FIRST + timedelta(days=27)


@contextmanager
def new_desk(*, closed: bool) -> Iterator[Desk]:
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder), shares_loads=False)
        if closed:
            desk.load(settings=[("closed_until", str(CLOSED))])
        yield desk
        desk.close()


def pieces(desk: Desk, ledger: BankLedger) -> list[list[Path]]:
    """Return the files of a ledger: customers, invoices in two files, and one camt.053 per day."""
    half = len(ledger.invoices) // 2
    rows = [
        desk.folder(customers=ledger.customers),
        desk.folder(invoices=ledger.invoices[:half]),
        desk.folder(invoices=ledger.invoices[half:]),
    ]
    statements = ledger.statements()
    days = [write_camt(desk.home / f"day-{one[0]}.xml", [one]) for one in statements]
    return [[path] for path in (*rows, *days)]


def answers(desk: Desk, known_on=None) -> dict[tuple[str, date | None], str]:
    """Return the answers, as the command line writes them."""
    asked = {("bank_statements", None): desk.books().ask("bank_statements", known_on=known_on)}
    for day in DAYS:
        for name in ("cash_application", "ageing", "tie_out"):
            asked[name, day] = desk.books().ask(name, as_of=day, known_on=known_on)
    return {key: json_records(frame) for key, frame in asked.items()}


def without_instants(found: dict) -> dict:
    """Return answers without when the program applied what, which differs from store to store."""
    return {
        key: [{name: cell for name, cell in row.items() if name != "decided_at"} for row in json.loads(text)]
        for key, text in found.items()
    }


@given(seed=st.integers(0, 10**9))
@makes_full_stores
def test_sums_hold_and_what_is_applied_is_what_was_meant(seed):
    ledger = draw_ledger(seed)
    with new_desk(closed=bool(seed % 2)) as desk:
        load(desk.store, [path for piece in pieces(desk, ledger) for path in piece])
        rows = desk.ask("cash_application", as_of=LAST)
        of_entry = defaultdict(list)
        for row in rows:
            of_entry[row["entry_id"].rsplit("/", 1)[-1]].append(row)
        paid = defaultdict(Decimal)
        for line in ledger.lines:
            lines = of_entry[line.reference]
            if line.cents > 0:
                # All of it, with the rest on a row of its own.
                assert sum(row["applied_amount"] for row in lines) == Decimal(line.cents) / 100
                assert {row["amount"] for row in lines} == {Decimal(line.cents) / 100}
                assert sum(row["invoice_id"] is None for row in lines) <= 1
            for row in lines:
                if row["status"] == "applied" and row["invoice_id"]:
                    meant = ledger.truth[line.reference].get(row["invoice_id"], 0)
                    assert row["applied_amount"] <= Decimal(meant) / 100, (line, row)
                    paid[row["invoice_id"]] += row["applied_amount"]
        assert all(paid[number] <= Decimal(cents) / 100 for number, cents in ledger.amounts.items())
        # What is open is what was invoiced less what stands there, by plain arithmetic.
        still_open = {row["invoice_id"]: row["open_amount"] for row in desk.ask("open_items", as_of=LAST)}
        expected = {
            number: Decimal(cents) / 100 - paid[number]
            for number, cents in ledger.amounts.items()
            if Decimal(cents) / 100 != paid[number]
        }
        assert still_open == expected
        assert all(row["difference"] == 0 for day in DAYS for row in desk.ask("tie_out", as_of=day))
        counted = desk.rows("select payment_date from settlement_at(null) where bank_entry is not null")
        assert counted
        if seed % 2:
            assert min(day for (day,) in counted) > CLOSED


@given(seed=st.integers(0, 10**9))
@makes_full_stores
def test_no_order_of_files_nor_a_repeat_nor_a_second_format_changes_an_answer(seed):
    ledger, dice = draw_ledger(seed), random.Random(seed)
    is_closed = bool(seed % 2)
    with new_desk(closed=is_closed) as once:
        files = pieces(once, ledger)
        load(once.store, [path for piece in files for path in piece])
        expected = without_instants(answers(once))
        # The same days in another form tell nothing new, and a repeat does not either.
        load(once.store, [write_mt940(once.home / "all.sta", ledger.statements())])
        assert without_instants(answers(once)) == expected
        load(once.store, [path for piece in files for path in piece])
        assert without_instants(answers(once)) == expected
    with new_desk(closed=is_closed) as other:
        files = pieces(other, ledger)
        dice.shuffle(files)
        first, rest = files[: len(files) // 2], files[len(files) // 2 :]
        known = []
        for part in (first, rest, first):
            load(other.store, [path for piece in part for path in piece])
            known.append((other.moment(), answers(other)))
        assert without_instants(known[-1][1]) == expected
        # What was known on each earlier moment is what was answered then, to the byte.
        for moment, found in known:
            assert answers(other, moment) == found


@given(seed=st.integers(0, 10**9))
@makes_full_stores
def test_with_the_bank_as_source_the_same_money_in_the_bookkeeping_changes_no_answer(seed):
    ledger = draw_ledger(seed)
    with new_desk(closed=False) as alone:
        load(alone.store, [path for piece in pieces(alone, ledger) for path in piece])
        expected = without_instants(answers(alone))
    with new_desk(closed=False) as both:
        both.load(payments=bookkeeping_of(ledger, seed))
        load(both.store, [path for piece in pieces(both, ledger) for path in piece])
        proposing = answers(both)
        both.load(settings=[("cash_source", "bank")])
        assert without_instants(answers(both)) == expected
        both.load(settings=[("cash_source", "bookkeeping")])
        assert answers(both) == proposing
        # What the bookkeeping has is never more than what came in, and none of it is applied again.
        assert both.rows("select * from settlement_at(null) where bank_entry is not null") == []
        with reader.session(current_snapshot(both.store)) as connection:
            assert checks.broken(connection) == []
            assert checks.underived(connection) == []


@given(seed=st.integers(0, 10**9))
@makes_full_stores
def test_a_decision_that_is_withdrawn_leaves_every_answer_as_it_was(seed):
    ledger, dice = draw_ledger(seed), random.Random(seed)
    with new_desk(closed=False) as desk:
        load(desk.store, [path for piece in pieces(desk, ledger) for path in piece])
        before = answers(desk)
        rows = [row for row in desk.ask("cash_application", as_of=LAST) if row["amount"] > 0]
        decided = []
        for row in dice.sample(rows, min(3, len(rows))):
            amount = money(int(row["applied_amount"] * 100))
            if dice.random() < 0.5:
                decided.append((ACCOUNT, row["entry_id"], "rejected", "", row["invoice_id"] or "", amount))
            else:
                number, customer = dice.choice([one[:2] for one in ledger.invoices])
                decided.append((ACCOUNT, row["entry_id"], "confirmed", customer, number, amount))
        desk.load(cash_decisions=decided)
        changed = answers(desk)
        desk.load(cash_decisions=[(*one[:2], "withdrawn", *one[3:]) for one in decided])
        assert answers(desk) == before
        assert changed != before
