"""Fixed costs in letters: which letter names them, once, and nothing that is owed or asked for holds them."""

import csv
import email
import io
from decimal import Decimal
from email import policy

import pytest

from reports.answers.worklist import reminders, worklist
from reports.answers.worklist import text as worklist_text
from reports.answers.worklist.fees import LetterFees
from reports.packs import letters
from tests.books import Desk
from tests.worklist_ledger import DAY, ago, contact, customer, habits, invoice

pytestmark = pytest.mark.usefixtures("english")
SETTINGS = [
    ("reporting_currency", "EUR"), ("fee_friendly", "5"), ("fee_formal", "15.00"), ("fee_final", "40.50"),
    ("fee_formal@North", "0.00"), ("fee_formal@South", "12.50"), ("company_name", "Wij"),
    ("company_iban", "NL91ABNA0417164300"), ("company_phone", "030"),
]  # fmt: skip
# Customer -> fee of its letter.
EXPECTED = {
    "friendly": "5.00", "formal": "15.00", "final": "40.50", "consumer": None, "notice": None, "call": None,
    "hand over": None, "pre due": None, "dollars": None, "mixed": None, "north": None, "south": "12.50",
}  # fmt: skip


def of_entity(number: str, who: str, entity: str) -> dict:
    names = ("invoice_id", "customer_id", "invoice_type", "invoice_date", "due_date", "currency", "amount")
    return {**dict(zip(names, invoice(number, who, 20), strict=True)), "entity": entity}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The worklist and its letters, of one customer per case."""
    desk = Desk(tmp_path_factory.mktemp("fees"))
    late, late_paid = habits("pre due", 9)
    desk.load(
        customers=[
            customer("friendly"), customer("formal", language="en", customer_type="business"),
            customer("final", language="en", customer_type="public"),
            customer("consumer", customer_type="consumer"), customer("notice", customer_type="consumer"),
            customer("call"), customer("hand over"), customer("pre due"), customer("dollars", language="en"),
            customer("mixed", language="en"), customer("north"), customer("south"),
        ],
        invoices=[
            *late, invoice("F1", "friendly", 5), invoice("G1", "formal", 20),
            invoice("G2", "formal", 18, "60.00"), invoice("H1", "final", 30),
            invoice("I1", "consumer", 20), invoice("J1", "notice", 30),
            invoice("K1", "call", 20), invoice("L1", "hand over", 60), invoice("M1", "pre due", -3),
            invoice("N1", "dollars", 20, currency="USD"), invoice("O1", "mixed", 5),
            invoice("O2", "mixed", 5, currency="USD"), of_entity("P1", "north", "North"),
            of_entity("Q1", "south", "South"),
        ],
        payments=late_paid,
        contacts=[
            *(
                contact("", who, 12, "friendly_reminder")
                for who in ("formal", "consumer", "dollars", "north", "south")
            ),
            contact("", "final", 12, "formal_reminder"), contact("", "notice", 12, "formal_reminder"),
            contact("", "hand over", 30, "final_demand"),
        ],
        promises=[("K1", ago(9), ago(2), "100.00")],
        fx_rates=[("2026-01-01", "USD", "0.5")], settings=SETTINGS,
    )  # fmt: skip
    day_list = worklist.worklist(desk.books(), as_of=DAY)
    texts = reminders.reminders(day_list, day_list.lines, desk.books().ask("settings"))
    yield day_list.lines, {letter.customer_id: letter for letter in texts}
    desk.close()


def plain(body: str) -> str:
    return body.replace("\u00a0", " ")


def test_costs_are_named_to_business_and_public_customers_in_the_reporting_currency_alone(written):
    lines, _letters = written
    steps = dict(lines.select("customer_id", "step").iter_rows())
    assert [steps[who] for who in ("final", "notice", "call", "hand over", "pre due")] == [
        "final_demand", "notice_14_days", "call", "hand_over", "pre_due_reminder",
    ]  # fmt: skip
    fees = dict(lines.select("customer_id", "fee_amount").iter_rows())
    assert {who: fee and str(fee) for who, fee in fees.items()} == EXPECTED


def test_a_letter_names_the_costs_once_and_the_total_with_them(written):
    lines, by_customer = written
    assert lines.filter(customer_id="formal")["amount"].to_list() == [Decimal("160.00")]
    english, dutch = by_customer["formal"], by_customer["friendly"]
    assert "Administration costs of this reminder: €15.00\nTo pay with these costs: €175.00\n" in english.body
    assert "Total: €160.00\n" in english.body
    assert english.totals == "€160.00"
    assert (
        "Totaal: € 100,00\n\n"
        "Administratiekosten van deze aanmaning: € 5,00\nTe betalen met deze kosten: € 105,00\n"
    ) in plain(dutch.body)
    for who, fee in EXPECTED.items():
        words = ("Administratiekosten", "Administration costs")
        assert any(word in by_customer[who].body for word in words) == (fee is not None), who


def test_a_draft_and_the_mail_merge_name_the_costs_apart_from_the_total(written):
    _lines, by_customer = written
    draft = email.message_from_bytes(letters.eml_bytes(by_customer["final"]), policy=policy.default)
    assert "Administration costs of this reminder: €40.50" in draft.get_content()
    rows = list(
        csv.DictReader(io.StringIO(letters.merge_csv(list(by_customer.values()), [""] * len(EXPECTED))))
    )
    shown = {row["customer_id"]: (row["total"], row["fee_amount"]) for row in rows}
    assert shown["final"] == ("€100.00", "€40.50")
    assert shown["consumer"][1] == shown["mixed"][1] == ""
    assert "To pay with these costs: €140.50" in next(
        row["body"] for row in rows if row["customer_id"] == "final"
    )


def test_the_exported_list_has_the_costs_in_a_column_of_their_own(written):
    lines, _letters = written
    rows = worklist_text.line_rows(lines, "EUR")
    assert rows.filter(customer_id="south").select("amount", "fee_amount").rows() == [
        (Decimal("100.00"), Decimal("12.50"))
    ]


def test_without_settings_no_letter_names_costs():
    assert LetterFees("EUR").of_letter("formal_reminder", "business", "", ["EUR"]) is None
    assert LetterFees().of_letter("formal_reminder", "business", "", ["EUR"]) is None
