"""The rows shown behind a figure add up to the figure, on the demo company and as of any of its days."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from data.demo import write_company
from data.store.load import load
from queries import Books, open_books

DAYS = (date(2026, 6, 30), date(2026, 11, 22))


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
    home = tmp_path_factory.mktemp("rows")
    write_company(home / "files", invoices=700, seed=7, as_of=DAYS[-1])
    load(home / "store", [home / "files"])
    with open_books(home / "store") as opened:
        yield opened


def _mean(rows: pl.DataFrame, days: str) -> float:
    return float(sum(amount * d for amount, d in rows.select("amount", days).iter_rows())) / float(
        rows["amount"].sum()
    )


@pytest.mark.slow
@pytest.mark.parametrize("as_of", DAYS)
def test_payments_give_days_to_pay_and_days_late(books: Books, as_of: date) -> None:
    rows, kpi = books.ask("payments", as_of=as_of), books.ask("kpi", as_of=as_of).row(0, named=True)
    assert rows.height > 20
    assert _mean(rows, "days_to_pay") == pytest.approx(kpi["days_to_pay"])
    assert _mean(rows, "days_late") == pytest.approx(kpi["days_late"])


@pytest.mark.slow
@pytest.mark.parametrize("as_of", DAYS)
def test_what_fell_due_gives_the_on_time_share(books: Books, as_of: date) -> None:
    rows, kpi = books.ask("fallen_due", as_of=as_of), books.ask("kpi", as_of=as_of).row(0, named=True)
    share = float(rows["amount_on_time"].sum()) / float(rows["amount_due"].sum())
    assert 0 < share < 1
    assert share == pytest.approx(kpi["on_time_share"])


@pytest.mark.parametrize("as_of", DAYS)
@pytest.mark.parametrize("period", [90, 365])
def test_what_was_billed_gives_the_billings(books: Books, as_of: date, period: int) -> None:
    rows, kpi = books.ask("billed", as_of=as_of, period=period), books.ask("kpi", as_of=as_of)
    assert rows["amount"].sum() == kpi[f"billings_{period}"].item() != Decimal(0)


@pytest.mark.parametrize("as_of", DAYS)
def test_promises_give_the_kept_shares(books: Books, as_of: date) -> None:
    rows, kpi = books.ask("promises", as_of=as_of), books.ask("kpi", as_of=as_of).row(0, named=True)
    kept = rows.filter("is_kept")
    assert 0 < kept.height < rows.height
    assert kept.height / rows.height == pytest.approx(kpi["promise_kept_share"])
    assert float(kept["amount"].sum()) / float(rows["amount"].sum()) == pytest.approx(
        kpi["promise_kept_amount_share"]
    )


@pytest.mark.parametrize("as_of", DAYS)
def test_issued_invoices_give_the_median_with_open_ones_counted(books: Books, as_of: date) -> None:
    rows, kpi = books.ask("issued_invoices", as_of=as_of), books.ask("kpi", as_of=as_of).row(0, named=True)
    assert rows["is_open"].any()
    left, at_risk = 1.0, rows.height
    # Plain Kaplan-Meier: walk the ages, closings lower what is left, open ones leave the count.
    for age, closed, gone in (
        rows.group_by("days_seen")
        .agg(closed=(~pl.col("is_open")).sum(), gone=pl.len())
        .sort("days_seen")
        .iter_rows()
    ):
        left *= 1 - closed / at_risk
        at_risk -= gone
        if left <= 0.5 + 1e-12:
            assert age == kpi["days_to_pay_with_open"]
            return
    pytest.fail("more than half is open")


def test_every_declared_ledger_balance_of_the_demo_company_agrees(books: Books) -> None:
    rows = books.ask("ledger_reconciliation", as_of=DAYS[-1])
    assert rows.height > 10
    assert rows["ledger_difference"].unique().to_list() == [Decimal("0.00")]
    assert rows["balance_date"].is_sorted(descending=True)


def test_a_declared_balance_is_compared_on_its_own_day_only(books: Books) -> None:
    rows = books.ask("ledger_reconciliation", as_of=DAYS[0])
    assert rows["balance_date"].max() == DAYS[0]
    [tied] = books.ask("tie_out", as_of=DAYS[0], entity=rows["entity"][0]).iter_rows(named=True)
    assert rows["receivables"][0] == tied["receivables"]


@pytest.mark.slow
def test_the_invoices_of_a_due_month_give_its_cells(books: Books) -> None:
    cells = books.ask("cohort_map", as_of=DAYS[1]).drop_nulls("share_collected")
    shares = set()
    for cell in cells.iter_rows(named=True):
        # The last day of the month that comes so many months after the due month.
        after = cell["cohort"].month + cell["months_since_due"]
        until = date(cell["cohort"].year + after // 12, after % 12 + 1, 1) - timedelta(days=1)
        rows = books.ask("due_month_invoices", as_of=DAYS[1], month=cell["cohort"], until=until)
        assert rows["amount_due"].sum() == cell["amount_due"]
        assert set(rows["due_date"].dt.truncate("1mo")) == {cell["cohort"]}
        share = float(rows["collected"].sum()) / float(rows["amount_due"].sum())
        assert min(1.0, max(0.0, share)) == pytest.approx(cell["share_collected"])
        shares.add(round(share, 3))
    assert cells.height > 100
    assert len(shares) > 30


@pytest.mark.slow
@pytest.mark.parametrize("limits", [[30, 60, 90], [14, 45]])
def test_the_invoices_that_moved_give_the_roll_rates(books: Books, limits: list[int]) -> None:
    cells = books.ask("roll_rates", as_of=DAYS[1], limits=limits)
    places = {"paid": -1, "written_off": -2, "not_due": 0}
    places |= {name: n for n, name in enumerate(("d1_30", "d31_60", "d61_90", "d90_plus"), start=1)}
    places |= {f"b{n}": n for n in (1, 2, 3)}
    for cell in cells.iter_rows(named=True):
        rows = books.ask(
            "roll_rate_invoices", as_of=DAYS[1], limits=limits, to=cell["month_end"],
            from_place=places[cell["from_bucket"]], to_place=places[cell["to_bucket"]],
            **{"from": cell["month_end"]},
        )  # fmt: skip
        assert rows["amount"].sum() == cell["amount"] != Decimal(0)
        assert (rows["amount"] <= rows["open_amount"]).all()
    assert cells["month_end"].n_unique() == 12
    of_all_months = books.ask("roll_rate_invoices", as_of=DAYS[1], limits=limits)
    moved = cells.filter(from_bucket="not_due", to_bucket="paid")["amount"].sum()
    assert of_all_months["amount"].sum() == moved
