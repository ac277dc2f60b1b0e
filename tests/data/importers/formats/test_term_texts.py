"""Terms of payment in words: only what can be read in one way is read."""

from decimal import Decimal

import pytest

from data.importers.formats.term_texts import Due, EarlyDiscount, discounts_in, due_in


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("14 Tage", 14),
        ("14 Tage netto", 14),
        ("Payment within 30 days", 30),
        ("Payment within 30 days.", 30),
        ("Net 30", 30),
        ("net 45 days", 45),
        ("30 days net", 30),
        ("Due in 21 days", 21),
        ("Payment terms: 30 days from invoice date", 30),
        ("30 dagen", 30),
        ("30 dagar netto. Dröjsmålsränta: 12 %", 30),
        ("Binnen 14 dagen", 14),
        ("Betaling binnen 14 dagen na factuurdatum", 14),
        ("Te betalen binnen 30 dagen.", 30),
        ("Betalingstermijn: 30 dagen", 30),
        ("Zahlbar innerhalb von 14 Tagen ohne Abzug.", 14),
        ("Zahlbar innerhalb 30 Tagen, netto", 30),
        ("Zahlungsziel 10 Tage", 10),
        ("Zahlbar 14 Tage netto ab Rechnungsdatum", 14),
        ("Paiement à 30 jours", 30),
        ("Zahlbar sofort ohne Abzug.", 0),
        ("Fällig sofort, ohne Abzug", 0),
        ("Due immediately", 0),
        ("Direct te voldoen", 0),
        ("Betaling binnen 30 dagen. Vermeld het factuurnummer.", 30),
        ("Zahlbar innerhalb 30 Tagen ohne Abzug.\n#SKONTO#TAGE=10#PROZENT=2.00#\n", 30),
        ("30 Tage netto\n#SKONTO#TAGE=10#PROZENT=2.00#\n", 30),
        ("Payment\n   within 30\n days", 30),
        ("2% 10 days, net 30", 30),
        ("2/10 net 30", 30),
    ],
)
def test_a_sentence_that_says_days_is_read(text: str, days: int) -> None:
    assert due_in([text]) == Due(days=days)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Bis zum 14.08.2016 ohne Abzug", "2016-08-14"),
        ("Zahlbar bis 1.2.2026", "2026-02-01"),
        ("Uiterlijk 03-02-2026", "2026-02-03"),
        ("Te voldoen uiterlijk op 3-2-2026.", "2026-02-03"),
    ],
)
def test_a_sentence_that_says_a_day_is_read(text: str, day: str) -> None:
    assert due_in([text]) == Due(day=day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "50% prepaid, 50% within one month",
        "Zahlbar innerhalb 14 Tagen nach Erhalt der Rechnung.",
        "Payment within 30 days\n  after receipt of the goods",
        "30 days end of month",
        "30 dagen einde maand",
        "Bitte überweisen Sie bis zum 24.01.2015 auf das unten aufgeführte Konto.",
        "Due 03/02/2026",
        "before 03-02-2026",
        "Bis zum 31.02.2026",
        "14 Tage. 30 Tage.",
        "30",
        "within 30 working days",
        "2 % discount if paid within 2 days\n Penalty percentage 10% from due date",
        "Betaling binnen 14 dagen? Bel ons. " + "x" * 1000,
    ],
)
def test_what_can_be_read_in_two_ways_or_in_none_is_not_read(text: str) -> None:
    assert due_in([text]) is None


def test_two_notes_that_say_different_things_say_nothing() -> None:
    assert due_in(["14 Tage", "30 Tage"]) is None
    assert due_in(["14 Tage", "Binnen 14 dagen"]) == Due(days=14)


@pytest.mark.parametrize(
    ("text", "percent", "days"),
    [
        ("#SKONTO#TAGE=14#PROZENT=2.00#", "2", 14),
        ("  #SKONTO#TAGE=7#PROZENT=2.25#\n", "2.25", 7),
        ("Payment within 10 days, 2% discount", "2", 10),
        ("Bei Zahlungen binnen 14 Tagen, 2% Skonto", "2", 14),
        ("3 % Skonto bei Zahlung innerhalb von 7 Tagen", "3", 7),
        ("2% korting bij betaling binnen 8 dagen", "2", 8),
        ("2,5% betalingskorting binnen 8 dagen", "2.5", 8),
        ("2% discount if paid within 10 days", "2", 10),
        ("2% 10 days, net 30", "2", 10),
        ("2/10 net 30", "2", 10),
    ],
)
def test_a_discount_for_paying_early_is_read(text: str, percent: str, days: int) -> None:
    assert discounts_in([text]) == [EarlyDiscount(Decimal(percent), days)]


def test_steps_and_bases_of_the_german_form_are_read() -> None:
    note = "#SKONTO#TAGE=7#PROZENT=3.00#\n#SKONTO#TAGE=14#PROZENT=2.00#BASISBETRAG=100.50#\n"
    note += "#VERZUG#TAGE=30#PROZENT=5.00#"
    assert discounts_in([note]) == [
        EarlyDiscount(Decimal(3), 7),
        EarlyDiscount(Decimal(2), 14, Decimal("100.50")),
    ]


@pytest.mark.parametrize(
    "text", ["", "50% within 14 days", "Rabatt 2%", "#SKONTO#TAGE=x#PROZENT=2#", "2% toeslag binnen 8 dagen"]
)
def test_other_percentages_are_no_discounts(text: str) -> None:
    assert discounts_in([text]) == []
