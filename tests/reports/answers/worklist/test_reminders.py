"""Reminders: invoices, amounts and tone of the letter per step."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from reports import language
from reports.answers.settings.sender import Sender
from reports.answers.worklist import reminders, worklist
from reports.answers.worklist import text as worklist_text
from tests.worklist_ledger import DAY, SENDER, ago, contact, customer, habits, invoice

pytestmark = pytest.mark.usefixtures("english")


def written(desk, who: str = "C1", sender: Sender = SENDER, day: date = DAY) -> reminders.Reminder:
    day_list = worklist.worklist(desk.books(), as_of=day)
    line = next(row for row in day_list.lines.to_dicts() if row["customer_id"] == who)
    ends = reminders.notice_ends_of(desk.books().ask("notice_ends", as_of=day))
    return reminders.reminder(line, worklist.contact_items(day_list.items, who), sender, day, ends=ends)


def test_a_friendly_reminder_lists_what_is_late_in_the_customers_language(shared_desk):
    shared_desk.load(
        customers=[customer("C1"), customer("C2", language="en-GB"), customer("C3", language="")],
        invoices=[
            invoice("F1", "C1", 5, "1234.50"), invoice("F2", "C1", 1, "10.00"), invoice("G1", "C2", 5),
            invoice("K1", "C3", 5),
        ],
    )  # fmt: skip
    letter = written(shared_desk)
    assert (letter.language, letter.step, letter.email) == ("nl", "friendly_reminder", "c1@example.org")
    assert "Geachte Name C1," in letter.body
    assert "F1 van 18-10-2026, vervallen op 17-11-2026: € 1.234,50 (5 dagen te laat)" in letter.body.replace(
        "\u00a0", " "
    )
    assert "Totaal: €\u00a01.244,50" in letter.body
    assert "NL91 ABNA 0417 1643 00 ten name van Zilver & Zn" in letter.body
    assert "Betalingskenmerk: F1, F2" in letter.body
    assert letter.links == (
        "https://pay.example/F1?a=1234.50&c=EUR", "https://pay.example/F2?a=10.00&c=EUR",
    )  # fmt: skip
    english = written(shared_desk, "C2")
    assert english.language == "en"
    assert "Dear Name C2," in english.body
    assert "G1 of 18 Oct 2026, due 17 Nov 2026: €100.00 (5 days late)" in english.body
    assert written(shared_desk, "C3").language == "nl"
    assert language.current() == "en"  # whoever reads the screen is left alone


def test_a_demand_is_about_its_own_invoices_and_names_the_others_apart(shared_desk):
    shared_desk.load(
        customers=[customer("C1", language="en", preferred_method="Bank transfer")],
        invoices=[invoice("F1", "C1", 30, "300.00"), invoice("F2", "C1", 5, "20.00")],
        contacts=[contact("F1", "C1", 10, "formal_reminder")],
    )
    letter = written(shared_desk)
    assert (letter.step, letter.invoices, letter.totals) == ("final_demand", ("F1",), "€300.00")
    main, _sep, besides = letter.body.partition("Past due as well, and not part of this letter:")
    assert "F1 of" in main
    assert "F2 of" not in main
    assert "F2 of" in besides
    assert "notice of default" in main
    assert "You usually pay by: Bank transfer" in letter.body
    assert "Payment reference: F1\n" in letter.body


def test_a_line_and_its_letter_are_about_the_same_invoices(shared_desk):
    shared_desk.load(
        customers=[customer("C1", language="en")],
        invoices=[
            invoice("F1", "C1", 60, "300.00"), invoice("F2", "C1", 20, "20.00"),
            invoice("F3", "C1", 5, "4.00"), invoice("F4", "C1", 60, "100.00"), invoice("F5", "C1", 1, "0.50"),
        ],
        # F4 was handed over before, F1 is now; F2 is up to a formal reminder, F3 to a friendly one.
        contacts=[
            contact("F1", "C1", 20, "final_demand"), contact("F4", "C1", 6, "hand_over"),
            contact("F2", "C1", 12, "friendly_reminder"),
        ],
    )  # fmt: skip
    (line,) = worklist.worklist(shared_desk.books(), as_of=DAY).lines.to_dicts()
    letter = written(shared_desk)
    assert (line["step"], line["invoices"], line["amount"]) == ("hand_over", 2, Decimal("400.00"))
    assert (sorted(letter.invoices), letter.totals) == (["F1", "F4"], "€400.00")
    assert (line["besides_invoices"], line["besides_amount"]) == (3, Decimal("24.50"))
    assert worklist_text.summary(line) == "2 invoices past their day"


def test_a_missed_instalment_of_a_plan_is_asked_for_and_not_the_whole_invoice(shared_desk):
    shared_desk.load(
        customers=[customer("C1", language="en"), customer("C2", language="en")],
        invoices=[invoice("F1", "C1", 100, "1000.00"), invoice("G1", "C2", 100, "1000.00")],
        payment_plans=[
            (number, ago(60), ago(day), amount)
            for number in ("F1", "G1")
            for day, amount in ((30, "100.00"), (9, "150.00"), (0, "250.00"), (-60, "500.00"))
        ],
        # Before the plan, and of the instalment 30 days ago of which the last part came late.
        contacts=[
            contact(number, who, day, kind)
            for number, who in (("F1", "C1"), ("G1", "C2"))
            for day, kind in ((70, "final_demand"), (25, "friendly_reminder"))
        ],
        # C2 pays today what is asked of C1 below.
        payments=[
            ("P1", "C1", "F1", ago(40), "EUR", "80.00"), ("P2", "C1", "F1", ago(20), "EUR", "60.00"),
            ("Q1", "C2", "G1", ago(40), "EUR", "80.00"), ("Q2", "C2", "G1", ago(20), "EUR", "60.00"),
            ("Q3", "C2", "G1", ago(0), "EUR", "110.00"),
        ],
    )  # fmt: skip
    # 140 was paid since: all of the first 100 and 40 of the 150; today's 250 has its day until the end of it.
    day_list = worklist.worklist(shared_desk.books(), as_of=DAY)
    row, kept = day_list.items.sort("customer_id").to_dicts()
    assert (row["open_amount"], row["asked_amount"]) == (Decimal("860.00"), Decimal("110.00"))
    assert (row["overdue_since"], row["days_overdue"]) == (DAY - timedelta(days=9), 9)
    assert (row["step"], row["waits"], row["step_done"]) == ("friendly_reminder", None, None)
    (line,) = day_list.lines.to_dicts()
    assert (line["amount"], line["overdue_amount"], line["days_overdue"]) == (
        Decimal("110.00"), Decimal("110.00"), 9,
    )  # fmt: skip
    letter = written(shared_desk)
    assert (letter.step, letter.totals, letter.links) == (
        "friendly_reminder", "€110.00", ("https://pay.example/F1?a=110.00&c=EUR",),
    )  # fmt: skip
    plan = (
        "F1 of 15 Jul 2026, by the payment plan of 23 Sep 2026 due since 13 Nov 2026: €110.00 (9 days late)"
    )
    assert plan in letter.body
    assert "860" not in letter.body
    # A day on the third instalment is asked for as well: 110 + 250, from the day of the second.
    later_list = worklist.worklist(shared_desk.books(), as_of=DAY + timedelta(days=1))
    (later,) = later_list.items.filter(customer_id="C1").to_dicts()
    assert (later["asked_amount"], later["days_overdue"]) == (Decimal("360.00"), 10)
    # Paid: it waits for the next one.
    assert (kept["waits"], kept["waits_until"], kept["asked_amount"]) == ("plan", DAY, Decimal("0.00"))


def test_what_a_plan_asks_for_is_of_the_parts_due_first_and_in_the_currency_that_is_shown(shared_desk):
    shared_desk.load(
        customers=[customer("C1", language="en")],
        invoices=[invoice("F1", "C1", 50, "300.00", currency="USD")],
        instalments=[("F1", ago(50), "100.00"), ("F1", ago(-40), "120.00"), ("F1", ago(-80), "80.00")],
        payment_plans=[("F1", ago(30), ago(8), "150.00"), ("F1", ago(30), ago(-8), "150.00")],
        fx_rates=[("2026-01-01", "USD", "0.5")], settings=[("reporting_currency", "EUR")],
    )  # fmt: skip
    day_list = worklist.worklist(shared_desk.books(), as_of=DAY)
    # 150 dollars: the part of 100 whole and 50 of the part of 120, though its own due date is far off.
    assert day_list.items.select("document_asked_amount", "asked_amount", "days_overdue").rows() == [
        (Decimal("100.00"), Decimal("50.00"), 8), (Decimal("50.00"), Decimal("25.00"), 8),
    ]  # fmt: skip
    assert day_list.lines["amount"].to_list() == [Decimal("75.00")]
    assert written(shared_desk).totals == "$150.00"


def test_a_friendly_line_is_of_all_that_is_late_as_its_letter_is(shared_desk):
    shared_desk.load(
        customers=[customer("C1", language="en")],
        invoices=[invoice("F1", "C1", 5, "30.00"), invoice("F2", "C1", 1, "2.00")],
    )
    (line,) = worklist.worklist(shared_desk.books(), as_of=DAY).lines.to_dicts()
    assert (line["invoices"], line["amount"], line["besides_invoices"]) == (2, Decimal("32.00"), 0)
    assert written(shared_desk).totals == "€32.00"


def test_a_letter_asks_for_the_rest_and_names_what_was_promised(shared_desk):
    shared_desk.load(
        customers=[customer("C1", language="en")],
        invoices=[invoice("F1", "C1", 10)],
        promises=[("F1", ago(3), ago(-4), "30.00")],
    )
    letter = written(shared_desk)
    assert "€70.00 (10 days late); besides this €30.00 was promised for 26 Nov 2026\n" in letter.body
    assert letter.totals == "€70.00"


def test_after_a_broken_promise_the_letter_asks_for_a_new_day(shared_desk):
    shared_desk.load(
        customers=[customer("C1", language="en")],
        invoices=[invoice("F1", "C1", 10)],
        promises=[("F1", DAY - timedelta(days=8), DAY - timedelta(days=2), "100.00")],
    )
    letter = written(shared_desk)
    assert (letter.step, letter.subject) == ("call", "The agreed payment of F1")
    assert "On which day can we count on it?" in letter.body
    assert "escaped your attention" not in letter.body


def test_the_14_day_notice_names_the_costs_the_law_allows(shared_desk):
    shared_desk.load(
        customers=[customer("C1", language="en", customer_type="consumer")],
        invoices=[invoice("F1", "C1", 30, "900.00"), invoice("F2", "C1", 28, "100.00")],
        contacts=[contact(one, "C1", 10, "formal_reminder") for one in ("F1", "F2")],
    )
    letter = written(shared_desk)
    assert letter.step == "notice_14_days"
    # 15% of 1,000 together.
    assert "collection costs of €150.00" in letter.body
    assert "fourteen days" in letter.body
    # Sunday 22 November and 14 days; by post Tuesday, Wednesday the 25th and 14 days.
    assert (
        "The last day is 6 Dec 2026 if it came by e-mail, and 9 Dec 2026 if it came by post." in letter.body
    )


def test_a_second_notice_asks_only_for_what_no_notice_was_about(shared_desk):
    """F1 was noticed eight days ago: the letter names it apart, and its costs are over F2: 15% of 300."""
    shared_desk.load(
        customers=[customer("C1", language="en", customer_type="consumer")],
        invoices=[invoice("F1", "C1", 40, "900.00"), invoice("F2", "C1", 28, "300.00")],
        contacts=[
            contact("F1", "C1", 20, "formal_reminder"), contact("F1", "C1", 8, "notice_14_days"),
            contact("F2", "C1", 10, "formal_reminder"),
        ],
    )  # fmt: skip
    letter = written(shared_desk)
    assert (letter.step, letter.invoices, letter.totals) == ("notice_14_days", ("F2",), "€300.00")
    assert "collection costs of €45.00" in letter.body
    [line] = worklist.worklist(shared_desk.books(), as_of=DAY).lines.to_dicts()
    assert (line["amount"], line["invoices"], line["besides_amount"]) == (300, 1, 900)


def test_each_currency_is_added_up_apart(shared_desk):
    shared_desk.load(
        customers=[customer("C1", language="en")],
        invoices=[invoice("F1", "C1", 5, "100.00"), invoice("F2", "C1", 5, "50.00", currency="USD")],
        fx_rates=[("2026-01-01", "USD", "0.9")],
        settings=[("reporting_currency", "EUR")],
    )
    assert written(shared_desk).totals == "€100.00, $50.00"


def test_without_settings_no_account_link_or_name_is_made_up(shared_desk):
    shared_desk.load(customers=[customer("C1")], invoices=[invoice("F1", "C1", 5)])
    letter = written(shared_desk, sender=Sender())
    assert letter.links == ()
    assert "Rekening" not in letter.body
    assert letter.body.endswith("Met vriendelijke groet,\n")


def test_a_link_is_closed_to_whatever_a_number_holds():
    row = {
        "invoice_id": "F/1?x=1&a=0#<b> \n", "document_asked_amount": Decimal("5.00"), "currency": "EUR",
        "customer_id": "../C 1",
    }  # fmt: skip
    link = reminders.payment_link("https://pay.example/{invoice}/{customer}?a={amount}&c={currency}", row)
    assert link == "https://pay.example/F%2F1%3Fx%3D1%26a%3D0%23%3Cb%3E%20%0A/..%2FC%201?a=5.00&c=EUR"


@pytest.mark.slow
def test_each_administration_writes_a_letter_of_its_own_with_its_sender_words_and_steps(desk):
    """C1 owes North 100.00 and South 47.00: two letters. South waits ten days before it reminds."""
    names = ("invoice_id", "customer_id", "invoice_type", "invoice_date", "due_date", "currency", "amount")
    rows = [
        {**dict(zip(names, row, strict=True)), "entity": entity}
        for row, entity in [
            (invoice("F1", "C1", 5), "North BV"), (invoice("F2", "C1", 12, "40.00"), "South"),
            (invoice("F3", "C1", 5, "7.00"), "South"), (invoice("G1", "C2", 5, "9.00"), ""),
        ]
    ]  # fmt: skip
    desk.load(
        customers=[customer("C1", language="en"), customer("C2", language="en")],
        invoices=rows,
        settings=[
            ("company_name", "Group"), ("company_iban", "NL91ABNA0417164300"),
            ("company_email", "group@example.org"), ("company_name@North BV", "North"),
            ("company_iban@North BV", "NL20INGB0001234567"), ("step_friendly_days@South", "10"),
            ("words_friendly_reminder_en@North BV", "The North greets you."),
            ("words_friendly_reminder_nl@North BV", "Groeten uit het noorden."),
        ],
    )  # fmt: skip
    day_list = worklist.worklist(desk.books(), as_of=DAY)
    letters = {
        (letter.customer_id, letter.entity): letter
        for letter in reminders.reminders(day_list, day_list.lines, desk.books().ask("settings"))
    }
    assert set(letters) == {("C1", "North BV"), ("C1", "South"), ("C2", "")}
    north, south = letters["C1", "North BV"], letters["C1", "South"]
    assert (north.invoices, north.totals) == (("F1",), "€100.00")
    assert "NL20 INGB 0001 2345 67 in the name of North" in north.body
    assert "The North greets you." in north.body
    assert "escaped your attention" not in north.body
    assert north.sender.email == "group@example.org"
    # F3 is five days late: no step of its own yet, but part of the friendly letter of F2.
    assert (south.invoices, south.totals) == (("F2", "F3"), "€47.00")
    assert "NL91 ABNA 0417 1643 00 in the name of Group" in south.body
    assert "escaped your attention" in south.body
    # A letter of North leaves South's letter free, also within the days of rest; a call that names no
    # invoice does not.
    desk.load(contacts=[contact("F1", "C1", 0, "friendly_reminder")])
    later = worklist.worklist(desk.books(), as_of=DAY).lines
    assert set(later.select("customer_id", "entity").rows()) == {("C1", "South"), ("C2", "")}
    desk.load(contacts=[contact("", "C1", 0, "call")])
    assert worklist.worklist(desk.books(), as_of=DAY).lines["customer_id"].to_list() == ["C2"]


def test_words_of_ones_own_stand_before_a_14_day_notice_and_replace_nothing_of_it(shared_desk):
    shared_desk.load(
        customers=[customer("C1", language="en", customer_type="consumer")],
        invoices=[invoice("F1", "C1", 30, "1000.00")],
        contacts=[contact("F1", "C1", 10, "formal_reminder")],
    )
    letter = written(shared_desk, sender=Sender(words={("notice_14_days", "en"): "Dear neighbour."}))
    assert "Dear neighbour.\n\nThe invoice below is still unpaid. You have fourteen days" in letter.body
    assert "collection costs of €150.00" in letter.body


def test_a_letter_is_of_today_and_names_the_day_of_its_figures(shared_desk):
    """Six days later: five days late on the day of the figures, and that is the day the letter names."""
    shared_desk.load(customers=[customer("C1")], invoices=[invoice("F1", "C1", 5, "1234.50")])
    day_list = worklist.worklist(shared_desk.books(), as_of=DAY)
    (letter,) = reminders.reminders(
        day_list, day_list.lines, shared_desk.books().ask("settings"), written_on=DAY + timedelta(days=6)
    )
    body = letter.body.replace("\u00a0", " ")
    assert body.startswith(
        "Datum: 28-11-2026\n\nGeachte Name C1,\n\nMogelijk is onderstaande factuur aan uw "
    )
    assert (
        "\n\nStand per 22-11-2026:\n- F1 van 18-10-2026, vervallen op 17-11-2026: € 1.234,50 (5 dagen" in body
    )
    assert (letter.as_of, letter.written_on) == (DAY, date(2026, 11, 28))


def test_letters_about_one_and_about_several_invoices_are_worded_so(shared_desk):
    shared_desk.load(
        customers=[customer("C1"), customer("C2")],
        invoices=[invoice("F1", "C1", 5), invoice("G1", "C2", 5), invoice("G2", "C2", 6)],
    )
    assert "Mogelijk is onderstaande factuur aan uw aandacht ontsnapt." in written(shared_desk).body
    assert "Mogelijk zijn onderstaande facturen aan uw aandacht" in written(shared_desk, "C2").body


@pytest.mark.slow
def test_a_reminder_ahead_says_so_where_the_due_day_came_before_the_letter(desk):
    """Due in four days from the figures: still ahead in a letter of three days later, not of four."""
    late, late_paid = habits("C1", 9)
    desk.load(customers=[customer("C1")], invoices=[*late, invoice("F1", "C1", -4)], payments=late_paid)
    day_list = worklist.worklist(desk.books(), as_of=DAY)
    settings = desk.books().ask("settings")
    letters = [
        reminders.reminders(day_list, day_list.lines, settings, written_on=DAY + timedelta(days=after))
        for after in (3, 4)
    ]
    assert [("binnenkort" in letter.body, "dezer dagen" in letter.body) for (letter,) in letters] == [
        (True, False), (False, True),
    ]  # fmt: skip


def test_the_signature_says_who_writes_and_where_they_are_found(shared_desk):
    shared_desk.load(customers=[customer("C1")], invoices=[invoice("F1", "C1", 5)])
    sender = Sender(
        name="Wij BV", contact="A. Bakker", street="Kade 1", postcode="3511 AB", city="Utrecht",
        kvk="12345678", email="wij@example.org", phone="030-1",
    )  # fmt: skip
    assert written(shared_desk, sender=sender).body.endswith(
        "Met vriendelijke groet,\nA. Bakker\nWij BV\nKade 1\n3511 AB Utrecht\nwij@example.org\n030-1\n"
        "KvK 12345678\n"
    )


def test_customers_without_a_language_are_written_to_in_that_of_the_company(shared_desk):
    shared_desk.load(
        customers=[customer("C1", language=""), customer("C2", language="nl")],
        invoices=[invoice("F1", "C1", 5), invoice("G1", "C2", 5)],
    )
    sender = Sender(language="en")
    assert [written(shared_desk, who, sender).language for who in ("C1", "C2")] == ["en", "nl"]
