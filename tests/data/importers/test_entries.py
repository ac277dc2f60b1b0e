"""Entries with match codes become documents and payments; each day's balance is the sum of the entries."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given

from data.importers import load_preset
from data.importers.list_reader import read_list
from tests.data.importers.entry_rows import ENTRIES, HEADER, lines_of
from tests.data.importers.vendors import ledgers
from tests.data.importers.vendors.case import text

TWINFIELD = (
    "Periode;Dagboek;Naam;Boekst.nr.;Status;Boekdatum;Debiteur;Naam;Euro;Openstaand bedrag;Factuurnr.;"
    "Vervaldatum;Betaalstatus;Betaalnr.;Betaaldatum"
)


def read_entries(*lines, header=HEADER, preset="entries"):
    return read_list(text(header, *lines), "entries.csv", load_preset(preset))


def day(iso):
    return date.fromisoformat(iso)


def by_document(row):
    return row[0] is None, row[0] or "", *row[1:]


def paid(reading):
    """Return document, day, amount and kind of every payment that is not taken back."""
    rows = reading.grains["payments"].select("invoice_id", "payment_date", "amount", "kind").rows()
    return sorted((row for row in rows if row[2]), key=by_document)


def open_at(reading, customer, on):
    """Return what a customer owes on a day: documents less payments, those on account too."""
    invoices = reading.grains["invoices"].select("customer_id", "invoice_date", "amount").iter_rows()
    payments = reading.grains["payments"].select("customer_id", "payment_date", "amount").iter_rows()
    return sum((a for c, d, a in invoices if c == customer and d <= on), Decimal(0)) - sum(
        (a for c, d, a in payments if c == customer and d <= on), Decimal(0)
    )


MATCHED = day("2026-11-05")
ACCOUNT = [
    (None, day("2026-10-20"), Decimal("500.00"), "payment"),
    ("C3", MATCHED, Decimal("-121.00"), "credit"),
    ("F1", day("2026-09-28"), Decimal("1210.00"), "payment"),
    ("F4", MATCHED, Decimal("121.00"), "credit"),
    ("F4", MATCHED, Decimal("2299.50"), "payment"),
]
# Without the day of the match a credit note settles on the later day of the two.
WITHOUT_DAY = [(*each[:1], day("2026-10-02"), *each[2:]) if each[3] == "credit" else each for each in ACCOUNT]
FILES = {
    "Twinfield, Dutch": ("twinfield", ledgers.TWINFIELD_NL, ACCOUNT),
    "Twinfield, English": ("twinfield", ledgers.TWINFIELD_EN, ACCOUNT),
    "SAP, all items": ("sap-fbl5n-local", ledgers.SAP_ALL_ITEMS, ACCOUNT),
    "plain entries": ("entries", ledgers.PLAIN_ENTRIES, WITHOUT_DAY),
    "Odoo partner ledger": ("odoo-partner-ledger", ledgers.ODOO_PARTNER_LEDGER, [ACCOUNT[0], ACCOUNT[2]]),
}


@pytest.mark.parametrize(("preset", "content", "payments"), FILES.values(), ids=FILES)
def test_an_account_is_settled_as_its_program_matched_it(preset, content, payments):
    reading = read_list(content, "entries.csv", load_preset(preset))
    assert reading.rejects.rows() == []
    assert reading.kind == "invoices"
    amounts = dict(reading.grains["invoices"].select("invoice_id", "amount").iter_rows())
    whole = {"F1": "1210.00", "F2": "605.00", "C3": "-121.00", "F4": "2420.50"}
    assert amounts == {number: Decimal(whole[number]) for number in amounts}
    assert set(amounts) == (set(whole) if len(payments) == len(ACCOUNT) else {"F1", "F2"})
    assert paid(reading) == sorted(payments, key=by_document)


def test_a_payment_over_several_invoices_goes_to_the_oldest_due_and_its_rest_stays_on_account():
    reading = read_entries(
        "10-01-2026;D1;F2;Factuur;200,00;10-03-2026;A",
        "12-01-2026;D1;F1;Factuur;100,00;12-02-2026;A",
        "20-02-2026;D1;B1;Ontvangst;-250,00;;A",
        "25-03-2026;D1;B2;Ontvangst;-70,00;;A",
    )
    assert paid(reading) == [
        ("F1", day("2026-02-20"), Decimal("100.00"), "payment"),
        ("F2", day("2026-02-20"), Decimal("150.00"), "payment"),
        ("F2", day("2026-03-25"), Decimal("50.00"), "payment"),
        (None, day("2026-03-25"), Decimal("20.00"), "payment"),
    ]


def test_a_payment_goes_to_the_invoice_it_names_before_the_oldest():
    reading = read_entries(
        "2026/01;VRK;Verkoop;1;D;10-01-2026;D1;Jansen;100,00;0,00;F1;10-02-2026;;5;",
        "2026/01;VRK;Verkoop;2;D;11-01-2026;D1;Jansen;100,00;60,00;F2;11-02-2026;;5;",
        "2026/01;BNK;Bank;3;D;20-01-2026;D1;Jansen;-140,00;0,00;F2;;;5;",
        header=TWINFIELD,
        preset="twinfield",
    )
    assert paid(reading) == [
        ("F1", day("2026-01-20"), Decimal("40.00"), "payment"),
        ("F2", day("2026-01-20"), Decimal("100.00"), "payment"),
    ]
    # F1 is open for 60.00 and F2 for nothing: not what the file says of either.
    assert any("In 2 rows another amount is open" in str(note) for note in reading.notes)


def test_a_bounced_payment_opens_its_invoice_again_until_it_is_paid_once_more():
    reading = read_entries(
        "10-01-2026;D1;F1;Factuur;100,00;10-02-2026;A",
        "09-02-2026;D1;B1;Ontvangst;-100,00;;A",
        "12-02-2026;D1;B2;Storno;100,00;;A",
        "20-02-2026;D1;B3;Ontvangst;-100,00;;A",
    )
    assert paid(reading) == [
        ("F1", day("2026-02-09"), Decimal("100.00"), "payment"),
        ("F1", day("2026-02-12"), Decimal("-100.00"), "reversal"),
        ("F1", day("2026-02-20"), Decimal("100.00"), "payment"),
    ]


def test_money_that_was_too_much_pays_what_a_bounce_opened_again():
    reading = read_entries(
        "10-01-2026;D1;F1;Factuur;100,00;10-02-2026;A",
        "09-02-2026;D1;B1;Ontvangst;-100,00;;A",
        "11-02-2026;D1;B2;Ontvangst;-100,00;;A",
        "12-02-2026;D1;B3;Storno;100,00;;A",
    )
    assert paid(reading) == [
        ("F1", day("2026-02-09"), Decimal("100.00"), "payment"),
        ("F1", day("2026-02-11"), Decimal("100.00"), "payment"),
        ("F1", day("2026-02-12"), Decimal("-100.00"), "reversal"),
    ]


def test_what_is_open_after_a_bounce_is_compared_with_what_the_file_says_of_it():
    reading = read_entries(
        "2026/01;VRK;Verkoop;1;D;10-01-2026;D1;Jansen;100,00;0,00;F1;10-02-2026;;5;",
        "2026/01;BNK;Bank;2;D;20-01-2026;D1;Jansen;-100,00;0,00;;;;5;",
        "2026/01;BNK;Bank;3;D;22-01-2026;D1;Jansen;100,00;0,00;;;;5;",
        "2026/01;BNK;Bank;4;D;25-01-2026;D1;Jansen;-100,00;0,00;;;;5;",
        header=TWINFIELD,
        preset="twinfield",
    )
    assert not any("another amount is open" in str(note) for note in reading.notes)


def test_a_bounce_matched_with_its_payment_alone_leaves_both_on_account():
    reading = read_entries(
        "10-01-2026;D1;F1;Factuur;100,00;10-02-2026;",
        "09-02-2026;D1;B1;Ontvangst;-100,00;;A",
        "12-02-2026;D1;B2;Storno;100,00;;A",
    )
    assert paid(reading) == [
        (None, day("2026-02-09"), Decimal("100.00"), "payment"),
        (None, day("2026-02-12"), Decimal("-100.00"), "payment"),
    ]
    assert open_at(reading, "D1", day("2026-02-12")) == Decimal("100.00")


def test_money_paid_back_pays_out_the_credit_note_it_is_matched_with():
    reading = read_entries(
        "10-01-2026;D1;C1;Creditnota;-80,00;10-01-2026;A", "20-01-2026;D1;B1;Betaling;80,00;;A"
    )
    assert paid(reading) == [("C1", day("2026-01-20"), Decimal("-80.00"), "payment")]


def test_discounts_and_write_offs_are_what_they_are_called_and_a_correction_is_a_credit():
    reading = read_entries(
        "10-01-2026;D1;F1;Factuur;100,00;10-02-2026;A",
        "20-01-2026;D1;B1;Ontvangst;-90,00;;A",
        "20-01-2026;D1;B1;Betalingskorting;-2,00;;A",
        "25-01-2026;D1;M1;Memoriaal;-3,00;;A",
        "26-01-2026;D1;M2;Afboeking;-5,00;;A",
    )
    assert {(row[2], row[3]) for row in paid(reading)} == {
        (Decimal("90.00"), "payment"),
        (Decimal("2.00"), "discount"),
        (Decimal("3.00"), "credit"),
        (Decimal("5.00"), "write_off"),
    }


def test_entries_of_two_customers_or_currencies_never_settle_each_other():
    reading = read_entries(
        "10-01-2026;D1;F1;Factuur;100,00;10-02-2026;A;EUR",
        "20-01-2026;D2;B1;Ontvangst;-100,00;;A;EUR",
        "20-01-2026;D1;B2;Ontvangst;-100,00;;A;USD",
        header=HEADER + ";Valuta",
    )
    assert {row[0] for row in paid(reading)} == {None}


def test_two_payments_of_one_statement_keep_their_own_names_and_a_match_takes_back_what_was_on_account():
    first = read_entries(
        "10-01-2026;D1;F1;Factuur;100,00;10-02-2026;",
        "20-01-2026;D1;BNK 7;Ontvangst;-100,00;;",
        "20-01-2026;D2;BNK 7;Ontvangst;-30,00;;B",
    )
    then = read_entries(
        "10-01-2026;D1;F1;Factuur;100,00;10-02-2026;A",
        "20-01-2026;D1;BNK 7;Ontvangst;-100,00;;A",
        "20-01-2026;D2;BNK 7;Ontvangst;-30,00;;",
    )
    columns = ("payment_id", "invoice_id", "amount")
    assert set(first.grains["payments"].select(columns).iter_rows()) == {
        ("BNK 7 D1 2026-01-20", None, Decimal("100.00")),
        ("BNK 7 D2 2026-01-20", None, Decimal("30.00")),
    }
    assert set(then.grains["payments"].select(columns).iter_rows()) == {
        ("BNK 7 D1 2026-01-20", "F1", Decimal("100.00")),
        ("BNK 7 D1 2026-01-20", None, Decimal("0.00")),
        ("BNK 7 D2 2026-01-20", None, Decimal("30.00")),
    }


def test_a_code_that_is_the_number_of_the_closing_entry_matches_that_entry_too():
    header = (
        "Entry No.;Posting Date;Document Type;Document No.;Customer No.;Amount;Due Date;Closed by Entry No."
    )
    reading = read_entries(
        "1;10-01-2026;Invoice;F1;D1;100,00;10-02-2026;3",
        "2;11-01-2026;Invoice;F2;D1;50,00;11-02-2026;3",
        "3;20-01-2026;Payment;G1;D1;-150,00;;",
        header=header,
        preset="business-central",
    )
    assert paid(reading) == [
        ("F1", day("2026-01-20"), Decimal("100.00"), "payment"),
        ("F2", day("2026-01-20"), Decimal("50.00"), "payment"),
    ]


def test_a_number_used_twice_is_two_documents_and_the_first_keeps_it():
    reading = read_entries(
        "10-01-2026;D1;F1;Factuur;100,00;10-02-2026;A",
        "15-01-2026;D1;F1;Factuur;-100,00;15-01-2026;A",
        "16-01-2026;D2;F1;Factuur;70,00;15-02-2026;",
        "10-01-2026;D1;F9;Factuur;30,00;10-02-2026;",
        "10-01-2026;D1;F9;Factuur;20,00;10-03-2026;",
    )
    amounts = dict(reading.grains["invoices"].select("invoice_id", "amount").iter_rows())
    assert amounts == {
        "F1": Decimal("100.00"),
        "F1 credit": Decimal("-100.00"),
        "F1 D2": Decimal("70.00"),
        "F9": Decimal("50.00"),
    }
    parts = reading.grains["instalments"].select("invoice_id", "due_date", "amount").rows()
    assert parts == [
        ("F9", day("2026-02-10"), Decimal("30.00")),
        ("F9", day("2026-03-10"), Decimal("20.00")),
    ]


@pytest.mark.slow
@given(ENTRIES)
def test_on_every_day_a_customer_owes_the_sum_of_its_entries(entries):
    lines, sums = lines_of(entries)
    reading = read_entries(*lines)
    assert reading.rejects.rows() == []
    for customer, of_customer in sums.items():
        for on in (date(2026, 1, 1) + timedelta(days=at) for at in range(42)):
            owed = sum((amount for day_, amount in of_customer if day_ <= on), Decimal(0))
            assert open_at(reading, customer, on) == owed
    amounts = reading.grains["invoices"].select("invoice_id", "amount").iter_rows()
    payments = defaultdict(Decimal)
    for number, amount in reading.grains["payments"].select("invoice_id", "amount").iter_rows():
        payments[number] += amount
    # No document is paid beyond its amount.
    assert all(min(0, amount) <= amount - payments[number] <= max(0, amount) for number, amount in amounts)
