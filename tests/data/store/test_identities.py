"""What holds for any ledger on any day: identities, checked against plain loops over the raw rows."""

import json
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.store import checks, reader
from data.store.load import load
from data.store.snapshot import current_snapshot
from tests.books import BUCKETS, Desk
from tests.oracles.plain_ageing import File, Plain, recovered
from tests.properties import makes_full_stores

START = date(2026, 1, 1)
LAST = START + timedelta(days=400)
GRAINS = ("customers", "invoices", "payments", "instalments")
days = st.integers(0, 200).map(lambda number: START + timedelta(days=number))
cents = st.integers(1, 500_000).map(lambda number: Decimal(number) / 100)
customers = st.sampled_from(["C1", "C2", "C3"])


@st.composite
def ledgers(draw) -> dict[str, list[dict]]:
    """Seven to nine small ledgers that share nothing, in one: a load costs more than its rows."""
    several = [draw(one_ledger()) for _ in range(draw(st.integers(7, 9)))]
    return {
        grain: [
            {
                name: f"{number}{value}" if name.endswith("_id") and value is not None else value
                for name, value in row.items()
            }
            for number, ledger in enumerate(several)
            for row in ledger[grain]
        ]
        for grain in GRAINS
    }


@st.composite
def one_ledger(draw) -> dict[str, list[dict]]:
    """A small ledger of three customers with everything that happens to invoices, each key once."""
    invoices, payments, instalments = [], [], []
    for number in range(draw(st.integers(1, 6))):
        invoice_id, customer, day, amount = f"F{number}", draw(customers), draw(days), draw(cents)
        sign = -1 if draw(st.integers(0, 4)) == 0 else 1
        invoices.append({
            "invoice_id": invoice_id,
            "customer_id": customer,
            "invoice_type": "credit_note" if sign < 0 else "invoice",
            "invoice_date": day,
            "due_date": draw(st.sampled_from([None, *(day + timedelta(late) for late in (-3, 0, 14, 90))])),
            "currency": "EUR",
            "amount": sign * amount,
            "terms_days": draw(st.sampled_from([None, 14])),
            "cancelled_date": draw(st.sampled_from([None, None, None, day + timedelta(days=20)])),
        })  # fmt: skip
        # Early, late, in parts, too much, and money taken back.
        for part in range(draw(st.integers(0, 3))):
            share = draw(st.sampled_from(["1", "0.5", "0.333", "1.2", "-0.25"]))
            paid = (sign * amount * Decimal(share)).quantize(Decimal("0.01")) or Decimal("0.01")
            payments.append({
                "payment_id": f"P{number}-{part}",
                "customer_id": draw(st.sampled_from([customer, customer, "C1"])),
                "invoice_id": invoice_id,
                "payment_date": day + timedelta(days=draw(st.integers(-10, 150))),
                "currency": "EUR",
                "amount": paid,
                "kind": draw(st.sampled_from([None, "payment", "credit", "write_off", "reversal"])),
            })  # fmt: skip
        parts = draw(st.sampled_from([0, 0, 0, 2, 3]))
        share = (sign * amount / parts).quantize(Decimal("0.01")) if parts else Decimal(0)
        for part in range(parts if share else 0):
            left = sign * amount - share * (parts - 1)
            due = day + timedelta(days=30 * part + draw(st.integers(0, 29)))
            instalments.append({
                "invoice_id": invoice_id, "due_date": due, "amount": left if part == parts - 1 else share,
            })  # fmt: skip
    for number in range(draw(st.integers(0, 3))):
        payments.append({  # noqa: PERF401 - read from top to bottom
            "payment_id": f"A{number}",
            "customer_id": draw(customers),
            "invoice_id": draw(st.sampled_from([None, "F0", "nowhere"])),
            "payment_date": draw(days),
            "currency": "EUR",
            "amount": draw(cents) * draw(st.sampled_from([1, 1, -1])),
            "kind": None,
        })  # fmt: skip
    people = [
        {
            "customer_id": name, "customer_name": name, "country": "", "segment": draw(st.sampled_from("ab")),
            "payment_terms_days": draw(st.sampled_from([None, 8, 30, 60])), "credit_limit": None,
        }
        for name in ("C1", "C2")
    ]  # fmt: skip
    return {"customers": people, "invoices": invoices, "payments": payments, "instalments": instalments}


def full(ledger: dict[str, list[dict]]) -> dict[str, list[dict]]:
    return {grain: rows for grain, rows in ledger.items() if rows}


def as_of_days(ledger: dict[str, list[dict]]) -> list[date]:
    """Return some of the days on which something could tip, of those before and after, and a late one."""
    named = {
        value for rows in ledger.values() for row in rows for value in row.values() if isinstance(value, date)
    }
    tipping = {day + timedelta(days=step) for day in named for step in (-1, 0, 1)}
    return [*random.Random(len(tipping)).sample(sorted(tipping), min(len(tipping), 15)), LAST]


@contextmanager
def new_desk() -> Iterator[Desk]:
    with tempfile.TemporaryDirectory() as home:
        desk = Desk(Path(home))
        yield desk
        desk.close()


def ageing(desk: Desk, day: date, known_on: object = None) -> list[dict]:
    return desk.ask("ageing", as_of=day, known_on=known_on)


def text(rows: list[dict]) -> str:
    return json.dumps(rows, default=str)


def report(desk: Desk, day: date) -> str:
    return text(ageing(desk, day))


def amounts(rows: list[dict]) -> dict[str, dict[str, Decimal]]:
    """Return the amounts other than zero by customer and column, without the total."""
    return {row["customer_id"]: {name: row[name] for name in BUCKETS[:-1] if row[name] != 0} for row in rows}


@makes_full_stores
@given(ledgers())
def test_buckets_money_on_account_and_items_are_documents_less_settlements_to_the_cent(ledger) -> None:
    with new_desk() as desk:
        desk.load(**full(ledger))
        buckets_and_money_on_account_are_documents_less_settlements(desk, ledger)
        joinless_sums_of_items_are_the_plain_join_of_documents_and_payments(desk, ledger)


def buckets_and_money_on_account_are_documents_less_settlements(
    desk: Desk, ledger: dict[str, list[dict]]
) -> None:
    plain = Plain([File(grain, ledger[grain], desk.moment()) for grain in GRAINS])
    for day in as_of_days(ledger):
        rows = desk.ask("ageing", as_of=day)
        documents = sum(
            row["amount"]
            for row in ledger["invoices"]
            if row["invoice_date"] <= day and (row["cancelled_date"] is None or row["cancelled_date"] > day)
        )
        settled = sum(row["amount"] for row in ledger["payments"] if row["payment_date"] <= day)
        settled -= sum(recovered(row, ledger["payments"], day) for row in ledger["invoices"])
        assert sum(row[name] for row in rows for name in BUCKETS[:-1]) == documents - settled
        assert sum(row["total"] for row in rows) == documents - settled
        assert amounts(rows) == plain.ageing(day)


JOINLESS = """
    select bucket_of(date_diff('day', due_date, $day), [30, 60, 90]) as bucket, sum(amount) as amount
    from item where post_date <= $day and due_date is not null
    and document_id not in (select invoice_id from instalment)
    and document_id not in (select invoice_id from settlement where kind = 'write_off')
    group by all having sum(amount) <> 0 order by 1
    """
# Documents with a schedule are left to the plain loops: a join cannot spread payments over parts, nor take
# write-offs back.
JOINED = """
    with paid as (
        select invoice_id, sum(amount) as paid from settlement where payment_date <= $day group by 1
    ),
    open as (
        select case
            when i.due_date is not null then i.due_date
            when i.invoice_type = 'credit_note' then i.invoice_date
            else i.invoice_date + cast(coalesce(i.terms_days, c.payment_terms_days, 30) as integer)
            end as due,
            case when i.cancelled_date <= $day then 0 else i.amount end
            - coalesce(p.paid, 0) as open_amount
        from invoice as i
        left join paid as p using (invoice_id)
        left join customer as c using (customer_id)
        where i.invoice_date <= $day and i.invoice_id not in (select invoice_id from instalment)
        and i.invoice_id not in (select invoice_id from settlement where kind = 'write_off')
    )
    select bucket_of(date_diff('day', due, $day), [30, 60, 90]) as bucket, sum(open_amount) as amount
    from open group by all having sum(open_amount) <> 0 order by 1
    """


def joinless_sums_of_items_are_the_plain_join_of_documents_and_payments(
    desk: Desk, ledger: dict[str, list[dict]]
) -> None:
    cursor = desk.books().cursor()
    for day in as_of_days(ledger):
        left, right = (cursor.execute(sql, {"day": day}).fetchall() for sql in (JOINLESS, JOINED))
        assert left == right
    cursor.close()


@pytest.mark.slow
@makes_full_stores
@given(ledgers(), st.randoms(use_true_random=False))
def test_files_in_any_order_at_once_or_in_parts_give_the_same_report(ledger, dice) -> None:
    with new_desk() as whole, new_desk() as parts:
        whole.load(**full(ledger))
        pieces: list[dict[str, list[dict]]] = []
        for grain, rows in full(ledger).items():
            if grain == "instalments":  # a schedule is agreed as a whole
                pieces.append({grain: rows})
                continue
            cut = dice.randint(0, len(rows))
            pieces.extend({grain: piece} for piece in (rows[:cut], rows[cut:]) if piece)
        dice.shuffle(pieces)
        for piece in pieces:
            parts.load(**piece)
        for day in as_of_days(ledger):
            assert report(parts, day) == report(whole, day)
        snapshot = current_snapshot(parts.store)
        connection = reader.connect(snapshot)
        assert checks.broken(connection, chain=snapshot.chain) == []
        connection.close()


@pytest.mark.slow
@makes_full_stores
@given(ledgers())
def test_loading_twice_changes_nothing(ledger) -> None:
    with new_desk() as desk:
        folder = desk.folder(**full(ledger))
        load(desk.store, [folder])
        before, snapshot = [report(desk, day) for day in as_of_days(ledger)], current_snapshot(desk.store)
        assert load(desk.store, [folder]).snapshot is None
        assert current_snapshot(desk.store) == snapshot
        # The same rows in a file of other bytes: a batch of its own that brings nothing.
        desk.load(**{grain: rows[::-1] for grain, rows in full(ledger).items()})
        assert [report(desk, day) for day in as_of_days(ledger)] == before


@pytest.mark.slow
@makes_full_stores
@given(ledgers(), ledgers())
def test_a_report_as_known_on_a_moment_stays_byte_for_byte_the_same_after_later_loads(first, later) -> None:
    with new_desk() as desk:
        desk.load(**full(first))
        known = desk.moment()
        days_asked = as_of_days(first)
        before = [report(desk, day) for day in days_asked]
        plain = Plain([File(grain, first[grain], known) for grain in GRAINS])
        desk.load(**full(later))  # the same ids with other content: corrections
        known_then = {day: ageing(desk, day, known) for day in days_asked}
        assert list(map(text, known_then.values())) == before
        plain.files += [File(grain, later[grain], desk.moment()) for grain in GRAINS]
        for day in days_asked:
            assert amounts(known_then[day]) == plain.ageing(day, known)
            assert desk.ageing(day) == plain.ageing(day)
