"""Our own collections and payment runs: what is read of a file, and which files are refused."""

from datetime import date
from decimal import Decimal

import pytest

from data.errors import RefusedFileError
from data.importers.formats.bank import pain
from data.importers.presets import shipped_presets
from data.importers.recognition import recognise
from tests.data.importers.formats.bank.camt_texts import OWN, camt_053, statement
from tests.data.importers.formats.bank.pain_texts import NAMESPACE, Payment, file_of, read, rows, run

JAN = Payment("F1", "60.00", "Jan", "factuur F1", "NL20INGB0001234567", "MND-1")
PIET = Payment("F2", "40.00", "Piet", "factuur F2", "NL02ABNA0123456789", "MND-2")


def test_a_collection_is_its_payments() -> None:
    first, second = rows(read(file_of(run(JAN, PIET))))
    assert {name: first[name] for name in first if name not in {"run_id", "line"}} == {
        "line_id": "1", "kind": "collection", "account": OWN, "currency": "EUR",
        "run_date": date(2026, 3, 5), "amount": Decimal("60.00"), "run_reference": "RUN-2026-03",
        "message_id": "MSG-1", "counterparty": "Jan", "description": "factuur F1",
        "counterparty_account": "NL20INGB0001234567", "reference": None, "end_to_end_id": "F1",
        "mandate_id": "MND-1",
    }  # fmt: skip
    assert (second["line_id"], second["counterparty"], second["amount"]) == ("2", "Piet", Decimal("40.00"))
    assert first["run_id"] == second["run_id"]
    assert first["run_id"].startswith("RUN-2026-03/")


@pytest.mark.parametrize("version", [f"{number:02}" for number in range(2, 14)])
def test_payment_runs_of_all_versions_are_read(version: str) -> None:
    documents = "<RfrdDocInf><Nb>D7</Nb></RfrdDocInf>"
    structured = f"<Strd>{documents}<CdtrRefInf><Ref>0123456789012345</Ref></CdtrRefInf></Strd>"
    day = "2026-03-05" if int(version) < 8 else "<Dt>2026-03-05</Dt>"
    payment = Payment("NOTPROVIDED", "12.5", "Leverancier", structured)
    inside = run(payment, kind="payment", day=day)
    (row,) = rows(read(file_of(inside, kind="payment", version=version)))
    assert (row["kind"], row["run_date"], row["amount"]) == ("payment", date(2026, 3, 5), Decimal("12.50"))
    assert (row["reference"], row["description"], row["end_to_end_id"]) == ("0123456789012345", "D7", None)


@pytest.mark.parametrize("version", [f"{number:02}" for number in range(1, 13)])
def test_collections_of_all_versions_are_read(version: str) -> None:
    assert len(rows(read(file_of(run(JAN, PIET), version=version)))) == 2


def test_the_first_versions_name_their_body_and_references_otherwise() -> None:
    structured = (
        "<Strd><RfrdDocInf><RfrdDocNb>D7</RfrdDocNb></RfrdDocInf>"
        "<CdtrRefInf><CdtrRef>RF18539007547034</CdtrRef></CdtrRefInf></Strd>"
    )
    account = "<PrtryAcct><Id>12.34.56.789</Id></PrtryAcct>"
    inside = run(Payment("E1", "10.00", "A", structured), kind="payment", account=account)
    (row,) = rows(read(file_of(inside, kind="payment", version="02", body="pain.001.001.02")))
    assert (row["account"], row["reference"], row["description"]) == ("123456789", "RF18539007547034", "D7")


@pytest.mark.parametrize(
    "namespace",
    ["", f"{NAMESPACE}pain.008.003.02", "http://www.six-interbank-clearing.com/de/pain.008.001.02.ch.03.xsd"],
)
def test_files_of_other_countries_and_without_a_namespace_are_read(namespace: str) -> None:
    assert len(rows(read(file_of(run(JAN, PIET), namespace=namespace)))) == 2


def test_what_an_amount_in_another_currency_costs_us_is_its_amount() -> None:
    content = file_of(run(Payment("E1", "10.00", "A"), kind="payment"), kind="payment").replace(
        b'<Amt><InstdAmt Ccy="EUR">10.00</InstdAmt></Amt>',
        b'<Amt><EqvtAmt><Amt Ccy="EUR">9.50</Amt><CcyOfTrf>USD</CcyOfTrf></EqvtAmt></Amt>',
    )
    (row,) = rows(read(content))
    assert (row["amount"], row["currency"]) == (Decimal("9.50"), "EUR")


def test_payments_in_two_currencies_are_two_runs() -> None:
    dollars = Payment("E2", "5.00", "B", currency="USD")
    first, second = rows(
        read(file_of(run(Payment("E1", "10.00", "A"), dollars, kind="payment"), kind="payment"))
    )
    assert (first["currency"], second["currency"]) == ("EUR", "USD")
    assert first["run_id"] != second["run_id"]


def test_the_same_run_in_another_file_has_the_same_names() -> None:
    names = {row["run_id"] for row in rows(read(file_of(run(JAN, PIET))))}
    again = file_of(run(PIET, JAN, totals="<NbOfTxs>2</NbOfTxs>"), message="MSG-2", version="02")
    assert {row["run_id"] for row in rows(read(again))} == names
    later = file_of(run(JAN, PIET, day="2026-03-06"))
    assert {row["run_id"] for row in rows(read(later))}.isdisjoint(names)


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        (run(Payment("E1", "10.005"), JAN), "InstdAmt '10.005' has more than 2 decimals"),
        (run(Payment("E1", "10.00", currency=""), JAN), "the amount 10.00 has no currency"),
        (run(JAN, day="2026-02-30"), "ReqdColltnDt '2026-02-30' is not a day of the calendar"),
        (run(JAN, day=""), "ReqdColltnDt is empty"),
        (run(JAN, account=""), "the run names no account of ours"),
        (
            run(JAN, totals="<NbOfTxs>3</NbOfTxs>"),
            "the run says that it holds 3 payments (NbOfTxs), and holds 1",
        ),
        (
            run(JAN, totals="<CtrlSum>61</CtrlSum>"),
            "the run says that its payments come to 61 (CtrlSum), and they come to 60.00",
        ),
    ],
)
def test_a_run_that_cannot_be_read_whole_is_refused_whole(inside: str, reason: str) -> None:
    reading = read(file_of(inside, run(PIET, name="R2")))
    assert [row["counterparty"] for row in rows(reading)] == ["Piet"]
    assert [row["reason"] for row in reading.rejects.to_dicts()] == [reason]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            file_of(run(JAN), namespace="urn:other:pain.008.001.02"),
            "looks like pain.001 or pain.008, but its",
        ),
        (
            file_of(run(JAN), namespace=f"{NAMESPACE}pain.001.001.03"),
            "looks like pain.001 or pain.008, but its",
        ),
        (file_of(run(JAN), version="13"), "is pain.008 of version 13, and versions 1 to 12 are read"),
        (file_of(kind="payment", version="01"), "is pain.001 of version 01, and versions 2 to 13 are read"),
        (file_of(), "is pain.001 or pain.008 without a payment in it"),
        (
            file_of(run(JAN), totals="<NbOfTxs>2</NbOfTxs>"),
            "says that it holds 2 payments (NbOfTxs), and holds 1",
        ),
        (
            file_of(run(JAN), totals="<CtrlSum>9</CtrlSum>"),
            "says that its payments come to 9 (CtrlSum), and they",
        ),
        (file_of(run(JAN)).replace(b"?>", b"?><!DOCTYPE Document>", 1), "has a DOCTYPE"),
        (file_of(run(JAN))[:-40], "is damaged"),
        (file_of(run(JAN._replace(text="a\x01b"))), "is damaged"),
    ],
)
def test_a_file_that_is_not_to_be_trusted_is_refused_in_one_sentence(content: bytes, sentence: str) -> None:
    assert pain.recognises(content)
    with pytest.raises(RefusedFileError) as error:
        pain.extract(content, "a.xml", {})
    assert str(error.value).startswith(f"a.xml: {sentence}")
    assert "\n" not in str(error.value)


def test_files_are_known_by_what_is_in_them() -> None:
    known = recognise(file_of(run(JAN)), "a.xml", shipped_presets())
    assert known is not None
    assert known.name == "pain"
    statements = recognise(camt_053(statement()), "a.xml", shipped_presets())
    assert statements is not None
    assert statements.name == "camt"
