"""The rows that the bars of the change of receivables open add up to the bars."""

from decimal import Decimal

import pytest

from reports import figures
from reports.answers.cash import movement_rows
from reports.answers.shared.money import total
from reports.answers.shared.rows_behind import RowSource
from reports.colours import LIGHT
from tests.query_books import COMPANY, END, books_of

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory):
    return books_of(tmp_path_factory.mktemp("company"), COMPANY)


def test_every_bar_opens_the_documents_and_payments_that_add_up_to_it(company):
    def ask(name, **own):
        return company.ask(name, as_of=END, **own)

    source = RowSource(ask=ask, as_of=END, currency="EUR")
    row = ask("receivables_moved").row(0, named=True)
    parts = {part.code: part.rows() for part in movement_rows.parts(row, source, 7)}
    bars = figures.movement(row, theme=LIGHT).data[0]
    lengths = {code: length for code, length in zip(bars.ids, bars.x, strict=True) if code.strip() and length}
    # Between 24 and 30 June only the payments on account of 60.00 and 10.00 came.
    assert lengths == {"received": -70.0}
    assert parts["received"].rows.select("payment_id", "amount").rows() == [
        ("P4", Decimal("-60.00")), ("P5", Decimal("-10.00")),
    ]  # fmt: skip
    assert parts["received"].footer == "together -€70.00"


@pytest.mark.parametrize("days", [7, 60, 400])
def test_the_rows_of_every_line_are_that_line_of_the_bridge(company, days):
    row = company.ask("receivables_moved", as_of=END, days=days).row(0, named=True)
    for line in movement_rows.LINES:
        amount = total(company.ask("receivable_movements", as_of=END, days=days, line=line)["amount"])
        assert amount == (row[line] if line in {"invoiced", "exchange", "recovered"} else -row[line]), line
    every = total(company.ask("receivable_movements", as_of=END, days=days)["amount"])
    assert every == row["closing"] - row["opening"]
