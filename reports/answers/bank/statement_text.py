"""Words of the statements, loads and learned accounts on the Bank screen."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from reports.answers.shared.finding import Finding
from reports.formats import day, money, number
from reports.translation import _, _n, _p

STATEMENTS = (
    "account", "number", "trouble", "from_date", "to_date", "opening", "credits", "debits", "closing",
    "entries",
)  # fmt: skip
LOADS = (
    "loaded_said", "file_names", "load_state", "accounts", "from_date", "to_date", "statements", "entries",
    "repeated",
)  # fmt: skip
TEACHING = (
    "entry_date", "counterparty", "amount", "invoice_id", "decided_by", "decided_at", "account", "entry_id",
)  # fmt: skip
LEARNED = ("counterparty_account", "customer_name", "learned_from")


def statements(rows: pl.DataFrame, troubled: int) -> Finding:
    """Return how many statements there are and whether they follow."""
    if not rows.height:
        return Finding(_("No bank statement is loaded"))
    method = _("Opening plus entries is the closing, and each begins where the one before it ended.")
    if troubled:
        title = _n(
            "{count} statement of {total} does not add up or does not join the one before it",
            "{count} statements of {total} do not add up or do not join the one before them",
            troubled, total=number(rows.height),
        )  # fmt: skip
        return Finding(title, f"{method} {_('Largest difference first.')}")
    title = _n("{count} statement, and it adds up", "{count} statements, and all of them add up", rows.height)
    return Finding(title, method)


def trouble(row: Mapping[str, Any]) -> str:
    """Return what is wrong with a statement, in a few words; empty where nothing is.

    Args:
        row: of `statements.with_gaps`.
    """
    said = []
    if row["difference"]:
        said.append(_("closing {amount} off", amount=money(row["difference"], row["currency"], sign=True)))
    if row["gap"]:
        amount = money(row["gap"], row["currency"], sign=True)
        said.append(_("{amount} missing since {day}", amount=amount, day=day(row["previous_to_date"])))
    if row["follows"] is None:
        said.append(_("no balances"))
    return "; ".join(said)


def learned(rows: pl.DataFrame) -> Finding:
    """Return how many accounts of customers were learned."""
    title = _n("{count} account number learned", "{count} account numbers learned", rows.height)
    return Finding(title, _("From entries that somebody confirmed: money from it is this customer's."))


def taught_by(row: Mapping[str, Any]) -> Finding:
    """Return what stands above the decisions that taught an account; names are not escaped.

    Args:
        row: of `statements.learned_accounts`.
    """
    title = _(
        "Account {account} is of {customer} by these decisions",
        account=row["counterparty_account"], customer=row["customer_name"],
    )  # fmt: skip
    return Finding(title)


def learned_from(row: Mapping[str, Any]) -> str:
    """Return from which entry an account was learned, and by whom; not escaped."""
    by = _("by {person}", person=row["decided_by"]) if row["decided_by"] else _("by hand")
    return _("entry of {day}, {by}", day=day(row["entry_date"]), by=by)


def loads(rows: pl.DataFrame) -> Finding:
    """Return how many loads brought files of a bank, and how many of those were taken back."""
    back = rows.filter("is_taken_back").height
    title = _n("{count} load brought files of a bank", "{count} loads brought files of a bank", rows.height)
    if back:
        title += _n("; {count} was taken back", "; {count} were taken back", back)
    method = _(
        "Taken back, the books are as if it had not been loaded: its entries, statements and balances count "
        "no longer, unless another load has them too, and what was applied from them is open again."
    )
    return Finding(title, method)


def load_state(is_taken_back: bool) -> str:  # noqa: FBT001 - a cell
    """Return whether a load counts, in words."""
    return _p("bank load", "taken back") if is_taken_back else _p("bank load", "counts")


def load_changed(files: str, state: str) -> str:
    """Return what to say after a load was taken back, or in again; not escaped."""
    if state == "taken_back":
        return _("Taken back: {files}", files=files)
    return _("Taken in again: {files}", files=files)
