"""Exports of banks that nobody knows: whether a list is one, and which heading feeds which of its columns."""

from collections.abc import Sequence

from data.importers.headings import plain
from data.importers.propose import reasons
from data.importers.propose.columns import Fed, fits
from data.importers.propose.facts import ColumnFacts
from data.importers.propose.synonyms import bank_columns_of, columns_of
from data.message_templates import Message

SHAPE = "bank_entries"
_AMOUNTS = ({"amount"}, {"debit", "credit"})
# A list with one of these in a heading speaks of documents or of customers.
_OF_DOCUMENTS = (
    "factu", "invoice", "rechnung", "fakt", "debiteur", "debtor", "debitor", "customer", "klant", "kunde",
    "client", "verval", "duedate", "openstaand", "outstanding", "vendor", "supplier", "leverancier",
    "boekstuk", "crediteur", "beleg", "voucher", "journal", "relatie",
)  # fmt: skip
_DOCUMENT_COLUMNS = {
    "invoice_id", "customer_id", "due_date", "open_amount", "paid_amount", "cleared_date", "vat_amount",
    "days_overdue", "payment_terms_days", "match_code",
}  # fmt: skip
# At least one says that it is of a bank.
_OF_BANKS = {
    "balance", "balance_before", "counterparty_account", "counterparty", "description", "side", "value_date",
}  # fmt: skip
_LEAST_ROWS = 2


def bank_headings(headings: Sequence[str], facts: Sequence[ColumnFacts]) -> str:
    """Return the heading that tells an export of a bank; empty if the list is none."""
    others = [heading for heading in headings if heading and not bank_columns_of(heading)]
    if any(_speaks_of_documents(heading) for heading in others):
        return ""
    fed = feed_bank(headings, facts)
    if "entry_date" not in fed or not any(columns <= set(fed) for columns in _AMOUNTS):
        return ""
    return next((each.heading for each in fed.values() if each.column in _OF_BANKS), "")


def _speaks_of_documents(heading: str) -> bool:
    word = plain(heading)
    return any(part in word for part in _OF_DOCUMENTS) or bool(_DOCUMENT_COLUMNS & set(columns_of(heading)))


def feed_bank(headings: Sequence[str], facts: Sequence[ColumnFacts]) -> dict[str, Fed]:
    """Return the heading proposed for each column of a bank's export that has one.

    An account that stands in every row is the own one; those that differ are of the other parties.

    Args:
        headings: the texts of the header.
        facts: what the cells below each of them look like.
    """
    ranked = sorted(
        (rank, place, column)
        for place, heading in enumerate(headings)
        if heading
        for rank, column in enumerate(bank_columns_of(heading))
    )
    found: dict[str, Fed] = {}
    taken: set[int] = set()
    for _rank, place, column in ranked:
        column, evidence, is_sure = _meant(column, headings, facts[place])  # noqa: PLW2901 - by its values
        if column in found or place in taken or not fits(column, facts[place]):
            continue
        found[column] = Fed(column, headings[place], place, evidence, is_sure)
        taken.add(place)
    if "amount" in found:
        for column in ("debit", "credit"):
            found.pop(column, None)
    return found


def _meant(column: str, headings: Sequence[str], facts: ColumnFacts) -> tuple[str, Message, bool]:
    """Return what an account is, by its values where the heading may mean either."""
    can_be_both = {"account", "counterparty_account"}
    of_headings = {each for heading in headings for each in bank_columns_of(heading)[:1]}
    if column not in can_be_both or facts.filled < _LEAST_ROWS or can_be_both <= of_headings:
        return column, reasons.BY_NAME(), True
    if facts.distinct == 1 and not facts.empty:
        return "account", reasons.ONE_ACCOUNT(), True
    return "counterparty_account", reasons.OTHER_ACCOUNTS(), True
