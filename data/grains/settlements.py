"""The kinds of settlement: what each of them is, in one table.

The macros of the store (`is_receipt`, `is_settlement`, `keeps_promise`, `tie_out_line` and their neighbours)
are made from it, and every query reads them there.
"""

from dataclasses import dataclass
from typing import Literal

TieOutLine = Literal[
    "invoiced", "credited", "discounts", "received", "written_off", "listed", "exchange", "recovered"
]


@dataclass(frozen=True)
class SettlementKind:
    """One kind of settlement.

    Attributes:
        name: code, in `payments.csv` and in the item ledger.
        is_cash: money came in, or went back.
        settles: it lowers (or raises) what is open on a document.
        keeps_promise: it counts towards the amount a customer promised.
        line: the line of the tie-out it is added up in.
        is_stated: a file may state it; the others are derived.
        is_timed: its day is the day it happened. Otherwise the day is that of the list from which it follows:
            what customers do is not learned from it.
    """

    name: str
    is_cash: bool
    settles: bool
    keeps_promise: bool
    line: TieOutLine
    is_stated: bool = True
    is_timed: bool = True


SETTLEMENTS: tuple[SettlementKind, ...] = (
    SettlementKind("payment", is_cash=True, settles=True, keeps_promise=True, line="received"),
    SettlementKind("credit", is_cash=False, settles=True, keeps_promise=True, line="credited"),
    SettlementKind("discount", is_cash=False, settles=True, keeps_promise=True, line="discounts"),
    SettlementKind("write_off", is_cash=False, settles=True, keeps_promise=False, line="written_off"),
    SettlementKind("reversal", is_cash=True, settles=True, keeps_promise=True, line="received"),
    # The difference between the rate of the payment day and that of the document. Books that hold foreign
    # documents in their own currency state it; else it is derived.
    SettlementKind("exchange", is_cash=False, settles=True, keeps_promise=False, line="exchange"),
    # Money after a write-off takes the write-off back before it pays.
    SettlementKind(
        "recovered", is_cash=False, settles=True, keeps_promise=False, line="recovered", is_stated=False
    ),
    # What a list of open items no longer shows as open, and no payment in the books explains. It keeps a
    # promise if the list is of the promised day or before.
    SettlementKind(
        "listed",
        is_cash=False,
        settles=True,
        keeps_promise=True,
        line="listed",
        is_stated=False,
        is_timed=False,
    ),
)
# The kinds of item rows that are no settlement, and their line of the tie-out.
DOCUMENT_LINES: tuple[tuple[str, TieOutLine], ...] = (
    ("invoice", "invoiced"), ("credit_note", "credited"), ("cancellation", "credited"),
)  # fmt: skip
