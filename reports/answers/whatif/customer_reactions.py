"""How the customers of this ledger react to a lever, and which documents a lever is for."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from forecasting.arrays import Bools, Floats
from forecasting.whatif import pass_through
from forecasting.whatif.cash_flows import Flows
from forecasting.whatif.pass_through import PassThrough
from reports.answers.forecast.cash_forecast import Basis
from reports.answers.whatif.lever import Lever

Side = Literal["value", "low", "high"]


@dataclass(frozen=True)
class CustomerReactions:
    """What the ledger shows of its customers; one entry per customer code.

    Attributes:
        ids: customer_id of each, shape (customers,).
        segments: of each, empty where it has none.
        pass_through: days paid later per day of longer terms.
        days_earlier, days_later: days from the mean lateness to the better, and to the worse, quarter.
        side: which estimate of the pass-through counts: the value itself or one of its bounds.
    """

    ids: list[str]
    segments: list[str]
    pass_through: PassThrough
    days_earlier: Floats
    days_later: Floats
    side: Side = "value"

    @property
    def expected_pass_through(self) -> Floats:
        """The estimate that counts, shape (customers,)."""
        estimate: Floats = getattr(self.pass_through, self.side)
        return estimate


def customer_reactions(basis: Basis, customers: pl.DataFrame) -> CustomerReactions:
    """Estimate the reactions from the history behind a forecast.

    Args:
        basis: the forecast and its history.
        customers: every `customer_id` of the books with its `segment`.
    """
    frame, documents = basis.past.frame, basis.past.documents
    # A customer's code is its place among the sorted ids.
    ids = frame["customer_id"].unique(maintain_order=True)
    segments = pl.DataFrame({"customer_id": ids}).join(
        customers, on="customer_id", how="left", maintain_order="left"
    )["segment"]
    is_whole_invoice = ((frame["invoice_type"] == "invoice") & (frame["instalment"] == 0)).to_numpy()
    earlier, later = pass_through.lateness_range(documents, is_whole_invoice, basis.past.as_of)
    return CustomerReactions(
        ids=ids.to_list(),
        segments=segments.fill_null("").to_list(),
        pass_through=pass_through.pass_through(documents, is_whole_invoice, basis.past.as_of),
        days_earlier=earlier,
        days_later=later,
    )


def lever_documents(lever: Lever, reactions: CustomerReactions, flows: Flows) -> Bools:
    """Tell which documents are of the customers a lever is for, shape (n,)."""
    if lever.segment is None and not lever.customers:
        return np.ones(len(flows.customer), dtype=bool)
    ids = set(lever.customers)
    codes = np.array(
        [
            customer in ids if ids else segment == lever.segment
            for customer, segment in zip(reactions.ids, reactions.segments, strict=True)
        ],
        dtype=bool,
    )
    return codes[flows.customer] if len(codes) else np.zeros(len(flows.customer), dtype=bool)
