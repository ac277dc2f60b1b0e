"""The receipts that nobody has decided on yet: what they may be for is nobody else's by itself."""

from collections import defaultdict

from data.bank.books import LedgerDocument, Position
from data.bank.evidence import CashSetting, Evidence
from data.bank.numbers import Strength, document_keys

_SPELLINGS = "=#$%]"


class Undecided:
    """The undecided receipts, by their place among the entries."""

    def __init__(self, setting: CashSetting) -> None:
        """Start with none; what they claim is kept in the setting."""
        self._setting = setting
        self.clues: dict[int, Evidence] = {}
        self.naming: dict[Position, list[int]] = defaultdict(list)
        self._claims: dict[int, tuple[Position, ...]] = {}
        self._fits: dict[int, tuple[Position, ...]] = {}
        self._owners: dict[int, tuple[tuple[str, str], ...]] = {}
        self._by_number: dict[str, list[int]] = defaultdict(list)

    def add(self, place: int, clues: Evidence) -> None:
        """Take in a receipt."""
        setting = self._setting
        self.clues[place] = clues
        self._claims[place] = _likely_by_name(setting, clues)
        self._fits[place] = () if self._claims[place] else _fitting(setting, clues)
        self._owners[place] = _owners(setting, clues)
        for position in self._claims[place]:
            setting.claims[position] = setting.claims.get(position, 0) + 1
        for position in self._fits[place]:
            setting.fits[position] = setting.fits.get(position, 0) + 1
        for owner in self._owners[place]:
            setting.floating[owner] = setting.floating.get(owner, 0) + 1
            setting.equals.setdefault((*owner, clues.entry.amount), []).append(clues.entry.day)
        for position in clues.surely:
            self.naming[position].append(place)
        weak = [one.typed for one in clues.reading.mentions if one.strength == Strength.WEAK]
        for number in dict.fromkeys([*clues.reading.others, *weak]):
            self._by_number[number].append(place)

    def take(self, place: int) -> Evidence:
        """Take a receipt out, and return what spoke for what."""
        setting = self._setting
        for position in self._claims.pop(place):
            _lower(setting.claims, position)
        for position in self._fits.pop(place):
            _lower(setting.fits, position)
        for owner in self._owners.pop(place):
            _lower(setting.floating, owner)
            setting.equals[(*owner, self.clues[place].entry.amount)].remove(self.clues[place].entry.day)
        clues = self.clues.pop(place)
        for position in clues.surely:
            self.naming[position].remove(place)
        return clues

    def places_for(self, document: LedgerDocument) -> list[int]:
        """Return the receipts that named a document which was not in the books, in order."""
        spellings = {text for kind, text in document_keys(document.document_id) if kind in _SPELLINGS}
        places = {place for text in spellings for place in self._by_number.get(text, ())}
        return sorted(place for place in places if place in self.clues)


def _lower(counts: dict[Position, int] | dict[tuple[str, str], int], key: object) -> None:
    counts[key] -= 1  # type: ignore[index]
    if not counts[key]:  # type: ignore[index]
        del counts[key]  # type: ignore[arg-type]


def _owners(setting: CashSetting, clues: Evidence) -> tuple[tuple[str, str], ...]:
    """Return the customers that a receipt may be of, with its currency."""
    named = {
        setting.documents[position].customer
        for position in clues.surely
        if setting.payers.supports(clues.payer, clues.entry, setting.documents[position].customer)
    }
    return tuple((customer, clues.entry.currency) for customer in sorted({*named, *clues.payer.possible}))


def _likely_by_name(setting: CashSetting, clues: Evidence) -> tuple[Position, ...]:
    """Return the invoices that a receipt names, and may well be for."""
    ledger = setting.ledger
    return tuple(
        position
        for position in clues.surely
        if ledger.open(position) > 0
        and setting.payers.supports(clues.payer, clues.entry, setting.documents[position].customer)
    )


def _fitting(setting: CashSetting, clues: Evidence) -> tuple[Position, ...]:
    """Return the invoices that a receipt may well be for by its amount."""
    fitting = [
        setting.ledger.amounts_of(customer, clues.entry.currency).get(clues.entry.amount, ())
        for customer in clues.payer.possible
    ]
    return tuple(there[0] for there in fitting if there)
