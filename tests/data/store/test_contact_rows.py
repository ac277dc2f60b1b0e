"""Contacts as one write: once, never over a newer note on the same customer, and taken back whole.

The company: C1 owes F1 of 100.00 and F2 of 60.00, both 20 days late; C2 owes G1 of 30.00, as late.
"""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from data.errors import AlreadySavedError, ChangedMeanwhileError, NoSuchContactError
from data.store import contact_rows
from data.store.contact_rows import ContactEntry
from tests.books import Desk
from tests.worklist_ledger import DAY, ago, contact, customer, invoice, items, payment

D = Decimal
LEDGER = {
    "customers": [customer("C1"), customer("C2")],
    "invoices": [invoice("F1", "C1", 20), invoice("F2", "C1", 20, "60.00"), invoice("G1", "C2", 20, "30.00")],
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    opened = Desk(tmp_path)
    opened.load(**LEDGER)
    yield opened
    opened.close()


def call(
    number: str,
    *,
    who: str = "C1",
    invoices: tuple[str, ...] = ("F1", "F2"),
    replaces: str | None = None,
    promised: dict[str, str] | None = None,
    disputed: dict[str, str] | None = None,
    day: date = DAY,
    until: date | None = None,
) -> ContactEntry:
    rows = {
        "contacts": pl.DataFrame([
            {"customer_id": who, "invoice_id": one, "contact_date": day, "channel": "phone",
             "direction": "out", "kind": "call", "contact_id": number, "person": "Ms Bos",
             "outcome": "promised", "note": "will pay", "next_date": until, "amount": None}
            for one in invoices
        ]),
        "promises": pl.DataFrame([
            {"invoice_id": one, "made_date": day, "promised_date": day + timedelta(days=7), "amount": amount,
             "contact_id": number}
            for one, amount in (promised or {}).items()
        ]),
        "disputes": pl.DataFrame([
            {"invoice_id": one, "opened_date": day, "closed_date": None, "reason": "price", "amount": amount,
             "contact_id": number}
            for one, amount in (disputed or {}).items()
        ]),
    }  # fmt: skip
    return ContactEntry(number, who, {kind: frame for kind, frame in rows.items() if frame.height}, replaces)


def promises(desk: Desk) -> dict[str, Decimal]:
    return dict(desk.rows("select invoice_id, amount from promise_at(null)"))


@pytest.mark.slow
def test_a_call_with_a_promise_is_one_publication_and_counts(desk: Desk) -> None:
    before = desk.books().snapshot
    contact_rows.save(desk.store, call("K1", promised={"F1": "100.00", "F2": "60.00"}), seen=desk.moment())
    after = desk.books().snapshot

    assert after.ledger == before.ledger
    assert int(after.journal.stem[-6:]) == int(before.journal.stem[-6:]) + 1
    assert promises(desk) == {"F1": D("100.00"), "F2": D("60.00")}
    assert {name: items(desk)[name]["waits"] for name in ("F1", "F2", "G1")} == {
        "F1": "promised", "F2": "promised", "G1": None,
    }  # fmt: skip
    rows = desk.ask("contacts", as_of=DAY, customer="C1")
    assert [(row["invoice_id"], row["person"], row["outcome"], row["note"]) for row in rows] == [
        ("F1", "Ms Bos", "promised", "will pay"), ("F2", "Ms Bos", "promised", "will pay"),
    ]  # fmt: skip


@pytest.mark.slow
def test_a_form_is_saved_once_however_often_it_is_sent(desk: Desk) -> None:
    seen = desk.moment()
    contact_rows.save(desk.store, call("K1"), seen=seen)
    journal = desk.books().snapshot.journal
    for since in (seen, desk.moment(), None):
        with pytest.raises(AlreadySavedError):
            contact_rows.save(desk.store, call("K1"), seen=since)
    assert desk.books().snapshot.journal == journal

    # Another form with the very same words is another call.
    contact_rows.save(desk.store, call("K2"), seen=None)
    assert len(desk.ask("contacts", as_of=DAY, customer="C1")) == 4


@pytest.mark.slow
def test_only_rows_of_the_same_customer_refuse_a_save(desk: Desk) -> None:
    seen = desk.moment()
    desk.load(
        contacts=[contact("G1", "C2", 0, "call")], promises=[("G1", DAY, DAY, "30.00")],
        payments=[payment("G1", "C2", 1, "5.00")],
    )  # fmt: skip
    contact_rows.save(desk.store, call("K1"), seen=seen)

    desk.load(payments=[payment("F1", "C1", 1, "40.00")], disputes=[("F2", ago(1), "", "price", "60.00")])
    with pytest.raises(ChangedMeanwhileError) as refused:
        contact_rows.save(desk.store, call("K2"), seen=seen)
    # The call K1 is somebody's newer note as well.
    assert refused.value.keys == {
        "payments": [("F1",)], "disputes": [("F2",)], "contacts": [("F1",), ("F2",)],
    }  # fmt: skip
    contact_rows.save(desk.store, call("K2"), seen=None)
    assert {row["contact_id"] for row in desk.ask("contacts", as_of=DAY, customer="C1")} == {"K1", "K2"}


def test_rows_of_another_customer_are_a_bug_of_the_form() -> None:
    rows = call("K1", who="C2").rows
    with pytest.raises(ValueError, match="K1"):
        ContactEntry("K1", "C1", rows)


@pytest.mark.slow
def test_a_call_taken_back_counts_nowhere_and_was_known_until_then(desk: Desk) -> None:
    noted = call("K1", promised={"F1": "100.00"}, disputed={"F2": "60.00"})
    contact_rows.save(desk.store, noted, seen=desk.moment())
    while_it_stood = desk.moment()
    assert contact_rows.take_back(desk.store, "K1")

    def state(known_on=None) -> tuple:
        rows = desk.ask("worklist_items", as_of=DAY, known_on=known_on, customer="C1")
        return (
            [(row["waits"], row["last_contact_date"], row["step"]) for row in rows],
            len(desk.ask("contacts", as_of=DAY, customer="C1", known_on=known_on)),
            [row["event"] for row in desk.ask("timeline", as_of=DAY, customer="C1", known_on=known_on)
             if row["event"] not in {"due", "invoice"}],
            len(desk.ask("disputes", as_of=DAY, customer="C1", known_on=known_on)),
            {row["state"] for row in desk.ask("open_items", as_of=DAY, customer="C1", known_on=known_on)},
        )  # fmt: skip

    assert state() == ([(None, None, "friendly_reminder")] * 2, 0, [], 0, {""})
    assert state(while_it_stood) == (
        [("promised", DAY, "friendly_reminder"), ("disputed", DAY, "friendly_reminder")], 2,
        ["contact", "promise", "contact", "dispute_opened"], 1, {"promised", "disputed"},
    )  # fmt: skip
    # Undone twice is undone once.
    journal = desk.books().snapshot.journal
    assert not contact_rows.take_back(desk.store, "K1")
    assert desk.books().snapshot.journal == journal
    # The form of the call that was taken back is not saved again by a late second click.
    with pytest.raises(AlreadySavedError):
        contact_rows.save(desk.store, noted, seen=None)


@pytest.mark.slow
def test_a_promise_that_stood_before_the_call_stands_again_after_it_was_taken_back(desk: Desk) -> None:
    desk.load(promises=[("F1", DAY, DAY + timedelta(days=3), "25.00"), ("F2", ago(9), ago(-9), "60.00")])
    contact_rows.save(desk.store, call("K1", promised={"F1": "100.00", "F2": "50.00"}), seen=None)
    assert sorted(desk.rows("select invoice_id, made_date, amount from promise_at(null)")) == [
        ("F1", DAY, D("100.00")), ("F2", DAY - timedelta(days=9), D("60.00")), ("F2", DAY, D("50.00")),
    ]  # fmt: skip
    assert contact_rows.take_back(desk.store, "K1")
    assert sorted(desk.rows("select invoice_id, made_date, promised_date, amount from promise_at(null)")) == [
        ("F1", DAY, DAY + timedelta(days=3), D("25.00")),
        ("F2", DAY - timedelta(days=9), DAY + timedelta(days=9), D("60.00")),
    ]


@pytest.mark.slow
def test_a_promise_that_somebody_noted_anew_is_not_taken_back_with_the_call(desk: Desk) -> None:
    contact_rows.save(desk.store, call("K1", promised={"F1": "100.00"}), seen=None)
    desk.load(promises=[
        {"invoice_id": "F1", "made_date": DAY, "promised_date": DAY, "amount": "80.00", "contact_id": ""}
    ])  # fmt: skip
    assert contact_rows.take_back(desk.store, "K1")
    assert promises(desk) == {"F1": D("80.00")}


@pytest.mark.slow
def test_a_correction_reverses_and_replaces_in_one_write(desk: Desk) -> None:
    contact_rows.save(desk.store, call("K1", promised={"F1": "100.00", "F2": "60.00"}), seen=None)
    number = int(desk.books().snapshot.journal.stem[-6:])
    contact_rows.save(
        desk.store, call("K2", invoices=("F1",), promised={"F1": "70.00"}, replaces="K1"), seen=None
    )
    assert int(desk.books().snapshot.journal.stem[-6:]) == number + 1
    assert promises(desk) == {"F1": D("70.00")}
    assert [row["contact_id"] for row in desk.ask("contacts", as_of=DAY, customer="C1")] == ["K2"]
    for seen in (desk.moment(), None):
        with pytest.raises(NoSuchContactError):
            contact_rows.save(desk.store, call("K3", replaces="K1", invoices=("F1",)), seen=seen)


@pytest.mark.slow
def test_the_order_of_files_makes_no_difference_and_equal_rows_are_contacts_of_their_own(
    tmp_path: Path,
) -> None:
    twice = [contact("F1", "C1", 8, "call"), contact("F1", "C1", 8, "call")]
    more = {
        "channel": "phone",
        "direction": "out",
        "kind": "call",
        "contact_date": ago(2),
        "customer_id": "C1",
    }
    numbered = [
        {**more, "invoice_id": "F1", "contact_id": "A"},
        {**more, "invoice_id": "F2", "contact_id": "B"},
    ]
    reversal = [{**more, "invoice_id": "", "contact_id": "U", "reverses": "A"}]
    answers = []
    for place, order in enumerate(([twice, numbered, reversal], [reversal, numbered, twice, twice[:1]])):
        (tmp_path / str(place)).mkdir()
        desk = Desk(tmp_path / str(place))
        desk.load(**LEDGER)
        for rows in order:
            desk.load(contacts=rows)
        answers.append(
            [
                (row["invoice_id"], row["contact_date"], row["contact_id"])
                for row in desk.ask("contacts", as_of=DAY)
            ]
        )
        # As of a day before the call nothing of it is there, reversed or not.
        assert len(desk.ask("contacts", as_of=DAY - timedelta(days=5))) == 2
        desk.close()
    assert answers[0] == answers[1]
    numbers = [(name, number if len(number) == 1 else "made") for name, _day, number in answers[0]]
    assert numbers == [
        ("F1", "made"), ("F1", "made"), ("F2", "B"),
    ]  # fmt: skip


@pytest.mark.slow
def test_a_day_agreed_comes_in_place_of_the_days_of_rest(desk: Desk) -> None:
    contact_rows.save(desk.store, call("K1", day=DAY, until=DAY + timedelta(days=2)), seen=None)
    contact_rows.save(
        desk.store, call("K2", who="C2", invoices=("G1",), until=DAY + timedelta(days=9)), seen=None
    )

    def waits(days: int) -> tuple:
        rows = items(desk, DAY + timedelta(days=days))
        return rows["F1"]["waits"], rows["G1"]["waits"]

    # Without a day both would rest for five days.
    assert waits(1) == ("contacted", "contacted")
    assert waits(2) == (None, "contacted")
    assert waits(8) == (None, "contacted")
    assert waits(9) == (None, None)


@pytest.mark.slow
def test_a_typed_detail_comes_before_the_customer_list_also_where_it_is_empty(desk: Desk) -> None:
    desk.load(customers=[customer("C1", phone="030-1", contact_name="Jansen", account_manager="Ann")])
    desk.load(
        contact_details=[("C1", "phone", "030-2"), ("C1", "email", ""), ("C1", "city", "Utrecht")],
        assignments=[("C1", "Bob")],
    )  # fmt: skip
    names = ("phone", "email", "contact_name", "city", "assigned_to", "account_manager")

    def details() -> tuple:
        row = desk.ask("customer", as_of=DAY, customer="C1")[0]
        return tuple(row[name] for name in names)

    assert details() == ("030-2", None, "Jansen", "Utrecht", "Bob", "Ann")
    line = items(desk)["F1"]
    assert (line["phone"], line["email"], line["assigned_to"]) == ("030-2", None, "Bob")
    # A later list does not overrule what was typed; an empty assignment gives it back.
    desk.load(customers=[customer("C1", phone="030-3", account_manager="Cor")], assignments=[("C1", "")])
    assert details() == ("030-2", None, "Jansen", "Utrecht", "Cor", "Cor")
