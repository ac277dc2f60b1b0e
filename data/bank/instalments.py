"""Several receipts for one invoice, none of them what is open: together they are, to the cent."""

from collections.abc import Mapping, Sequence

from data.bank.books import Position
from data.bank.evidence import CashSetting, Evidence
from data.bank.explanations import CashFinding, Explanation


def together(
    setting: CashSetting,
    clues: Evidence,
    undecided: Mapping[int, Evidence],
    naming: Mapping[Position, Sequence[int]],
) -> list[tuple[int | None, CashFinding]]:
    """Return what a receipt and earlier ones pay of an invoice that all of them name, and that they fill.

    Args:
        setting: the ledger of the day and what else is known.
        clues: what speaks for what of the receipt.
        undecided: what speaks for what of those that nobody decided on, by their place.
        naming: the places of those that name an invoice.

    Returns:
        Place and finding per receipt, null for the place of the receipt itself; empty if they do not add up.
    """
    opens = [position for position in clues.surely if setting.ledger.open(position)]
    for shared in opens:
        places = [place for place in naming.get(shared, ()) if place in undecided]
        if not places:
            continue
        members = [clues, *(undecided[place] for place in places)]
        findings = [_finding(setting, member, shared, naming, len(places)) for member in members]
        made = [finding for finding in findings if finding is not None]
        money = sum(dict(finding.money.parts)[shared] for finding in made)
        if len(made) == len(members) and money == setting.ledger.open(shared):
            return list(zip([None, *places], made, strict=True))
    return []


def _finding(
    setting: CashSetting,
    clues: Evidence,
    shared: Position,
    naming: Mapping[Position, Sequence[int]],
    others: int,
) -> CashFinding | None:
    """Return what a receipt pays if the other invoices it names are paid in full, and one in part."""
    ledger = setting.ledger
    customer = setting.documents[shared].customer
    if not setting.payers.supports(clues.payer, clues.entry, customer):
        return None
    parts = {
        position: ledger.open(position)
        for position in clues.surely
        if position != shared and ledger.open(position)
    }
    is_alone = all(len(naming.get(position, ())) <= 1 for position in parts)
    rest = clues.entry.amount - sum(parts.values())
    if not is_alone or any(money < 0 for money in parts.values()) or not 0 < rest < ledger.open(shared):
        return None
    if any(ledger.open(position) == clues.entry.amount for position in parts) or not others:
        return None
    return CashFinding("number", Explanation("instalment", (*parts.items(), (shared, rest))), 0, customer)
