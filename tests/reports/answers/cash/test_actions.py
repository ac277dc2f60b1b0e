"""Actions before the low point: what each brings at most, worked out by hand; in words that run no name."""

from datetime import timedelta
from decimal import Decimal

import polars as pl
import pytest

from pages.parts.widgets import escape
from reports import language
from reports.answers.cash import actions, actions_text
from reports.answers.cash.actions import Action
from reports.answers.forecast.cash_forecast import CashForecast, cash_forecast
from reports.answers.forecast.variance.frozen_runs import MONEY
from tests.apps import words
from tests.books import AS_OF, weekly_book
from tests.forecasts import HOSTILE, SUNDAY
from tests.forecasts import forecast as made_up

pytestmark = pytest.mark.usefixtures("english")


LATE, SOON = SUNDAY - timedelta(days=12), SUNDAY + timedelta(days=9)
LOW_END = SUNDAY + timedelta(days=14)  # week 49, the second
# document: customer, due date, open, expected in week 1 and 2 (of 3), state
BOOK = {
    "A1": ("A", LATE, "100.00", 30.004, 20.0, ""),  # 50.00 more
    "A2": ("A", SUNDAY - timedelta(days=3), "40.00", 10.0, 5.5, "reminded"),  # 24.50 more
    "A3": ("A", LATE, "500.00", 1.0, 1.0, "disputed"),  # 498.00 not expected, 60.00 disputed
    "A4": ("A", LATE, "300.00", 0.0, 0.0, "promised"),  # somebody said when: no call before that
    "B1": ("B", LATE, "70.00", 0.0, 10.0, "promise_broken"),  # 60.00 more
    "B2": ("B", SOON, "80.00", 20.0, 10.0, ""),  # 37.5% chance by then: 50.00 more
    "B3": ("B", SOON, "80.00", 20.0, 20.0, ""),  # 50%: not seldom
    "B4": ("B", LOW_END + timedelta(days=1), "900.00", 0.0, 0.0, ""),  # due after the low week
    "C1": ("C", LATE, "-30.00", -10.0, -5.0, "credit_note"),
}


def payments(*lines: tuple[str, int, str, str]) -> pl.DataFrame:
    """Payments out: id, days after the Sunday, category, amount."""
    return pl.DataFrame(
        {
            "pay_date": [SUNDAY + timedelta(days=days) for _id, days, _what, _amount in lines],
            "source": ["bill"] * len(lines),
            "line_id": [line[0] for line in lines],
            "label": [HOSTILE] * len(lines),
            "category": [line[2] for line in lines],
            "amount": pl.Series([Decimal(line[3]) for line in lines], dtype=MONEY),
        }
    )


def made(documents: dict[str, tuple] = BOOK, lines: pl.DataFrame | None = None, **changed) -> CashForecast:
    invoices = pl.DataFrame(
        [
            {"document_id": number, "instalment": 0, "customer_id": who, "due_date": due,
             "open_amount": Decimal(amount), "expected_amount": Decimal(amount),
             "week_1": first, "week_2": second, "week_3": 1.0}
            for number, (who, due, amount, first, second, _state) in documents.items()
        ]
    )  # fmt: skip
    out = payments(("P1", 3, "payroll", "9000.00")) if lines is None else lines
    return made_up(
        900,
        400,
        600,
        **(
            {"invoices": invoices, "payments": out, "minimum": Decimal(0), "risks": (0.0, 0.1, 0.0)} | changed
        ),
    )


def items(documents: dict[str, tuple] = BOOK) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "invoice_id": list(documents),
            "customer_name": [
                HOSTILE if who == "A" else f"Klant {who}" for who, *_rest in documents.values()
            ],
            "state": [row[-1] for row in documents.values()],
        }
    )


def disputes(*rows: tuple[str, str, bool]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "invoice_id": [row[0] for row in rows],
            "amount": pl.Series([Decimal(row[1]) for row in rows], dtype=MONEY),
            "is_open": [row[2] for row in rows],
            "days_open": [20] * len(rows),
            "reason": ["price"] * len(rows),
        }
    )


DISPUTED = disputes(("A3", "60.00", True), ("A3", "400.00", False))


def proposed(*kinds: str, **changed) -> list[Action]:
    """All the actions of some kinds: asked alone, so that none is crowded out."""
    found = []
    for number, row in BOOK.items():
        one = {number: row}
        found += actions.propose(made(one, **changed), items(one), DISPUTED)
    return [one for one in found if one.kind in kinds]


def test_each_effect_is_what_is_not_expected_by_the_end_of_the_low_week():
    found = proposed("collect", "dispute", "promise", "confirm")
    assert [(one.kind, one.rows["invoice_id"][0], one.amount) for one in found] == [
        ("collect", "A1", Decimal("50.00")),
        ("collect", "A2", Decimal("24.50")),
        ("dispute", "A3", Decimal("60.00")),
        ("promise", "B1", Decimal("60.00")),
        ("confirm", "B2", Decimal("50.00")),
    ]


def test_three_are_chosen_by_effect_and_their_rows_add_up():
    chosen = actions.propose(made(), items(), DISPUTED)
    assert [(one.kind, one.customer_id, one.amount) for one in chosen] == [
        ("collect", "A", Decimal("74.50")),  # A1 and A2 together
        ("dispute", "A", Decimal("60.00")),
        ("promise", "B", Decimal("60.00")),
    ]
    for one in chosen:
        assert sum(one.rows["amount"], Decimal(0)) == one.amount
    together = actions_text.rows(chosen)
    assert sum(together["amount"], Decimal(0)) == Decimal("194.50")


def test_never_more_than_two_of_a_kind():
    late = {f"{who}1": (who, LATE, "1000.00", 0.0, 0.0, "") for who in "ABCD"}
    chosen = actions.propose(made(late | {"B2": BOOK["B2"]}), items(late), DISPUTED)
    assert [one.kind for one in chosen] == ["collect", "collect", "confirm"]


def test_a_dispute_blocks_no_more_than_is_not_expected():
    one = {"A3": BOOK["A3"]}
    chosen = actions.propose(made(one), items(one), disputes(("A3", "700.00", True)))
    assert [(action.kind, action.amount) for action in chosen] == [("dispute", Decimal("498.00"))]
    assert actions.propose(made(one), items(one), disputes(("A3", "60.00", False))) == []


@pytest.mark.parametrize(
    ("days", "category", "moved"),
    [
        (1, "suppliers", True),
        (14, "suppliers", True),
        (15, "suppliers", False),
        (14, "payroll", False),
        (14, "vat", False),
        (14, "tax", False),
    ],
)
def test_only_a_suppliers_bill_shortly_before_the_end_of_the_low_week_is_moved(days, category, moved):
    credit = {"C1": BOOK["C1"]}
    lines = payments(("I1", days, category, "120.00"))
    chosen = actions.propose(made(credit, lines), items(credit), DISPUTED)
    assert [(one.kind, one.amount) for one in chosen] == ([("move", Decimal("120.00"))] if moved else [])


def test_where_no_week_up_to_the_low_one_is_tight_suppliers_are_paid_on_their_day():
    credit = {"C1": BOOK["C1"]}
    lines = payments(("I1", 3, "suppliers", "120.00"))
    for risks, moved in (((0.1, 0.0, 0.0), 1), ((0.09, 0.09, 0.5), 0)):
        chosen = actions.propose(made(credit, lines, risks=risks), items(credit), DISPUTED)
        assert [one.kind for one in chosen] == ["move"] * moved


def test_the_bank_is_told_when_one_time_in_ten_falls_short():
    credit = {"C1": BOOK["C1"]}

    def ask(minimum: str, line: str | None = None, **changed) -> list[Action]:
        found = made(credit, minimum=Decimal(minimum), **changed)
        return actions.propose(found, items(credit), DISPUTED, credit_line=line and Decimal(line))

    # The low week closes at 400; one time in ten at 200.
    assert ask("200.00") == []
    [short] = ask("350.50")
    assert (short.kind, short.amount) == ("bank", Decimal("150.50"))
    low = actions.low_week(made(credit))
    assert actions_text.title(short) == "Talk to the bank in time"
    assert actions_text.title(ask("350.50", "1000.00")[0]) == "Draw on the credit line"
    assert actions_text.title(ask("350.50", "100.00")[0]) == "Talk to the bank in time"
    assert actions_text.reason(short, low, "EUR") == (
        "One time in ten the balance is €150 below the minimum by week 49"
    )
    assert ask("350.50", opening_known=False) == []


def test_the_words_say_what_to_do_how_much_and_by_when():
    chosen = actions.propose(made(), items(), DISPUTED)
    low = actions.low_week(made())
    assert (
        actions_text.finding(chosen, low, "EUR").title == "3 actions: at most €195 more by the end of week 49"
    )
    assert [actions_text.title(one) for one in chosen] == [
        f"Collect the overdue invoices of {HOSTILE}",
        f"Settle the dispute about A3 of {HOSTILE}",
        "Call Klant B about the broken promise",
    ]
    assert [actions_text.reason(one, low, "EUR") for one in chosen] == [
        "2 overdue invoices, not disputed; the oldest 12 days late",
        "Open for 20 days: price",
        "1 invoice with a promise that was not kept",
    ]
    assert actions_text.effect(chosen[0], "EUR") == "at most €75"
    assert "<a" not in escape.plain(actions_text.title(chosen[0])).replace("\\<", "")
    language.use("nl")
    assert actions_text.title(chosen[2]) == "Bel Klant B over de toezegging die niet is nagekomen"
    assert actions_text.finding(chosen, low, "EUR").title.startswith("3 acties: hooguit €\u00a0195 meer")
    assert actions_text.finding([], low, "EUR").title == "Niets groots te doen vóór het dieptepunt"


def test_an_action_opens_the_customer_or_the_week():
    chosen = actions.propose(made(), items(), DISPUTED)
    low = actions.low_week(made())
    assert actions_text.link(chosen[0], low) == ("customer", {"customer": "A"})
    credit = {"C1": BOOK["C1"]}
    [bill] = actions.propose(
        made(credit, payments(("I1", 3, "suppliers", "120.00"))), items(credit), DISPUTED
    )
    assert actions_text.link(bill, low) == (
        "liquidity_forecast", {"week": "2026-11-23", "part": None, "at": "week"},
    )  # fmt: skip


@pytest.mark.slow
def test_the_page_shows_the_actions_of_a_regular_ledger(desk, open_page):
    desk.load(
        **weekly_book(until=AS_OF),
        bank_balances=[("NL1", "EUR", AS_OF, "50000.00")],
        bills=[("B1", "[x](http://e.vil)", AS_OF, AS_OF + timedelta(days=3), "EUR", "99000.00", "")],
    )
    app = open_page("", as_of=AS_OF.isoformat())
    found = cash_forecast(desk.books(), as_of=AS_OF)
    chosen = actions.propose(
        found, desk.books().ask("open_items", as_of=AS_OF), desk.books().ask("disputes", as_of=AS_OF)
    )
    assert not app.error
    assert {one.kind: one.amount for one in chosen}["move"] == Decimal("99000.00")
    assert actions_text.finding(chosen, actions.low_week(found), "EUR").title in words(app)
    labels = [link.label for link in app.get("page_link")]
    assert any("Pay \\[x\\]" in label for label in labels)
