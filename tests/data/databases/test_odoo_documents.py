"""What becomes of an Odoo in a store: each case has a partner of its own, worked out by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pytest

from data.databases.source import SourceReading
from data.store.load_report import LoadReport
from tests.books import Desk
from tests.data.databases.odoo_loads import load_source
from tests.data.databases.postgres_server import PostgresServer
from tests.data.databases.small_odoo import small_odoo
from tests.exhaustive import exhaustive

pytestmark = pytest.mark.slow
D = Decimal


@dataclass(frozen=True)
class SmallStore:
    desk: Desk
    partner: dict[str, int]
    version: int
    reading: SourceReading
    report: LoadReport

    def ageing(self, partner: str, day: str) -> dict[str, Decimal]:
        """Return the amounts of a partner other than zero, by bucket."""
        return self.desk.ageing(day, entity="Noord B.V.", currency="EUR").get(str(self.partner[partner]), {})

    def payments(self, partner: str) -> list[tuple]:
        """Return its payments: number, document, day, amount, kind, instalment, waived."""
        return self.desk.rows(
            "select payment_id, invoice_id, cast(payment_date as varchar), amount, kind, part, waived "
            f"from settlement_at(null) where customer_id = '{self.partner[partner]}' order by all"
        )


@pytest.fixture(scope="module", params=[14, 18, *exhaustive([15, 16, 17])])
def small(
    request: pytest.FixtureRequest, postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SmallStore]:
    books, partner = small_odoo(postgres, request.param)
    desk = Desk(tmp_path_factory.mktemp("odoo"))
    reading, report = load_source(books.address, desk.store)
    assert report is not None
    yield SmallStore(desk, partner, request.param, reading, report)
    desk.close()


def test_every_row_goes_in_and_the_books_tie_out_with_odoos_own_totals(small: SmallStore) -> None:
    assert [file.rejected for file in small.report.files] == [0] * len(small.report.files)
    tied = small.desk.ask("tie_out", as_of="2026-12-31")
    # 50 + 100 - 75 + 280 + 847 + 14.50 - 77 = 1,139.50.
    assert [(row["entity"], row["receivables"], row["ledger_difference"]) for row in tied] == [
        ("Noord B.V.", D("1139.50"), D("0.00")), ("Zuid Ltd.", D("60.50"), D("0.00")),
    ]  # fmt: skip
    assert all(row["is_tied"] for row in tied)


def test_a_payment_goes_to_the_instalment_it_was_reconciled_with(small: SmallStore) -> None:
    # 50 and 50 of the 100 paid: the second instalment is settled, 50 of the first is left.
    assert small.ageing("instalments", "2026-02-28") == {"d1_30": D("100.00"), "not_due": D("50.00")}
    assert small.ageing("instalments", "2026-03-01") == {"d1_30": D("50.00")}
    assert small.ageing("instalments", "2026-03-31") == {"d31_60": D("50.00")}
    (invoice,) = small.desk.rows(
        "select po_number, vat_amount, due_date from invoice_at(null) where invoice_id = 'INV/1'"
    )
    assert (invoice[0], invoice[1], str(invoice[2])) == ("PO 7", D("26.03"), "2026-03-11")


def test_a_credit_note_lowers_its_invoice_from_its_own_day_on(small: SmallStore) -> None:
    assert small.ageing("credited", "2026-02-09") == {"not_due": D("121.00")}
    assert small.ageing("credited", "2026-02-10") == {"not_due": D("100.00")}
    (note,) = small.desk.rows(
        "select original_invoice_id, amount from invoice_at(null) where invoice_id = 'RINV/1'"
    )
    assert note == ("INV/2", D("-21.00"))


def test_money_stands_on_account_until_its_invoice(small: SmallStore) -> None:
    assert small.ageing("prepaid", "2026-02-04") == {"unapplied": D("-40.00")}
    assert small.ageing("prepaid", "2026-02-05") == {}
    assert small.ageing("unapplied", "2026-12-31") == {"unapplied": D("-75.00")}


def test_a_write_off_is_told_from_money(small: SmallStore) -> None:
    assert small.payments("written off") == [
        ("BNK/3", "INV/4", "2026-01-20", D("80.00"), "payment", None, None),
        ("MISC/1", "INV/4", "2026-02-01", D("10.00"), "write_off", None, None),
    ]
    assert small.payments("short paid") == [
        ("BNK/4", "INV/5", "2026-02-01", D("1.00"), "write_off", None, "yes"),
        ("BNK/4", "INV/5", "2026-02-01", D("60.00"), "payment", None, None),
    ]


def test_an_exchange_gain_stands_on_the_invoice_with_the_payment_that_made_it(small: SmallStore) -> None:
    assert small.payments("exchange") == [
        ("BNK/5", "INV/6", "2026-02-05", D("520.00"), "payment", None, None),
        ("EXCH/1", "INV/6", "2026-02-05", D("-20.00"), "exchange", None, None),
    ]
    assert small.ageing("exchange", "2026-02-04") == {"not_due": D("500.00")}
    assert small.ageing("exchange", "2026-02-05") == {}


def test_a_refund_settles_its_credit_note(small: SmallStore) -> None:
    assert small.ageing("refunded", "2026-02-14") == {"d1_30": D("-50.00")}
    assert small.ageing("refunded", "2026-02-15") == {}
    assert small.payments("refunded") == [
        ("BNK/6", "RINV/2", "2026-02-15", D("-50.00"), "payment", None, None)
    ]


def test_somebody_elses_money_settles_the_invoice_it_is_reconciled_with(small: SmallStore) -> None:
    assert small.ageing("paid by another", "2026-01-30") == {"not_due": D("30.00")}
    assert small.ageing("paid by another", "2026-01-31") == {}
    assert small.ageing("payer", "2026-01-31") == {}


def test_each_opening_entry_is_a_document(small: SmallStore) -> None:
    documents = small.desk.rows(
        "select invoice_id, invoice_type, cast(invoice_date as varchar), cast(due_date as varchar), amount "
        "from invoice_at(null) where invoice_id like 'MISC/2%' order by all"
    )
    assert documents == [
        ("MISC/2 #1", "invoice", "2026-01-01", "2025-12-15", D("300.00")),
        ("MISC/2 #2", "credit_note", "2026-01-01", "2025-12-20", D("-20.00")),
    ]


def test_what_is_booked_later_than_its_date_counts_from_the_day_it_is_booked(small: SmallStore) -> None:
    assert small.ageing("later booked", "2026-03-31") == {}
    assert small.ageing("later booked", "2026-04-01") == {"not_due": D("14.50")}


def test_an_entry_without_a_partner_has_a_customer_of_its_own(small: SmallStore) -> None:
    (row,) = [
        row for row in small.desk.ask("ageing", as_of="2026-12-31", entity="Noord B.V.", currency="EUR")
        if row["customer_id"] == "no-partner"
    ]  # fmt: skip
    assert (row["customer_name"], row["unapplied"]) == ("Without a partner in Odoo", D("-77.00"))
    assert "Entries without a partner: 1. They stand under the customer Without a partner in Odoo." in [
        str(note) for note in small.reading.notes
    ]


def test_a_number_of_another_company_is_told_apart(small: SmallStore) -> None:
    rows = small.desk.ask("ageing", as_of="2026-12-31", entity="Zuid Ltd.", currency="USD")
    assert [(row["customer_id"], row["total"]) for row in rows] == [
        (str(small.partner["two companies"]), D("60.50"))
    ]
    assert small.desk.rows("select invoice_id from invoice_at(null) where invoice_id like 'INV/1%'") == [
        ("INV/1",), ("INV/1@2",),
    ]  # fmt: skip


def test_a_blocked_invoice_is_in_dispute_from_the_day_it_was_written(small: SmallStore) -> None:
    disputes = small.desk.ask("disputes", as_of="2026-07-01")
    assert [(row["invoice_id"], str(row["opened_date"]), row["amount"]) for row in disputes] == [
        ("INV/8", "2026-07-01", D("847.00"))
    ]


def test_terms_and_limits_come_with_the_customer(small: SmallStore) -> None:
    (row,) = small.desk.rows(
        "select customer_name, country, payment_terms, credit_limit, language, customer_type "
        f"from customer_at(null) where customer_id = '{small.partner['instalments']}'"
    )
    assert row == ("Klant instalments", "NL", "50%@30 rest@eom+30", D("2500.50"), "nl", "business")


def test_accounts_that_are_not_trade_are_left_out_and_said(small: SmallStore) -> None:
    left_out = [str(note) for note in small.reading.notes if "not trade" in str(note)]
    expected = (
        "Entries on accounts that are not trade: 1, together 75.00. They are left out, as in Odoo's own aged "
        "receivable."
    )
    assert left_out == ([expected] if small.version >= 16 else [])
