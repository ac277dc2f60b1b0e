"""Causes of the difference between a forecast and the cash that followed.

A difference in timing disappears by itself. A permanent one does not: the document was credited, written off,
cancelled, or later booked as settled on an earlier day. Billing is documents issued later; the rest is money
on account.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from reports.answers.forecast.variance.frozen_runs import MONEY, ForecastRun, amount_of, expected_receipts
from reports.codes import label
from reports.columns import heading
from reports.formats import about_short
from reports.translation import _, _p

ZERO = Decimal("0.00")
CAUSES = ("timing", "permanent", "billing", "on_account", "payments", "rounding")
NAMED = 3  # customers named per cause
_KEY = ["document_id", "instalment"]
_AMOUNTS = ("open_amount", "expected", "received", "settled_otherwise", "open_now", "expected_now")


@dataclass(frozen=True)
class ReceiptCauses:
    """The receipts a forecast expected compared with those that came, by cause.

    Attributes:
        invoices: one row per document open at the start: customer_id, document_id, instalment, invoice_date,
            due_date, open_amount, expected, received, settled_otherwise, open_now, expected_now, variance,
            timing, permanent, why.
        billed: the same up to `variance` for documents issued since.
        others: the same as `billed` for money on account and for documents unknown to the forecast.
        future: receipts expected from invoices still to be issued: now less then.
        rounding: sum of the weeks less sum of their documents: now less then.
    """

    invoices: pl.DataFrame
    billed: pl.DataFrame
    others: pl.DataFrame
    future: Decimal
    rounding: Decimal

    def amounts(self) -> dict[str, Decimal]:
        """Return the amounts of the causes that concern receipts; they add up to the whole difference."""
        return {
            "timing": amount_of(self.invoices, "timing"),
            "permanent": amount_of(self.invoices, "permanent"),
            "billing": amount_of(self.billed, "variance") + self.future,
            "on_account": amount_of(self.others, "variance"),
            "rounding": self.rounding,
        }


def receipt_causes(
    run: ForecastRun,
    settled: pl.DataFrame,
    *,
    until: date,
    weeks: int,
    now: tuple[ForecastRun, int] | None = None,
) -> ReceiptCauses:
    """Compare the receipts expected in the first weeks of a run with those that came and are expected now.

    Args:
        run: the earlier forecast.
        settled: `settled_since` its day.
        until: last day of `settled`.
        weeks: number of weeks of the earlier forecast.
        now: a later forecast and the number of its weeks in the same period; None: no further receipts are
            expected.
    """
    then = expected_receipts(run, 1, weeks)
    later = expected_receipts(now[0], 1, now[1]) if now else then.clear()
    documents = settled.filter(pl.col("document_id").is_not_null())
    identities = pl.concat(
        frame.select(*_KEY, "customer_id", "invoice_date") for frame in (then, later, documents)
    )
    rows = (
        identities.unique(_KEY, keep="first", maintain_order=True)
        .join(
            then.select(*_KEY, "due_date", "open_amount", "expected", is_known=pl.lit(value=True)),
            on=_KEY,
            how="left",
        )
        .join(
            documents.select(
                *_KEY,
                "settled_otherwise",
                pl.col("received_amount").alias("received"),
                pl.col("open_amount").alias("open_now"),
            ),
            on=_KEY,
            how="left",
        )
        .join(later.select(*_KEY, pl.col("expected").alias("expected_now")), on=_KEY, how="left")
        .with_columns(
            pl.col(_AMOUNTS).fill_null(ZERO).cast(MONEY), is_known=pl.col("is_known").fill_null(value=False)
        )
    )
    is_billed = (pl.col("invoice_date") > run.as_of) & (pl.col("invoice_date") <= until)
    unknown = rows.filter(~pl.col("is_known"))
    on_account = settled.filter(pl.col("document_id").is_null()).select(
        *_KEY, "customer_id", "invoice_date", received=pl.col("received_amount")
    )
    return ReceiptCauses(
        invoices=_with_causes(rows.filter("is_known")),
        billed=_with_amounts(unknown.filter(is_billed)),
        others=_with_amounts(pl.concat([unknown.filter(~is_billed), on_account], how="diagonal")),
        future=(amount_of(now[0].weeks.head(now[1]), "from_future_invoices") if now else ZERO)
        - amount_of(run.weeks.head(weeks), "from_future_invoices"),
        rounding=(_rounding(now[0], later, now[1]) if now else ZERO) - _rounding(run, then, weeks),
    )


def leaders(frame: pl.DataFrame, column: str, names: Mapping[str, str], currency: str) -> str:
    """Return the customers with the largest amounts of a cause; names are not escaped.

    Args:
        frame: with `customer_id` and the column.
        column: an amount.
        names: customer -> its name.
        currency: of the amounts.
    """
    largest = (
        frame.group_by("customer_id").agg(pl.col(column).sum()).filter(pl.col(column) != 0)
        .sort([pl.col(column).abs(), pl.col("customer_id")], descending=[True, False]).head(NAMED)
    )  # fmt: skip
    return ", ".join(
        f"{names.get(customer, customer)} {about_short(amount, currency, sign=True)}"
        for customer, amount in largest.iter_rows()
    )


def details(receipts: ReceiptCauses, names: Mapping[str, str], currency: str) -> dict[str, str]:
    """Return cause -> its largest customers, and billings still to come; names are not escaped.

    Args:
        receipts: of `receipt_causes`.
        names: customer -> its name.
        currency: of the amounts.
    """
    billed = leaders(receipts.billed, "variance", names, currency)
    future = f"{heading('from_future_invoices')} {about_short(receipts.future, currency, sign=True)}"
    return {
        "timing": leaders(receipts.invoices, "timing", names, currency),
        "permanent": leaders(receipts.invoices, "permanent", names, currency),
        "billing": ", ".join(part for part in (future if receipts.future else "", billed) if part),
        "on_account": leaders(receipts.others, "variance", names, currency),
    }


def bridge(amounts: Mapping[str, Decimal], details: Mapping[str, str]) -> pl.DataFrame:
    """Return the causes as steps and their sum: cause, detail, kind (change, end), amount.

    Args:
        amounts: cause -> amount.
        details: cause -> its largest customers.
    """
    steps = [
        (cause_name(cause), details.get(cause, ""), "change", amount)
        for cause, amount in amounts.items()
        if amount
    ]
    end = (_p("cause", "Total"), "", "end", sum(amounts.values(), ZERO))
    return pl.DataFrame(
        [*steps, end],
        schema={"cause": pl.String, "detail": pl.String, "kind": pl.String, "amount": MONEY},
        orient="row",
    )


def cause_name(code: str) -> str:
    """Return the name of a cause; `pay_` and a category is what is paid of that category."""
    if code.startswith("pay_"):
        return label("category", code.removeprefix("pay_"))
    return {
        "timing": _("Earlier or later"),
        "permanent": _("Credited or written off"),
        "billing": _("New and expected invoices"),
        "on_account": _("Receipts without an invoice"),
        "payments": _p("cause", "Payments"),
        "rounding": _p("cause", "Rounding"),
    }[code]


def _rounding(run: ForecastRun, by_document: pl.DataFrame, weeks: int) -> Decimal:
    """Return the receipts from open invoices in the weeks of a run less those of its documents."""
    return amount_of(run.weeks.head(weeks), "from_open_invoices") - amount_of(by_document, "expected")


def _with_amounts(frame: pl.DataFrame) -> pl.DataFrame:
    """Return documents with all their amounts, 0.00 if missing, and the variance they add up to."""
    missing = {name: pl.lit(ZERO, dtype=MONEY) for name in _AMOUNTS} | {
        "due_date": pl.lit(None, dtype=pl.Date)
    }
    return (
        frame.with_columns(
            value.alias(name) for name, value in missing.items() if name not in frame.columns
        )
        .with_columns(pl.col(_AMOUNTS).fill_null(ZERO))
        .with_columns(
            variance=(pl.col("received") + pl.col("expected_now") - pl.col("expected")).cast(MONEY),
        )
        .select(
            "customer_id", "document_id", "instalment", "invoice_date", "due_date", *_AMOUNTS, "variance"
        )
    )  # fmt: skip


def _with_causes(frame: pl.DataFrame) -> pl.DataFrame:
    """Return documents open at the start with their variance split into timing and permanent, and why."""
    frame = _with_amounts(frame)
    missing = -pl.col("variance")
    gone = pl.col("open_amount") - pl.col("received") - pl.col("open_now")
    nothing = pl.lit(ZERO, dtype=MONEY)
    lost = pl.min_horizontal(pl.max_horizontal(missing, nothing), pl.max_horizontal(gone, nothing))
    # A credit note has the opposite sign: if less of it is set off, more cash comes in.
    spared = pl.min_horizontal(pl.max_horizontal(-missing, nothing), pl.max_horizontal(-gone, nothing))
    permanent = pl.when(pl.col("open_amount") >= 0).then(-lost).otherwise(spared)
    settled = pl.when(pl.col("settled_otherwise") == 0).then(pl.lit("corrected")).otherwise(pl.lit("settled"))
    return (
        frame.with_columns(permanent=permanent.cast(MONEY))
        .with_columns(timing=(pl.col("variance") - pl.col("permanent")).cast(MONEY))
        .with_columns(
            why=pl.when(pl.col("permanent") != 0)
            .then(settled)
            .when(pl.col("variance") == 0)
            .then(pl.lit("as_expected"))
            .when(pl.col("variance") > 0)
            .then(pl.lit("earlier"))
            .otherwise(pl.lit("later"))
        )
    )
