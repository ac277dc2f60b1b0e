"""The sentence above a what-if, worked out by hand for each kind of lever."""

import math
from datetime import date
from decimal import Decimal

import pytest

from reports import language
from reports.answers.whatif.headline import headline
from reports.answers.whatif.lever import Lever
from reports.answers.whatif.levers import KINDS
from reports.answers.whatif.levers.discount import yearly_rate
from reports.answers.whatif.outcome_figures import OutcomeFigures
from tests.reports.answers.whatif.scenarios import evaluate_levers, flow

pytestmark = pytest.mark.usefixtures("english")


def sentence(lever: Lever, last: str = "622000.00", most: str | None = None, **more: object) -> str:
    kind = KINDS[lever.kind]
    figures = OutcomeFigures(
        lever=lever,
        subject=f"{kind.label()} {kind.summary(lever)}".strip(),
        customers=lever.segment or "",
        weeks=13,
        currency="EUR",
        last=Decimal(last),
        most=Decimal(most or last),
        most_week=date(2026, 12, 14),
        interest=Decimal("1234.40"),
        cost_of_money=Decimal("0.06"),
        **more,  # type: ignore[arg-type]
    )
    return kind.headline(figures).replace("\xa0", " ").replace("\u202f", " ")


DISCOUNT = Lever("discount", {"percent": Decimal(2), "days": 8, "uptake": Decimal("0.3")})


def test_a_discount_costs_its_share_of_the_rest_for_the_days_it_saves():
    """2% for 33 days: 2/98 x 365/33 = 22.57% a year."""
    assert yearly_rate(0.02, 33) == pytest.approx(0.2257, abs=0.0001)
    assert yearly_rate(0.02, 0) == math.inf


@pytest.mark.parametrize(
    ("band", "verdict"),
    [
        ((0.15, 0.40), ", not worth it"),
        ((0.01, 0.05), ", worth it"),
        ((0.05, 0.40), ""),
        (None, ", not worth it"),
    ],
)
def test_a_discount_has_a_verdict_only_where_all_of_its_band_agrees(band, verdict):
    figures = {"forgone": Decimal("31461.00"), "yearly_rate": 0.2257, "yearly_rate_band": band}
    assert sentence(DISCOUNT, **figures) == (
        f"2% discount brings €622,000 forward and costs €31,461: 22.6% a year against 6% at the bank{verdict}"
    )
    language.use("nl")
    assert sentence(DISCOUNT, **figures).startswith(
        "2% korting haalt € 622.000 naar voren en kost € 31.461: 22,6% per jaar tegen 6% bij de bank"
    )


def test_a_discount_that_saves_no_day_brings_nothing_forward():
    assert sentence(DISCOUNT, "-900.00", forgone=Decimal("900.00")) == (
        "2% discount brings nothing forward and costs €900"
    )


@pytest.mark.parametrize(
    ("lever", "last", "most", "words"),
    [
        # 622,000 x 6% = 37,320 a year.
        (Lever("terms", {"days": 14}), "622000.00", None,
         "Payment term 14 days: €622,000 brought forward in 13 weeks, worth €37,000 a year at 6%"),
        (Lever("terms", {"days": 60}), "-50000.00", None,
         "Payment term 60 days: €50,000 comes in later than these 13 weeks, €3,000 a year at 6%"),
        (Lever("effort", {"days": -5}), "10000.00", None,
         "Reminder effort -5 days: €10,000 brought forward in 13 weeks, worth €600 a year at 6%"),
        (Lever("delay", {"days": 14}), "-100.00", "-54000.00",
         "Customers pay later +14 days: up to €54,000 less in the bank, in wk 51; costs €1,000 at 6%"),
        (Lever("instalments", {"parts": 3, "every_days": 30}), "-100.00", "-9000.00",
         "Payment in instalments 3 parts: up to €9,000 less in the bank, in wk 51; costs €1,000 at 6%"),
        (Lever("supplier_terms", {"change": 7}), "0.00", "8000.00",
         "Supplier terms +7 days: up to €8,000 more in the bank, in wk 51; saves €1,000 at 6%"),
        (Lever("default", {"date": date(2026, 12, 1), "recovery": Decimal(0)}), "-70000.00", None,
         "A customer fails: €70,000 less in the bank after 13 weeks"),
        (Lever("sales", {"percent": Decimal(-10)}), "-40000.00", None,
         "Sales -10.0%: €40,000 less in the bank after 13 weeks"),
        (flow("-25000.00", date(2027, 1, 15)), "-25000.00", None, "€25,000 out on 15 Jan 2027"),
    ],
)  # fmt: skip
def test_each_kind_speaks_of_what_it_is_for(lever, last, most, words):
    assert sentence(lever, last, most) == words


def test_several_levers_speak_together_and_a_target_of_what_must_come_in(tight_ground):
    together = headline(evaluate_levers(tight_ground, flow("900.00"), flow("100.00")), {}, Decimal("0.06"))
    assert (
        together
        == "Together: €1,000 more in the bank after 13 weeks; the lowest balance rises from "
        + (together.split("rises from ")[1])
    )
    day = tight_ground.forecast.as_of.replace(day=30)
    target = Lever("target", {"date": day, "max_overdue": Decimal("0.00")})
    assert headline(evaluate_levers(tight_ground, target), {}, Decimal("0.06")).startswith(
        "At most €0 overdue on "
    )
