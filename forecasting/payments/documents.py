"""Documents as arrays, from which the payment-timing model learns and which it forecasts."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from forecasting.arrays import Bools, Floats, Ints

FAR = 2**31
CREDIT_NOTES = 6
STRATA = 7
# Last day of each band of payment terms; a customer's habits differ between 14 and 60 days.
_TERM_BANDS = (8, 16, 32, 46, 62)
_CASH_SHARE = 0.5
ARRAYS = (
    "customer", "stratum", "issued", "due", "closed", "by_cash", "amount", "key", "disputed", "resolved",
)  # fmt: skip


@dataclass(frozen=True)
class Documents:
    """One entry per document and day it falls due, in the order of the frame; days are numbers since 1970.

    Attributes:
        customer: code of the customer, 0 to `customers` - 1.
        stratum: band of payment terms, or CREDIT_NOTES.
        issued, due: day numbers.
        closed: day from which nothing is open; FAR while open.
        by_cash: closed mostly by money, not by a credit or a write-off.
        amount: of the document, signed, in the reporting currency.
        key: stable number of the document, so that draws do not depend on its position.
        disputed, resolved: days its latest dispute was opened and resolved; FAR without one.
        customers: how many customers there are.
    """

    customer: Ints
    stratum: Ints
    issued: Ints
    due: Ints
    closed: Ints
    by_cash: Bools
    amount: Floats
    key: npt.NDArray[np.uint64]
    disputed: Ints
    resolved: Ints
    customers: int

    @property
    def count(self) -> int:
        """How many documents there are."""
        return len(self.customer)

    def take(self, which: Ints | Bools | slice) -> "Documents":
        """Return some of them; customers keep their codes."""
        return replace(self, **{name: getattr(self, name)[which] for name in ARRAYS})

    def shift_days(self, days: int) -> "Documents":
        """Return the same documents issued and due some days later, none of them closed or disputed."""
        never = np.full(self.count, FAR, dtype=np.int64)
        return replace(
            self,
            issued=self.issued + days,
            due=self.due + days,
            closed=never,
            disputed=never,
            resolved=never,
        )

    def in_dispute(self, day: Ints | int) -> Bools:
        """Tell which are in dispute at the end of a day; the day may differ per document."""
        return np.asarray((self.disputed <= day) & (self.resolved > day))

    @property
    def log_amount(self) -> Floats:
        """Natural logarithm of the amount without its sign, at least 0."""
        return np.log(np.maximum(np.abs(self.amount), 1.0))


def documents_of(frame: pl.DataFrame, arrangements: pl.DataFrame | None = None) -> Documents:
    """Turn the rows of `timing_documents` into arrays.

    Args:
        frame: sorted by `customer_id`; `invoice_type`, `invoice_date`, `due_date`, `closed_date` (null while
            open), `amount` and `received_amount` (any decimal or float), `key` UInt64.
        arrangements: rows of `arrangements`; only the disputes are used. None: no dispute is known.
    """

    def days(name: str, rows: pl.DataFrame = frame) -> Ints:
        numbers = rows[name].to_physical().cast(pl.Int64).fill_null(FAR)
        return numbers.to_numpy().astype(np.int64)

    disputed = resolved = np.full(frame.height, FAR, dtype=np.int64)
    if arrangements is not None:
        last = (
            arrangements.filter(pl.col("kind") == "dispute")
            .sort("document_id", "made_date")
            .unique("document_id", keep="last", maintain_order=True)
            .select("document_id", "made_date", "pay_date")
        )
        spans = frame.select("document_id").join(last, on="document_id", how="left", maintain_order="left")
        disputed, resolved = days("made_date", spans), days("pay_date", spans)

    customer = frame["customer_id"].rle_id().to_numpy().astype(np.int64)
    amount = frame["amount"].cast(pl.Float64).to_numpy()
    received = frame["received_amount"].cast(pl.Float64).to_numpy()
    issued, due = days("invoice_date"), days("due_date")
    is_note = (frame["invoice_type"] == "credit_note").to_numpy()
    return Documents(
        customer=customer,
        stratum=np.where(is_note, CREDIT_NOTES, np.digitize(due - issued, _TERM_BANDS)).astype(np.int64),
        issued=issued,
        due=due,
        closed=days("closed_date"),
        by_cash=np.abs(received) >= _CASH_SHARE * np.abs(amount),
        amount=amount,
        key=frame["key"].to_numpy(),
        disputed=disputed,
        resolved=resolved,
        customers=int(customer[-1]) + 1 if len(customer) else 0,
    )


def sum_by_cell(cell: Ints, weight: Floats, cells: int) -> Floats:
    """Return sums of weights per cell, shape (cells,)."""
    return np.asarray(np.bincount(cell, weight, cells), dtype=np.float64)


def mix_keys(key: npt.NDArray[np.uint64], salt: int) -> npt.NDArray[np.uint64]:
    """Return a well-mixed 64-bit number per key; the same key and salt always give the same number.

    Source: Steele, Lea & Flood (2014), Fast splittable pseudorandom number generators (SplitMix64).
    """
    with np.errstate(over="ignore"):
        state = key + np.uint64(0x9E3779B97F4A7C15) * np.uint64(salt + 1)
        state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return np.asarray(state ^ (state >> np.uint64(31)), dtype=np.uint64)


def uniform(key: npt.NDArray[np.uint64], salt: int) -> Floats:
    """Return numbers in (0, 1) drawn by key, not by position."""
    return ((mix_keys(key, salt) >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53
