"""When an electronic invoice falls due: dates, parts, discounts."""

from decimal import Decimal

import pytest

from tests.data.importers.formats.ubl_readings import invoice, notes, reason, rows
from tests.data.importers.formats.ubl_texts import terms, totals, ubl

ADVANCE = totals(TaxInclusiveAmount="121.00", PrepaidAmount="21.00", PayableAmount="100.00")


def means(day: str, number: str = "") -> str:
    label = f"<cbc:ID>{number}</cbc:ID>" if number else ""
    return (
        f"<cac:PaymentMeans>{label}<cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>"
        f"<cbc:PaymentDueDate>{day}</cbc:PaymentDueDate></cac:PaymentMeans>"
    )


def parts(content: bytes) -> list[tuple[str, str]]:
    return sorted((row["due_date"], row["amount"]) for row in rows(content, "instalments"))


def test_the_date_of_the_document_comes_before_those_of_its_terms_and_means() -> None:
    of_terms, of_means = terms(PaymentDueDate="2026-05-01"), means("2026-06-01")
    assert invoice(ubl(more=of_terms + of_means))["due_date"] == "2026-04-01"
    assert invoice(ubl(due="", more=of_means + of_terms))["due_date"] == "2026-05-01"
    assert invoice(ubl(due="", more=of_means))["due_date"] == "2026-06-01"
    assert invoice(ubl(due="", more=of_means + terms("14 Tage")))["due_date"] == "2026-06-01"


def test_a_credit_note_takes_the_date_of_its_means() -> None:
    credit = invoice(ubl(root="CreditNote", code="381", due="", more=means("2026-06-01")))
    assert (credit["amount"], credit["due_date"]) == ("-121.00", "2026-06-01")


def test_a_day_in_a_text_is_the_due_date_where_there_is_no_other() -> None:
    assert invoice(ubl(due="", more=terms("Zahlbar bis 24.03.2026")))["due_date"] == "2026-03-24"


def test_a_number_of_days_in_a_text_is_the_term_where_there_is_no_date() -> None:
    plain = invoice(ubl(due="", more=terms("Payment within 30 days")))
    assert plain["terms_days"] == "30"
    assert "due_date" not in plain
    assert "terms_days" not in invoice(ubl(more=terms("Payment within 30 days")))
    assert "terms_days" not in invoice(ubl(due="", more=terms("9999 days")))


def test_parts_with_amounts_are_instalments() -> None:
    more = terms(Amount="60.50", InstallmentDueDate="2026-04-01") + terms(
        Amount="60.50", InstallmentDueDate="2026-05-01"
    )
    content = ubl(due="", more=more)
    assert parts(content) == [("2026-04-01", "60.50"), ("2026-05-01", "60.50")]
    assert notes(content) == []
    (bill,) = rows(content, "bills", "purchases")
    assert (bill["amount"], bill["due_date"]) == ("121.00", "2026-04-01")
    assert notes(content, "purchases") == [
        "2026-001: is to be paid in 2 parts; the whole is planned on the first day, 1 Apr 2026."
    ]


def test_parts_take_the_days_of_the_means_they_name() -> None:
    more = means("2026-04-01", "m1") + means("2026-05-01", "m2")
    more += terms(PaymentMeansID="m2", Amount="100.00") + terms(PaymentMeansID="m1", Amount="21.00")
    assert parts(ubl(due="", more=more)) == [("2026-04-01", "21.00"), ("2026-05-01", "100.00")]


def test_parts_by_percentage_make_the_total_to_the_cent() -> None:
    more = "".join(
        terms(PaymentPercent=percent, PaymentDueDate=day)
        for percent, day in (("33.333", "2026-04-01"), ("33.333", "2026-05-01"), ("33.334", "2026-06-01"))
    )
    # 121.00 x 33.333% = 40.33293 -> 40.33 twice; the last takes 121.00 - 80.66.
    assert parts(ubl(more=more)) == [
        ("2026-04-01", "40.33"), ("2026-05-01", "40.33"), ("2026-06-01", "40.34"),
    ]  # fmt: skip


def test_what_was_paid_in_advance_is_a_part_of_its_own() -> None:
    more = terms(Amount="50.00", InstallmentDueDate="2026-04-01") + terms(
        Amount="50.00", InstallmentDueDate="2026-05-01"
    )
    content = ubl(sums=ADVANCE, more=more)
    assert parts(content) == [("2026-03-02", "21.00"), ("2026-04-01", "50.00"), ("2026-05-01", "50.00")]
    (bill,) = rows(content, "bills", "purchases")
    assert bill["due_date"] == "2026-04-01"


def test_parts_of_a_credit_note_are_negative() -> None:
    more = terms(Amount="21.00", InstallmentDueDate="2026-04-01") + terms(
        Amount="100.00", InstallmentDueDate="2026-05-01"
    )
    assert parts(ubl(root="CreditNote", code="381", more=more)) == [
        ("2026-04-01", "-21.00"),
        ("2026-05-01", "-100.00"),
    ]


@pytest.mark.parametrize(
    "more",
    [
        terms(Amount="60.00", InstallmentDueDate="2026-04-01")
        + terms(Amount="60.00", InstallmentDueDate="2026-05-01"),
        terms(PaymentPercent="50", InstallmentDueDate="2026-04-01")
        + terms(PaymentPercent="40", InstallmentDueDate="2026-05-01"),
        means("2026-04-01") + means("2026-05-01"),
    ],
)
def test_several_days_without_parts_that_make_the_total_fall_due_on_the_last_with_a_note(more: str) -> None:
    content = ubl(due="", more=more)
    assert invoice(content)["due_date"] == "2026-05-01"
    assert parts(content) == []
    (note,) = notes(content)
    assert note.startswith("2026-001: has several due dates without amounts that make its total;")
    assert note.endswith("it falls due on the last one, 1 May 2026.")


def test_parts_without_a_day_are_no_instalments() -> None:
    content = ubl(more=terms(Amount="60.50") + terms(Amount="60.50", InstallmentDueDate="2026-05-01"))
    assert parts(content) == []
    assert invoice(content)["due_date"] == "2026-04-01"


def test_terms_that_state_the_total_without_a_day_are_no_part() -> None:
    more = terms(Amount="121.00") + terms(Amount="60.50", PaymentDueDate="2026-04-01")
    more += terms(Amount="60.50", PaymentDueDate="2026-05-01")
    assert parts(ubl(due="", more=more)) == [("2026-04-01", "60.50"), ("2026-05-01", "60.50")]


def test_the_words_of_the_means_of_payment_are_read_too() -> None:
    note = "<cbc:InstructionNote>Payment due in 30 days</cbc:InstructionNote>"
    content = ubl(due="", means=f"<cac:PaymentMeans>{note}</cac:PaymentMeans>")
    assert invoice(content)["terms_days"] == "30"


def test_an_invoice_paid_in_advance_as_a_whole_has_no_parts() -> None:
    more = terms(Amount="60.00", PaymentDueDate="2026-04-01") + terms(
        PaymentPercent="50", PaymentDueDate="2026-05-01"
    )
    paid = totals(TaxInclusiveAmount="121.00", PrepaidAmount="121.00", PayableAmount="0.00")
    assert parts(ubl(more=more, sums=paid)) == []


def test_parts_of_one_day_are_one_due_date() -> None:
    more = terms(Amount="60.50", InstallmentDueDate="2026-05-01") * 2
    assert parts(ubl(due="", more=more)) == []
    assert invoice(ubl(due="", more=more))["due_date"] == "2026-05-01"


def test_a_part_that_cannot_be_read_refuses_the_document() -> None:
    more = terms(Amount="x", InstallmentDueDate="2026-05-01")
    assert reason(ubl(more=more)) == "Amount 'x' is not a number written like 1234.56"
    two = terms(Amount="60.50", InstallmentDueDate="2026-02-30") + terms(
        Amount="60.50", InstallmentDueDate="2026-05-01"
    )
    assert reason(ubl(more=two)) == "due_date '2026-02-30' is not a day of the calendar"


def discount(content: bytes) -> tuple[Decimal, str] | None:
    row = invoice(content)
    return (Decimal(row["discount_percent"]), row["discount_days"]) if "discount_percent" in row else None


def test_a_discount_for_paying_early_comes_from_a_text_or_from_elements() -> None:
    assert discount(ubl(more=terms("#SKONTO#TAGE=14#PROZENT=2.00#"))) == (2, "14")
    period = "<cac:SettlementPeriod>{}</cac:SettlementPeriod></cac:PaymentTerms>"
    percent = terms(SettlementDiscountPercent="1.125").removesuffix("</cac:PaymentTerms>")
    until = percent + period.format("<cbc:EndDate>2026-03-12</cbc:EndDate>")
    assert discount(ubl(more=until)) == (Decimal("1.125"), "10")
    lasting = percent + period.format('<cbc:DurationMeasure unitCode="DAY">8</cbc:DurationMeasure>')
    assert discount(ubl(more=lasting)) == (Decimal("1.125"), "8")
    assert discount(ubl(more=percent + "</cac:PaymentTerms>")) is None


def test_of_several_discounts_the_longest_is_noted_and_said() -> None:
    content = ubl(more=terms("#SKONTO#TAGE=14#PROZENT=2.00#\n#SKONTO#TAGE=7#PROZENT=3.00#\n"))
    assert discount(content) == (2, "14")
    assert notes(content) == [
        "2026-001: grants several early-payment discounts; the longest was noted, 2.00% within 14 days."
    ]


def test_a_discount_on_a_part_of_the_total_is_said_and_not_noted() -> None:
    content = ubl(more=terms("#SKONTO#TAGE=14#PROZENT=2.00#BASISBETRAG=60.00#"))
    assert discount(content) is None
    assert notes(content) == [
        "2026-001: grants an early-payment discount on a part of its total, which was not noted."
    ]
    assert discount(ubl(more=terms("#SKONTO#TAGE=14#PROZENT=2.00#BASISBETRAG=121.00#"))) == (2, "14")
