"""Cash applied: each entry in the order of its day, on what is open by then."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from data.bank import kinds, reasons
from data.bank.answer import CashAnswer, cash_answer
from data.bank.books import BankBooks, Entry, Position, entry_rows
from data.bank.certain import certain
from data.bank.desk import Desk
from data.bank.evidence import Evidence, evidence
from data.bank.numbers import Strength, document_keys
from data.bank.outcome import Line, Outcome
from data.bank.payments_out import debit
from data.bank.people import decide, is_decided
from data.bank.proposals import Proposal, likely, proposal
from data.bank.receipts import apply_finding, proposed, rest_line

_WAITING_KINDS = "=#$%]"


def cash_application(books: BankBooks) -> pl.DataFrame:
    """Return what each entry of the bank is: the rows of `CashAnswer`."""
    return apply_cash(books).rows


def apply_cash(books: BankBooks) -> CashAnswer:
    """Return what each entry of the bank is, on which invoices its money stands, and what it settles beside.

    What is applied on a day depends on what is dated up to that day and on what people decided; money that named an
    invoice before it was in the books is applied on the day of the invoice. What is proposed looks at the books as
    they are after the last day.
    """
    return _Course(books).answer()


class _Course:
    """The entries, gone through once."""

    def __init__(self, books: BankBooks) -> None:
        self._desk = Desk.of(books)
        self._entries = entry_rows(books)
        self._decided_at = books.decisions.schema["decided_at"]
        self._outcomes: dict[int, Outcome] = {}
        self._undecided: dict[int, tuple[Position, ...]] = {}
        self._waiting: dict[str, list[int]] = {}
        self._document_days = sorted({document.day for document in self._desk.documents})
        self._next_day = 0

    def answer(self) -> CashAnswer:
        for place, entry in enumerate(self._entries):
            self._go_to(entry.day)
            if entry.amount:
                self._decide(place, entry)
        self._go_to(None)
        self._propose()
        ordered = [self._outcomes[place] for place in sorted(self._outcomes)]
        return cash_answer(ordered, self._desk.documents, self._decided_at)

    def _go_to(self, day: date | None) -> None:
        """Take in the documents up to a day, each on its own: money that waits for one is applied on that day."""
        days, desk = self._document_days, self._desk
        while self._next_day < len(days) and (day is None or days[self._next_day] <= day):
            fresh = desk.setting.ledger.advance(days[self._next_day])
            self._next_day += 1
            for position in fresh:
                desk.setting.index.add(position, desk.documents[position])
            if self._waiting:
                for position in fresh:
                    self._apply_waiting(position)
        desk.setting.ledger.advance(day)

    def _decide(self, place: int, entry: Entry) -> None:
        desk = self._desk
        barred = desk.barred(entry)
        if is_decided(desk, entry):
            self._outcomes[place] = decide(desk, entry)
            return
        if kinds.is_transfer(entry, desk.own_accounts):
            self._outcomes[place] = desk.plain(entry, "transfer", reasons.TRANSFER())
            return
        if entry.amount < 0:
            self._outcomes[place] = debit(desk, entry, barred)
            return
        if kinds.is_refusal(entry):
            self._outcomes[place] = desk.plain(entry, "return", reasons.RETURN_UNKNOWN(), "unmatched", 0.0)
            return
        clues = evidence(desk.setting, entry, barred)
        finding = None if desk.has_objection(entry) else certain(desk.setting, clues, entry.amount)
        provider = kinds.payment_provider(entry) if clues.payer.known is None else None
        if provider is not None and (finding is None or finding.why != "number"):
            reason = reasons.PAYOUT(provider=provider)
            self._outcomes[place] = desk.plain(entry, "other", reason, "unmatched", 0.0)
        elif finding is not None:
            self._outcomes[place] = apply_finding(desk, clues, finding)
        else:
            self._leave(place, clues)

    def _leave(self, place: int, clues: Evidence) -> None:
        """Leave a receipt to a person, and keep what it may be for from later ones."""
        claims = self._desk.setting.claims
        claimed = likely(self._desk.setting, clues, clues.entry.amount)
        self._undecided[place] = claimed
        for position in claimed:
            claims[position] = claims.get(position, 0) + 1
        weak = [one.typed for one in clues.reading.mentions if one.strength == Strength.WEAK]
        for number in dict.fromkeys([*clues.reading.others, *weak]):
            self._waiting.setdefault(number, []).append(place)

    def _apply_waiting(self, position: Position) -> None:
        """Apply money that named a document before it came in."""
        desk = self._desk
        document = desk.documents[position]
        spellings = {text for kind, text in document_keys(document.document_id) if kind in _WAITING_KINDS}
        places = sorted({place for text in spellings for place in self._waiting.get(text, ())})
        for place in places:
            entry = self._entries[place]
            if place not in self._undecided or entry.currency != document.currency:
                continue
            if desk.has_objection(entry):
                continue
            self._release(place)
            clues = evidence(desk.setting, entry, desk.barred(entry))
            finding = certain(desk.setting, clues, entry.amount)
            is_for_it = finding is not None and any(part == position for part, _money in finding.money.parts)
            if finding is not None and is_for_it and finding.why == "number":
                del self._undecided[place]
                self._outcomes[place] = apply_finding(desk, clues, finding)
                return
            self._claim(place)

    def _release(self, place: int) -> None:
        claims = self._desk.setting.claims
        for position in self._undecided[place]:
            claims[position] -= 1
            if not claims[position]:
                del claims[position]

    def _claim(self, place: int) -> None:
        claims = self._desk.setting.claims
        for position in self._undecided[place]:
            claims[position] = claims.get(position, 0) + 1

    def _propose(self) -> None:
        """Propose what the undecided receipts may be for, the likeliest first: no two the same money."""
        desk = self._desk
        made: list[tuple[float, int, Proposal | None]] = []
        for place in self._undecided:
            offer = self._proposal(place)
            made.append((-(offer.score if offer else 0.0), place, offer))
        for _score, place, offer in sorted(made, key=lambda one: one[:2]):
            fits = offer is None or offer.money is None or desk.fits(offer.money.parts)
            chosen = offer if fits else self._proposal(place)
            entry = self._entries[place]
            if chosen is None:
                self._outcomes[place] = self._unmatched(entry)
            else:
                self._outcomes[place] = proposed(desk, entry, chosen)

    def _proposal(self, place: int) -> Proposal | None:
        desk, entry = self._desk, self._entries[place]
        barred = desk.barred(entry)
        clues = evidence(desk.setting, entry, barred)
        return proposal(desk.setting, clues, entry.amount, barred, desk.say)

    def _unmatched(self, entry: Entry) -> Outcome:
        desk = self._desk
        lines: Sequence[Line]
        if kinds.is_tax(entry):
            lines = [rest_line(desk, entry, entry.amount, reasons.TAX(), kind="other")]
        else:
            lines = [rest_line(desk, entry, entry.amount, reasons.UNKNOWN(), kind="other")]
        return Outcome(entry, [*desk.objections(entry), *lines])
