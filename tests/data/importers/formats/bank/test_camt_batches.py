"""Batches of camt.053: split where the parts add up to the line booked, whole where they do not."""

from decimal import Decimal

import pytest

from tests.data.importers.formats.bank.camt_texts import (
    amount,
    camt_053,
    entry,
    only,
    party,
    read,
    rows,
    statement,
    transaction,
)

D = Decimal


def inside(place: str, text: str, currency: str = "EUR") -> str:
    """Return an amount where one version or another has it."""
    money = amount(text, currency)
    return money if place == "Amt" else f"<AmtDtls><{place}>{money}</{place}></AmtDtls>"


def batch(*parts: str, text: str = "300.00", side: str = "CRDT", **more: str) -> bytes:
    return camt_053(statement(entry(text, *parts, side=side, reference="LINE", **more)))


@pytest.mark.parametrize("place", ["Amt", "TxAmt", "InstdAmt"])
@pytest.mark.parametrize("side", ["CRDT", "DBIT"])
def test_the_parts_of_a_batch_stand_for_its_line(place: str, side: str) -> None:
    tag = "Dbtr" if side == "CRDT" else "Cdtr"
    parts = [
        transaction(
            refs=f"<AcctSvcrRef>P{number}</AcctSvcrRef>" if number < 3 else "",
            money=inside(place, text),
            parties=party(tag, f"Klant {number}"),
            text=f"F{number}",
        )
        for number, text in ((1, "100.00"), (2, "120.00"), (3, "80.00"))
    ]
    reading = read(batch(*parts, side=side))
    sign = 1 if side == "CRDT" else -1
    assert [
        (row["amount"], row["counterparty"], row["description"], row["bank_reference"])
        for row in rows(reading)
    ] == [
        (sign * D("100.00"), "Klant 1", "F1", "P1"),
        (sign * D("120.00"), "Klant 2", "F2", "P2"),
        (sign * D("80.00"), "Klant 3", "F3", "LINE"),
    ]
    assert {row["batch_amount"] for row in rows(reading)} == {sign * D("300.00")}
    (line,) = {row["batch_entry"] for row in rows(reading)}
    assert line.endswith("/LINE")
    (stated,) = rows(reading, "bank_statements")
    assert stated["entries"] == 1
    assert stated["credits"] - stated["debits"] == sign * D("300.00")
    assert (reading.rows_read, reading.accepted) == (2, 2)


def test_details_of_a_batch_may_stand_in_groups() -> None:
    first = transaction(money=amount("100.00"))
    second = transaction(money=amount("200.00"))
    content = camt_053(statement(entry("300.00", f"{first}</NtryDtls><NtryDtls>{second}")))
    assert [row["amount"] for row in rows(read(content))] == [D("100.00"), D("200.00")]


def test_a_part_on_the_other_side_is_taken_off() -> None:
    parts = [
        transaction(money=amount("310.00"), side="CRDT"),
        transaction(money=amount("10.00"), side="DBIT"),
    ]
    assert [row["amount"] for row in rows(read(batch(*parts)))] == [D("310.00"), D("-10.00")]


def test_a_batch_whose_parts_do_not_add_up_stays_whole_and_is_named() -> None:
    parts = [transaction(money=amount("100.00"), text="F1"), transaction(money=amount("100.00"), text="F2")]
    reading = read(batch(*parts))
    (row,) = rows(reading)
    assert (row["amount"], row["batch_entry"], row["batch_amount"]) == (D("300.00"), None, None)
    assert [str(note) for note in reading.notes] == [
        "Batches whose parts do not add up to the amount booked, and which stay whole: 1."
    ]


def test_instructed_amounts_in_another_currency_split_nothing() -> None:
    parts = [transaction(money=inside("InstdAmt", text, "USD")) for text in ("100.00", "200.00")]
    assert only(batch(*parts))["amount"] == D("300.00")


def test_of_several_amounts_those_count_that_add_up() -> None:
    # What was ordered in another currency, and what came of it in that of the account.
    parts = [
        transaction(money=f"{amount(own)}{inside('InstdAmt', other, 'USD')}{inside('TxAmt', '0.04')}")
        for own, other in (("100.00", "110.00"), ("200.00", "220.00"))
    ]
    assert [row["amount"] for row in rows(read(batch(*parts)))] == [D("100.00"), D("200.00")]


def test_a_batch_without_details_keeps_the_name_of_its_order() -> None:
    details = "<Btch><PmtInfId>RUN-7</PmtInfId><NbOfTxs>3</NbOfTxs></Btch>"
    assert only(batch(details))["description"] == "/PREF/RUN-7 /NRTX/3"


def test_equal_parts_are_told_apart_by_an_ordinal() -> None:
    part = transaction(money=amount("150.00"), text="Abonnement")
    first, second = (row["entry_id"] for row in rows(read(batch(part, part))))
    assert second == first.replace("/LINE", "-2/LINE")


def test_a_batch_names_its_order_where_one_transaction_stands_for_all() -> None:
    of_batch = "<Btch><MsgId>MSG-7</MsgId><NbOfTxs>3</NbOfTxs></Btch>"
    assert only(batch(of_batch, transaction(text="INCASSO")))["description"] == "INCASSO /PREF/MSG-7 /NRTX/3"
    bare = transaction(refs="<PmtInfId>RUN-7</PmtInfId><EndToEndId>NOTPROVIDED</EndToEndId>")
    assert only(batch(bare))["description"] == "/PREF/RUN-7"


def test_the_order_of_who_paid_is_no_order_of_ours() -> None:
    paid = transaction(refs="<PmtInfId>THEIRS-7</PmtInfId>", parties=party("Dbtr", "Jan"), text="F1")
    assert only(batch(paid))["description"] == "F1"
    assert only(batch("<Btch><PmtInfId>R</PmtInfId><NbOfTxs>1</NbOfTxs></Btch>", paid))["description"] == "F1"
