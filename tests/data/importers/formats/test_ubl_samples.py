"""The e-invoices of the sample manifest: each becomes what its facts say, or is refused in words."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from data.errors import RefusedFileError
from data.importers.formats.extract import Extract, reading_of
from data.importers.formats.ubl import extract, recognises
from data.importers.formats.ubl_parties import parties
from tests.paths import SAMPLES

MANIFEST = SAMPLES / "MANIFEST.tsv"


def facts_of_invoices() -> list[tuple[str, dict]]:
    if not MANIFEST.exists():
        return []
    lines = [line.split("\t") for line in MANIFEST.read_text(encoding="utf-8").splitlines()]
    return [(name, json.loads(facts)) for kind, name, _source, _licence, facts in lines if kind == "ubl"]


INVOICES = facts_of_invoices()
READ = [(name, facts) for name, facts in INVOICES if facts.get("expect") is None]
pytestmark = pytest.mark.skipif(not INVOICES, reason="the sample manifest is not beside the checkout")


def load(name: str, direction: str = "sales") -> Extract:
    return extract((SAMPLES / name).read_bytes(), Path(name).name, {"direction": direction})


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def test_the_manifest_has_e_invoices() -> None:
    assert len(INVOICES) >= 22
    assert all(recognises((SAMPLES / name).read_bytes()) for name, _facts in INVOICES)


@pytest.mark.parametrize(("name", "facts"), READ, ids=[name for name, _facts in READ])
def test_a_sale_is_what_the_facts_say(name: str, facts: dict) -> None:
    said = load(name)
    reading = reading_of(said, name=name, sha256="0", preset=None, preset_sha256=None)
    assert (reading.rows_read, reading.accepted, reading.rejected) == (1, 1, 0)
    (invoice,) = reading.grains["invoices"].to_dicts()
    effect, left = Decimal(facts["effect_gross"]), Decimal(facts["effect_open"])
    taxes = [Decimal(amount) for currency, amount in facts["taxes"] if currency == facts["currency"]]
    (vat,) = taxes
    assert invoice["invoice_id"] == facts["id"]
    assert invoice["invoice_date"].isoformat() == facts["issue"]
    assert (invoice["due_date"] and invoice["due_date"].isoformat()) == facts["due"]
    assert invoice["currency"] == facts["currency"]
    assert invoice["amount"] == effect
    assert invoice["vat_amount"] == (-vat if effect < 0 else vat)
    assert invoice["invoice_type"] == ("credit_note" if effect < 0 else "invoice")
    assert invoice["original_invoice_id"] == (facts["billing_refs"] or [None])[0]
    settled = [row["amount"] for row in reading.grains["payments"].to_dicts()] if effect != left else []
    assert sum(settled, Decimal(0)) == effect - left
    assert ("payments" in reading.grains) == (effect != left)
    (customer,) = reading.grains["customers"].to_dicts()
    assert customer["customer_name"] == on_one_line(facts["customer"])
    assert customer["customer_id"] == invoice["customer_id"]


@pytest.mark.parametrize(("name", "facts"), READ, ids=[name for name, _facts in READ])
def test_a_bill_is_what_the_facts_say(name: str, facts: dict) -> None:
    reading = reading_of(load(name, "purchases"), name=name, sha256="0", preset=None, preset_sha256=None)
    (bill,) = reading.grains["bills"].to_dicts()
    assert (bill["bill_id"], bill["supplier"]) == (facts["id"], on_one_line(facts["supplier"]))
    assert bill["amount"] == Decimal(facts["effect_gross"])
    assert bill["amount"] - (bill["paid_amount"] or 0) == Decimal(facts["effect_open"])
    if facts["due"]:
        assert bill["due_date"].isoformat() == facts["due"]


@pytest.mark.parametrize(("name", "facts"), READ, ids=[name for name, _facts in READ])
def test_the_parties_are_those_of_the_facts(name: str, facts: dict) -> None:
    both = parties((SAMPLES / name).read_bytes())
    assert (both.seller.name, both.buyer.name) == (
        on_one_line(facts["supplier"]), on_one_line(facts["customer"]),
    )  # fmt: skip
    assert (both.seller.legal_name, both.buyer.legal_name) == (
        on_one_line(facts["supplier_legal"]), on_one_line(facts["customer_legal"]),
    )  # fmt: skip


@pytest.mark.parametrize("name", [name for name, facts in INVOICES if facts.get("expect")])
def test_another_format_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(RefusedFileError) as refused:
        load(name)
    assert "is an invoice as CII (Factur-X, ZUGFeRD)" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "terms_days"),
    [
        ("ubl/en_example7.xml", 30),
        ("ubl/xr_01_05a.xml", 14),
        ("ubl/xr_01_01a.xml", 0),
        ("ubl/xr_01_03a.xml", 0),
        ("ubl/xr_04_01a.xml", None),
        ("ubl/en_example5.xml", None),
    ],
)
def test_terms_in_words_are_read_where_they_are_plain(name: str, terms_days: int | None) -> None:
    (row,) = load(name).rows["invoices"]
    assert row.cells.get("terms_days") == (None if terms_days is None else str(terms_days))


def test_a_discount_in_words_is_read() -> None:
    (row,) = load("ubl/xr_03_03a.xml").rows["invoices"]
    assert (row.cells["discount_percent"], row.cells["discount_days"]) == ("2", "14")


@pytest.mark.parametrize(
    ("name", "amount", "kind"),
    [
        ("base-example.xml", "1656.25", "invoice"),
        ("base-creditnote-correction.xml", "-1656.25", "credit_note"),
        # 5,900.00 without VAT and 1,225.00 of it, less 1,000.00 paid in advance: see its totals.
        ("Allowance-example.xml", "7125.00", "invoice"),
    ],
)
def test_the_three_examples_of_peppol_are_read(name: str, amount: str, kind: str) -> None:
    (row,) = load(f"ubl/{name}").rows["invoices"]
    assert (row.cells["amount"], row.cells["invoice_type"]) == (amount, kind)
