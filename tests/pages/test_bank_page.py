"""The Bank screen: what waits, deciding on it, publishing and undoing."""

from datetime import date

import pytest

from tests.apps import words

pytestmark = [pytest.mark.usefixtures("english"), pytest.mark.slow]

DAY = "2026-11-20"
HOSTILE = "**x** [a](http://evil.example) <b>$1$ :material/home:"
BOOKS = {
    "customers": [
        ("C1", "Bakkerij Jansen", "retail", "NL", 30, ""), ("C2", "Smederij Smit", "retail", "NL", 30, ""),
    ],
    "invoices": [
        ("F2026-101", "C1", "invoice", date(2026, 10, 5), date(2026, 11, 4), "EUR", "121.00"),
        ("F2026-102", "C1", "invoice", date(2026, 10, 9), date(2026, 11, 8), "EUR", "60.50"),
        ("F2026-103", "C2", "invoice", date(2026, 10, 9), date(2026, 11, 8), "EUR", "310.00"),
    ],
}  # fmt: skip


def entry(name, day, amount, counterparty, description, **more):
    return {
        "entry_id": name, "account": "NL01BANK", "currency": "EUR", "entry_date": day, "amount": amount,
        "counterparty": counterparty, "description": description, **more,
    }  # fmt: skip


ENTRIES = [
    entry("E1", date(2026, 11, 16), "121.00", "BAKKERIJ JANSEN", "Factuur F2026-101"),
    entry("E2", date(2026, 11, 17), "100.00", "SMIT", "F2026-103"),
    {**entry("E3", date(2026, 11, 18), "75.00", HOSTILE, "voor de moeite"), "counterparty_account": "NL99X"},
    entry("E4", date(2026, 11, 19), "-9.95", "DE BANK", "kosten november"),
]


@pytest.fixture
def bank(desk, open_page):
    desk.load(**BOOKS, bank_entries=ENTRIES)

    def run(**address):
        return open_page("bank", as_of=DAY, **address)

    return run


def button(app, key):
    return next(one for one in app.button if one.key == key)


def has_button(app, key):
    return any(one.key == key for one in app.button)


def standing(desk):
    return {
        (row["entry_id"], row["invoice_id"]): (row["status"], str(row["applied_amount"]))
        for row in desk.ask("cash_application", as_of=DAY)
    }


def test_it_says_what_came_in_what_was_applied_and_what_waits(bank):
    app = bank()
    said = words(app)
    # 121 + 100 + 75 came in, 121 was applied: 40.9%; the charge of 9.95 is no receipt.
    assert "€296 received, 40.9% of it applied by itself; 2 entries wait for you" in said
    assert "Its error is not measured yet" in said
    assert "SMIT: €100.00" in said
    assert "F2026-103 of Smederij Smit, €310.00 open" in said
    assert "could not be shown" not in said


def test_a_hostile_name_is_shown_letter_by_letter(bank):
    app = bank(part="unmatched")
    assert HOSTILE.split(maxsplit=1)[0] in words(app)
    raw = "".join(str(one.value) for one in (*app.markdown, *app.header))
    assert "](http://evil.example)" not in raw
    assert "**x**" not in raw


def test_accepted_published_and_undone_the_books_are_as_before(bank, desk):
    before = standing(desk)
    app = bank()
    button(app, "entry-accept").click().run()
    assert "SMIT €100.00 → F2026-103" in words(app)
    assert standing(desk) == before
    button(app, "decisions-save").click().run()
    assert "Published 1 decision" in words(app)
    assert standing(desk)["E2", "F2026-103"] == ("confirmed", "100.00")
    undo = next(one for one in app.button if (one.key or "").startswith("decisions-undo-"))
    undo.click().run()
    assert "1 decision was undone" in words(app)
    assert standing(desk) == before


def test_a_removed_decision_is_not_published(bank):
    app = bank()
    button(app, "entry-accept").click().run()
    button(app, "remove-0").click().run()
    assert not has_button(app, "decisions-save")
    assert "SMIT: €100.00" in words(app)


def test_money_of_nobody_is_divided_over_the_invoices_of_a_customer_that_was_searched(bank, desk):
    app = bank(part="unmatched")
    button(app, "entry-other").click().run()
    app.text_input(key="split-search").input("Jansen").run()
    box = next(one for one in app.multiselect if one.key.endswith("-invoices"))
    box.select("F2026-102").run()
    amount = next(one for one in app.text_input if "-amount-" in (one.key or ""))
    assert amount.value == "60.50"
    amount.input("80").run()
    button(app, "split-add").click().run()
    assert "it is more than the entry" in words(app)
    amount = next(one for one in app.text_input if "-amount-" in (one.key or ""))
    amount.input("60.50").run()
    assert "€60.50 of €75.00 is divided, €14.50 is left" in words(app)
    button(app, "split-add").click().run()
    assert "F2026-102 (€60.50), €14.50 on account of Bakkerij Jansen" in words(app)
    button(app, "decisions-save").click().run()
    assert standing(desk)["E3", "F2026-102"] == ("confirmed", "60.50")
    assert standing(desk)["E3", None] == ("confirmed", "14.50")
    app = bank(part="statements")
    assert "1 account number learned" in words(app)


def test_an_entry_that_somebody_else_decided_on_meanwhile_is_refused(bank, desk):
    app = bank()
    button(app, "entry-accept").click().run()
    desk.load(cash_decisions=[("NL01BANK", "E2", "rejected", "", "", "100.00")])
    button(app, "decisions-save").click().run()
    assert "somebody else decided on 1 of these entries meanwhile" in words(app)
    assert standing(desk)["E2", None][0] == "rejected"


def test_what_was_applied_wrongly_is_turned_down(bank, desk):
    app = bank(part="applied", account="NL01BANK", entry="E1")
    button(app, "entry-not_right").click().run()
    assert "not for F2026-101" in words(app)
    button(app, "decisions-save").click().run()
    assert standing(desk)["E1", "F2026-101"][0] == "rejected"


def test_where_payments_come_from_the_bookkeeping_it_says_that_the_bank_only_proposes(desk, open_page):
    desk.load(**BOOKS, bank_entries=ENTRIES)
    desk.load(payments=[("P1", "C2", "F2026-103", date(2026, 11, 17), "EUR", "100.00")])
    said = words(open_page("bank", as_of=DAY))
    assert "the bank only proposes, and nothing is applied by itself" in said
    assert "Only those of the bookkeeping count until a setting says otherwise" in said


def test_without_entries_it_says_what_to_load(desk, open_page):
    desk.load(**BOOKS)
    said = words(open_page("bank", as_of=DAY))
    assert "Load bank statements (camt.053, MT940, CODA or the CSV of the bank)" in said
    assert "could not be shown" not in said


def test_statements_that_do_not_follow_come_first_and_say_by_how_much(desk, open_page):
    def statement(number, day, opening, closing):
        return {
            "statement_id": number, "account": "NL01BANK", "currency": "EUR", "number": number,
            "from_date": day, "to_date": day, "opening": opening, "closing": closing, "entries": 1,
            "credits": "10.00", "debits": "0.00",
        }  # fmt: skip

    first, second = date(2026, 11, 10), date(2026, 11, 11)
    desk.load(**BOOKS, bank_statements=[
        statement("1", first, "100.00", "110.00"), statement("2", second, "115.00", "132.00"),
    ])  # fmt: skip
    app = open_page("bank", as_of=DAY, part="statements")
    assert "1 statement of 2 does not add up or does not join the one before it" in words(app)
    [table] = [one.value for one in app.dataframe if "trouble" in one.value]
    assert table["number"].to_list() == ["2", "1"]
    assert table["trouble"].to_list() == ["closing +€7.00 off; +€5.00 missing since 10 Nov 2026", ""]


def test_an_entry_of_the_sample_is_said_to_be_right_and_measures_the_error(bank, desk):
    before = standing(desk)
    app = bank(part="sample")
    assert "1 entry drawn for 20\u00a0Nov\u00a02026, 0 checked" in words(app)
    button(app, "entry-right").click().run()
    assert "BAKKERIJ JANSEN €121.00 → applied rightly" in words(app)
    button(app, "decisions-save").click().run()
    said = words(app)
    assert "The 1 entry drawn for 20\u00a0Nov\u00a02026 is checked" in said
    # Wilson's end for no error in one entry: 3.8416 / 4.8416.
    assert "Of 1 drawn entry 0.00% of the money is wrong, in general between 0.00% and 79.35% (95%)." in said
    assert standing(desk) == before
    assert "could not be shown" not in said


def test_the_loads_of_the_bank_are_listed_under_the_statements(bank, desk):
    bank()
    desk.load(bank_entries=[entry("E9", date(2026, 11, 19), "310.00", "SMEDERIJ SMIT", "F2026-103")])
    said = words(bank(part="statements"))
    assert "2 loads brought files of a bank" in said
    assert "could not be shown" not in said
