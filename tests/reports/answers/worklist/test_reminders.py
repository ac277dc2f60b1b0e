"""Reminders: what a text holds, files no name can break, and screens that show names letter by letter."""

import csv
import email
import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from email import policy

import pytest

from reports import language
from reports.answers.worklist import reminder_text, reminders, worklist
from reports.answers.worklist import text as worklist_text
from reports.answers.worklist.reminder_text import Company
from reports.packs import letters
from tests.apps import words
from tests.markup import LIVE
from tests.reports.answers.worklist.test_worklist import ago, contact, customer, invoice

pytestmark = pytest.mark.usefixtures("english")

DAY = date(2026, 11, 22)
SENDER = Company(
    "Zilver & Zn", "ar@example.org", "030-1", "NL91ABNA0417164300", "https://pay.example/{invoice}?a={amount}&c={currency}"
)  # fmt: skip
HOSTILE = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "![x](http://evil.example/a.png)",
    "[click](http://evil.example)",
    "$\\frac{1}{2}$",
    ":material/delete:",
    ":smile: :red[x]",
    "=1+1",
    "+31 6",
    "-2+3",
    "@SUM(A1)",
    "\uff1d1+1",
    "`code` **bold** _x_",
    "http://evil.example www.evil.example a@evil.example",
    "\u202egnp.exe",
    "Bcc: x@evil.example",
)


def written(desk, who: str = "C1", sender: Company = SENDER, day: date = DAY) -> reminders.Reminder:
    listed = worklist.worklist(desk.books(), as_of=day)
    line = next(row for row in listed.lines.to_dicts() if row["customer_id"] == who)
    return reminders.reminder(line, worklist.covered(listed.items, who), sender, day)


def test_a_friendly_reminder_lists_what_is_late_in_the_customers_language(desk):
    desk.load(
        customers=[customer("C1"), customer("C2", language="en-GB"), customer("C3", language="")],
        invoices=[
            invoice("F1", "C1", 5, "1234.50"), invoice("F2", "C1", 1, "10.00"), invoice("G1", "C2", 5),
            invoice("K1", "C3", 5),
        ],
    )  # fmt: skip
    one = written(desk)
    assert (one.language, one.step, one.email) == ("nl", "friendly_reminder", "c1@example.org")
    assert "Geachte Name C1," in one.body
    assert "F1 van 18-10-2026, vervallen op 17-11-2026: € 1.234,50 (5 dagen te laat)" in one.body.replace(
        "\u00a0", " "
    )
    assert "Samen: €\u00a01.244,50" in one.body
    assert "NL91 ABNA 0417 1643 00 ten name van Zilver & Zn" in one.body
    assert "Betalingskenmerk: F1, F2" in one.body
    assert one.links == (
        "https://pay.example/F1?a=1234.50&c=EUR", "https://pay.example/F2?a=10.00&c=EUR",
    )  # fmt: skip
    other = written(desk, "C2")
    assert other.language == "en"
    assert "Dear Name C2," in other.body
    assert "G1 of 18 Oct 2026, due 17 Nov 2026: €100.00 (5 days late)" in other.body
    assert written(desk, "C3").language == "nl"
    assert language.current() == "en"  # whoever reads the screen is left alone


def test_a_demand_is_about_its_own_invoices_and_names_the_others_apart(desk):
    desk.load(
        customers=[customer("C1", language="en", preferred_method="Bank transfer")],
        invoices=[invoice("F1", "C1", 30, "300.00"), invoice("F2", "C1", 5, "20.00")],
        contacts=[contact("F1", "C1", 10, "formal_reminder")],
    )
    one = written(desk)
    assert (one.step, one.invoices, one.totals) == ("final_demand", ("F1",), "€300.00")
    main, _sep, besides = one.body.partition("Past due as well, and not part of this letter:")
    assert "F1 of" in main
    assert "F2 of" not in main
    assert "F2 of" in besides
    assert "notice of default" in main
    assert "You usually pay by: Bank transfer" in one.body
    assert "Payment reference: F1\n" in one.body


def test_a_line_and_its_letter_are_about_the_same_invoices(desk):
    desk.load(
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
    (line,) = worklist.worklist(desk.books(), as_of=DAY).lines.to_dicts()
    one = written(desk)
    assert (line["step"], line["invoices"], line["amount"]) == ("hand_over", 2, Decimal("400.00"))
    assert (sorted(one.invoices), one.totals) == (["F1", "F4"], "€400.00")
    assert (line["besides_invoices"], line["besides_amount"]) == (3, Decimal("24.50"))
    assert worklist_text.brief(line) == "2 invoices"


def test_a_missed_instalment_of_a_plan_is_asked_for_and_not_the_whole_invoice(desk):
    desk.load(
        customers=[customer("C1", language="en")],
        invoices=[invoice("F1", "C1", 100, "1000.00")],
        payment_plans=[
            ("F1", ago(60), ago(30), "100.00"), ("F1", ago(60), ago(9), "150.00"),
            ("F1", ago(60), ago(0), "250.00"), ("F1", ago(60), ago(-60), "500.00"),
        ],
        # Before the plan, and of the instalment 30 days ago of which the last part came late.
        contacts=[contact("F1", "C1", 70, "final_demand"), contact("F1", "C1", 25, "friendly_reminder")],
        payments=[("P1", "C1", "F1", ago(40), "EUR", "80.00"), ("P2", "C1", "F1", ago(20), "EUR", "60.00")],
    )  # fmt: skip
    # 140 was paid since: all of the first 100 and 40 of the 150; today's 250 has its day until the end of it.
    listed = worklist.worklist(desk.books(), as_of=DAY)
    (row,) = listed.items.to_dicts()
    assert (row["open_amount"], row["asked_amount"]) == (Decimal("860.00"), Decimal("110.00"))
    assert (row["overdue_since"], row["days_overdue"]) == (DAY - timedelta(days=9), 9)
    assert (row["step"], row["waits"], row["step_done"]) == ("friendly_reminder", None, None)
    (line,) = listed.lines.to_dicts()
    assert (line["amount"], line["overdue_amount"], line["days_overdue"]) == (
        Decimal("110.00"), Decimal("110.00"), 9,
    )  # fmt: skip
    one = written(desk)
    assert (one.step, one.totals, one.links) == (
        "friendly_reminder", "€110.00", ("https://pay.example/F1?a=110.00&c=EUR",),
    )  # fmt: skip
    plan = (
        "F1 of 15 Jul 2026, by the payment plan of 23 Sep 2026 due since 13 Nov 2026: €110.00 (9 days late)"
    )
    assert plan in one.body
    assert "860" not in one.body
    # A day on the third instalment is asked for as well: 110 + 250, from the day of the second.
    (later,) = worklist.worklist(desk.books(), as_of=DAY + timedelta(days=1)).items.to_dicts()
    assert (later["asked_amount"], later["days_overdue"]) == (Decimal("360.00"), 10)
    # Paid: it waits for the next one.
    desk.load(payments=[("P3", "C1", "F1", ago(0), "EUR", "110.00")])
    (kept,) = worklist.worklist(desk.books(), as_of=DAY).items.to_dicts()
    assert (kept["waits"], kept["waits_until"], kept["asked_amount"]) == ("plan", DAY, Decimal("0.00"))


def test_what_a_plan_asks_for_is_of_the_parts_due_first_and_in_the_currency_that_is_shown(desk):
    desk.load(
        customers=[customer("C1", language="en")],
        invoices=[invoice("F1", "C1", 50, "300.00", currency="USD")],
        instalments=[("F1", ago(50), "100.00"), ("F1", ago(-40), "120.00"), ("F1", ago(-80), "80.00")],
        payment_plans=[("F1", ago(30), ago(8), "150.00"), ("F1", ago(30), ago(-8), "150.00")],
        fx_rates=[("2026-01-01", "USD", "0.5")], settings=[("reporting_currency", "EUR")],
    )  # fmt: skip
    listed = worklist.worklist(desk.books(), as_of=DAY)
    # 150 dollars: the part of 100 whole and 50 of the part of 120, though its own due date is far off.
    assert listed.items.select("document_asked_amount", "asked_amount", "days_overdue").rows() == [
        (Decimal("100.00"), Decimal("50.00"), 8), (Decimal("50.00"), Decimal("25.00"), 8),
    ]  # fmt: skip
    assert listed.lines["amount"].to_list() == [Decimal("75.00")]
    assert written(desk).totals == "$150.00"


def test_a_friendly_line_is_of_all_that_is_late_as_its_letter_is(desk):
    desk.load(
        customers=[customer("C1", language="en")],
        invoices=[invoice("F1", "C1", 5, "30.00"), invoice("F2", "C1", 1, "2.00")],
    )
    (line,) = worklist.worklist(desk.books(), as_of=DAY).lines.to_dicts()
    assert (line["invoices"], line["amount"], line["besides_invoices"]) == (2, Decimal("32.00"), 0)
    assert written(desk).totals == "€32.00"


def test_a_letter_asks_for_the_rest_and_names_what_was_promised(desk):
    desk.load(
        customers=[customer("C1", language="en")],
        invoices=[invoice("F1", "C1", 10)],
        promises=[("F1", ago(3), ago(-4), "30.00")],
    )
    one = written(desk)
    assert "€70.00 (10 days late); besides this €30.00 was promised for 26 Nov 2026\n" in one.body
    assert one.totals == "€70.00"


def test_after_a_broken_promise_the_letter_asks_for_a_new_day(desk):
    desk.load(
        customers=[customer("C1", language="en")],
        invoices=[invoice("F1", "C1", 10)],
        promises=[("F1", DAY - timedelta(days=8), DAY - timedelta(days=2), "100.00")],
    )
    one = written(desk)
    assert (one.step, one.subject) == ("call", "The agreed payment of F1")
    assert "On which day can we count on it?" in one.body
    assert "escaped your notice" not in one.body


def test_the_14_day_notice_names_the_costs_the_law_allows(desk):
    desk.load(
        customers=[customer("C1", language="en", customer_type="consumer")],
        invoices=[invoice("F1", "C1", 30, "900.00"), invoice("F2", "C1", 28, "100.00")],
        contacts=[contact(one, "C1", 10, "formal_reminder") for one in ("F1", "F2")],
    )
    one = written(desk)
    assert one.step == "notice_14_days"
    # 15% of 1,000 together.
    assert "collection costs of €150.00" in one.body
    assert "fourteen days" in one.body


@pytest.mark.parametrize(
    ("principal", "costs"),
    [("300", "45.00"), ("100", "40.00"), ("1000", "150.00"), ("5000", "625.00"), ("10000", "875.00"),
     ("200000", "2775.00"), ("3000000", "6775.00")],
)  # fmt: skip
def test_collection_costs_are_those_of_the_decree(principal, costs):
    assert reminder_text.notice_costs(Decimal(principal)) == Decimal(costs)


def test_each_currency_is_added_up_apart(desk):
    desk.load(
        customers=[customer("C1", language="en")],
        invoices=[invoice("F1", "C1", 5, "100.00"), invoice("F2", "C1", 5, "50.00", currency="USD")],
        fx_rates=[("2026-01-01", "USD", "0.9")],
        settings=[("reporting_currency", "EUR")],
    )
    assert written(desk).totals == "€100.00, $50.00"


def test_without_settings_no_account_link_or_name_is_made_up(desk):
    desk.load(customers=[customer("C1")], invoices=[invoice("F1", "C1", 5)])
    one = written(desk, sender=Company())
    assert one.links == ()
    assert "Rekening" not in one.body
    assert one.body.endswith("Met vriendelijke groet,\n")


def test_a_link_is_closed_to_whatever_a_number_holds():
    row = {
        "invoice_id": "F/1?x=1&a=0#<b> \n", "document_asked_amount": Decimal("5.00"), "currency": "EUR",
        "customer_id": "../C 1",
    }  # fmt: skip
    link = reminders.payment_link("https://pay.example/{invoice}/{customer}?a={amount}&c={currency}", row)
    assert link == "https://pay.example/F%2F1%3Fx%3D1%26a%3D0%23%3Cb%3E%20%0A/..%2FC%201?a=5.00&c=EUR"


def test_a_draft_has_the_headers_of_a_mail_and_no_others_whatever_the_name(desk):
    one = reminders.Reminder(
        customer_id="C1", customer_name="A\r\nBcc: thief@evil.example\r\n\r\nhello", email="a@example.org",
        language="nl", step="call", subject="Betaling van F1\r\nX-Evil: 1",
        body="Regel één\n\nBedrag: € 5,00\n",
        invoices=("F1",), totals="€ 5,00", links=(),
    )  # fmt: skip
    raw = letters.eml_bytes(one, SENDER)
    message = email.message_from_bytes(raw, policy=policy.default)
    assert sorted(message.keys()) == sorted(
        [
            "Subject", "To", "From", "X-Unsent", "Content-Language", "Content-Type",
            "Content-Transfer-Encoding", "MIME-Version",
        ]
    )  # fmt: skip
    assert message["Subject"] == "Betaling van F1 X-Evil: 1"
    assert [address.addr_spec for address in message["To"].addresses] == ["a@example.org"]
    assert message["To"].addresses[0].display_name == "A Bcc: thief@evil.example hello"
    assert message["From"].addresses[0].addr_spec == "ar@example.org"
    assert message.get_content().replace("\r\n", "\n") == one.body
    # An address that is none, or several, is left out.
    for bad in ("", "x", "a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example", "<a@b.example>"):
        parsed = email.message_from_bytes(
            letters.eml_bytes(reminders.Reminder(**{**one.__dict__, "email": bad}), SENDER),
            policy=policy.default,
        )
        assert parsed["To"] is None
        assert parsed["Bcc"] is None


def test_the_batch_holds_a_draft_per_customer_and_a_table_without_live_cells(desk):
    names = list(HOSTILE)
    desk.load(
        customers=[
            *(customer(f"C{n:02}", customer_name=name) for n, name in enumerate(names)),
            customer("C/1", email="c@example.org"), customer("C-1"),
        ],
        invoices=[
            *(invoice(f"F{n}", f"C{n:02}", 5, "10.00") for n in range(len(names))),
            invoice("=F", "C/1", 5), invoice("G", "C-1", 5),
        ],
    )  # fmt: skip
    listed = worklist.worklist(desk.books(), as_of=DAY)
    made = reminders.all_of(listed, listed.lines, SENDER)
    packed = letters.batch_bytes(made, SENDER)
    assert letters.batch_bytes(made, SENDER) == packed
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        files = archive.namelist()
        assert len(files) == len(set(files)) == len(made) + 1 == len(names) + 3
        assert all("/" not in name and "\\" not in name and ".." not in name for name in files)
        rows = list(csv.DictReader(io.StringIO(archive.read("mail-merge.csv").decode("utf-8-sig"))))
        for row in rows:
            assert not any(
                (cell or "").startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d")) for cell in row.values()
            )
            assert row["file"] in files
            message = email.message_from_bytes(archive.read(row["file"]), policy=policy.default)
            assert message["Bcc"] is None
            assert len(message["To"].addresses) == 1
    assert {row["customer_id"] for row in rows} == set(listed.lines["customer_id"])
    safe = {row["customer_name"].removeprefix("'") for row in rows}
    assert {name for name in names if "\u202e" not in name} <= safe


@pytest.mark.slow  # in a real browser too, with what is exported
@pytest.mark.parametrize("name", ["worklist", "early_warning"])
def test_no_name_becomes_markup_on_the_screens(desk, open_page, name):
    desk.load(
        customers=[
            customer(f"C{n:02}", customer_name=one, account_manager=one) for n, one in enumerate(HOSTILE)
        ],
        invoices=[invoice(f"F{n}", f"C{n:02}", 20, f"{100 + n}.00") for n in range(len(HOSTILE))],
    )
    for number in range(len(HOSTILE)):
        page = open_page(name, as_of=DAY.isoformat(), customer=f"C{number:02}")
        assert not page.error
        drawn = [*page.header, *page.caption, *page.markdown, *page.warning]
        texts = [str(part.value) for part in drawn] + [str(link.label) for link in page.get("page_link")]
        for text in texts:
            assert not LIVE.search(text), text
            assert "www.evil" not in text


def test_the_early_warning_screen_opens_a_customer_filters_and_mutes(desk, open_page):
    desk.load(
        customers=[customer("C1", account_manager="Anna"), customer("C2", account_manager="Bas")],
        invoices=[invoice("F1", "C1", 40, "900.00"), invoice("G1", "C2", 40)],
    )
    page = open_page("early_warning", as_of=DAY.isoformat())
    assert "2 customers give a warning: €1,000 at risk" in words(page)
    assert "100% of what is open is overdue, above 50%: €900. · since" in words(page)
    assert "1 customer gives a warning: €100 at risk" in words(
        open_page("early_warning", as_of=DAY.isoformat(), manager="Bas")
    )
    page = open_page("early_warning", as_of=DAY.isoformat(), customer="C1")
    assert page.dataframe[0].value["invoice_id"].to_list() == ["F1"]
    next(one for one in page.text_input if one.label == "Reason").set_value("agreed by phone")
    next(one for one in page.button if one.label == "Mute").click().run()
    assert not page.exception
    assert "1 customer gives a warning: €100 at risk" in words(page)
    assert desk.ask("mutes", as_of=DAY)[0]["reason"] == "agreed by phone"
    assert desk.ask("mutes", as_of=DAY)[0]["until"] == DAY + timedelta(days=30)
