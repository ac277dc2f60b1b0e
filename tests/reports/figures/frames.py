"""Frames to draw, and what a figure says, for the tests of the figures."""

from datetime import date
from decimal import Decimal

import plotly.graph_objects as go
import polars as pl
import pytest

from reports.colours import DARK, LIGHT

BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


HOSTILE = '<a href="https://evil.example">Pay</a> %{x} $x^2$ <b>B</b>\n{{y}}'


NBSP = "\u00a0"


def buckets(*amounts: int) -> pl.DataFrame:
    names = ["not_due", "d1_30", "d31_60", "d61_90", "d90_plus"]
    total = sum(amount for amount in amounts if amount > 0)
    return pl.DataFrame(
        {
            "bucket": ["unapplied", *names],
            "position": [-1, 0, 1, 2, 3, 4],
            "open_amount": [Decimal(-50), *(Decimal(amount) for amount in amounts)],
            "invoices_open": [None, *(max(Decimal(0), Decimal(amount)) for amount in amounts)],
            "share": [None, *(max(0, amount) / total for amount in amounts)],
        }
    )


def trend(late: list[list[int]]) -> pl.DataFrame:
    columns = ["d1_30", "d31_60", "d61_90", "d90_plus"]
    weeks = [date(2026, 11, 8), date(2026, 11, 15), date(2026, 11, 22)]
    rows = [
        {"as_of": day, "not_due": Decimal(9000)}
        | {name: Decimal(amount) for name, amount in zip(columns, amounts, strict=True)}
        for day, amounts in zip(weeks, late, strict=True)
    ]
    return pl.DataFrame(rows)


def segment_rows(*names: str | None) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "segment": list(names),
            "customers": [41, 1][: len(names)],
            "open_amount": [Decimal(2000), Decimal(1000)][: len(names)],
            "overdue_amount": [Decimal(624), Decimal(94)][: len(names)],
            "overdue_share": [0.312, 0.094][: len(names)],
        },
        schema_overrides={"segment": pl.String},
    )


def texts(fig: go.Figure) -> list[str]:
    return [note.text for note in fig.layout.annotations]


def kpis(**columns: list[float | None]) -> pl.DataFrame:
    return pl.DataFrame({"as_of": [date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 22)], **columns})
