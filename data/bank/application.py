"""Cash applied: each entry in the order of its day, on what is open by then."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby

import polars as pl

from data.bank import kinds, reasons
from data.bank.answer import CashAnswer, cash_answer
from data.bank.books import BankBooks, BankEntry, Position, entry_rows
from data.bank.certain import certain
from data.bank.day_order import Turn, as_they_return, is_return_of_earlier_money, turn
from data.bank.desk import Desk
from data.bank.evidence import Evidence, evidence
from data.bank.instalments import together
from data.bank.manual import decide, is_decided
from data.bank.outcome import Outcome
from data.bank.past_documents import without_past_documents
from data.bank.payments_out import debit
from data.bank.payout_lines import split
from data.bank.proposals import CashProposal, proposal
from data.bank.receipts import apply_finding, proposed, rest_line
from data.bank.undecided import Undecided
from data.message_templates import Message


def cash_application(books: BankBooks) -> pl.DataFrame:
    """Return what each entry of the bank is: the rows of `CashAnswer`."""
    return apply_cash(books).rows


def apply_cash(books: BankBooks) -> CashAnswer:
    """Return what each entry of the bank is, on which invoices its money stands, and what it settles beside.

    What is applied on a day depends on what is dated up to that day and on what people decided; money that
    named an invoice before it was in the books is applied on the day of the invoice. What is proposed looks
    at the books as they are after the last day.
    """
    return _Course(without_past_documents(books)).answer()


class _Course:
    """The entries, gone through once."""

    def __init__(self, books: BankBooks) -> None:
        self._desk = Desk.of(books)
        self._entries = entry_rows(books)
        self._decided_at = books.decisions.schema["decided_at"]
        self._outcomes: dict[int, Outcome] = {}
        self._waiting = Undecided(self._desk.setting)
        self._days = self._desk.setting.ledger.days()
        self._next_day = 0

    def answer(self) -> CashAnswer:
        for day, there in groupby(enumerate(self._entries), key=lambda one: one[1].day):
            self._go_to(day)
            self._decide_day([(place, entry) for place, entry in there if entry.amount])
        self._go_to(None)
        self._propose()
        ordered = [self._outcomes[place] for place in sorted(self._outcomes)]
        return cash_answer(ordered, self._desk.documents, self._decided_at)

    def _go_to(self, day: date | None) -> None:
        """Take in what is dated up to a day, each day on its own: waiting money is applied when it fits."""
        ledger, index = self._desk.setting.ledger, self._desk.setting.index
        while self._next_day < len(self._days) and (day is None or self._days[self._next_day] <= day):
            today = self._days[self._next_day]
            self._next_day += 1
            fresh, settled = ledger.advance(today)
            for position in fresh:
                index.add(position, self._desk.documents[position])
            if self._waiting.clues:
                for position in fresh:
                    self._apply_waiting(
                        self._waiting.places_for(self._desk.documents[position]), position, today
                    )
                for position in dict.fromkeys(settled):
                    self._apply_waiting(list(self._waiting.naming.get(position, ())), position, today)
        ledger.advance(day)

    def _decide_day(self, entries: Sequence[tuple[int, BankEntry]]) -> None:
        """Decide on the entries of a day in the order of what they tell, so that no id decides."""
        desk = self._desk
        receipts = as_they_return([one for one in entries if one[1].amount > 0], entries)
        today = [entry for _place, entry in receipts]
        out = [one for one in entries if one[1].amount < 0]
        out = self._decide_if(out, lambda entry: is_return_of_earlier_money(desk, entry, today))
        waiting: list[tuple[Turn, int, BankEntry]] = []
        for place, entry in receipts:
            now, clues = turn(desk, entry)
            if now == Turn.NAMES_OPEN:
                self._decide(place, entry, clues)
            else:
                waiting.append((now, place, entry))
        for now, place, entry in sorted(waiting, key=lambda one: one[0]):
            if now == Turn.NAMES_PAID:
                # What was paid may have come back since, and is paid anew then.
                out = self._decide_if(out, lambda entry: is_return_of_earlier_money(desk, entry, ()))
            self._decide(place, entry)
        for place, entry in out:
            self._decide(place, entry)

    def _decide_if(
        self, entries: Sequence[tuple[int, BankEntry]], is_now: Callable[[BankEntry], bool]
    ) -> list[tuple[int, BankEntry]]:
        """Decide on some of the entries, and return the others."""
        others: list[tuple[int, BankEntry]] = []
        for place, entry in entries:
            if is_now(entry):
                self._decide(place, entry)
            else:
                others.append((place, entry))
        return others

    def _decide(self, place: int, entry: BankEntry, known: Evidence | None = None) -> None:
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
        clues = known or evidence(desk.setting, entry, barred)
        finding = None if desk.has_objection(entry) else certain(desk.setting, clues, entry.amount)
        provider = kinds.payment_provider(entry) if clues.payer.known is None else None
        official = self._official(entry) if clues.payer.known is None else None
        if official is not None and (finding is None or finding.why != "number"):
            self._outcomes[place] = desk.plain(entry, "other", official, "unmatched", 0.0)
        elif provider is not None and (finding is None or finding.why != "number"):
            self._outcomes[place] = self._payout(entry, provider)
        elif finding is not None:
            self._outcomes[place] = apply_finding(desk, clues, finding)
        else:
            self._leave(place, clues)

    def _official(self, entry: BankEntry) -> Message | None:
        """Return why money is no customer's: it comes from the tax authority, or is somebody's pay."""
        if kinds.is_tax(entry):
            return reasons.TAX()
        return reasons.SALARY() if kinds.is_salary(entry) else None

    def _payout(self, entry: BankEntry, provider: str) -> Outcome:
        """Split a payout over what its settlement file names; without a file nothing is known of it."""
        desk = self._desk
        payout = None if desk.has_objection(entry) else desk.payouts.take(provider, entry)
        if payout is None:
            return desk.plain(entry, "other", reasons.PAYOUT(provider=provider), "unmatched", 0.0)
        return split(desk, entry, payout, provider)

    def _leave(self, place: int, clues: Evidence) -> None:
        """Apply a receipt together with earlier ones, or leave it to a person."""
        desk = self._desk
        made = together(desk.setting, clues, self._waiting.clues, self._waiting.naming)
        places = [place if other is None else other for other, _finding in made]
        if not made or any(desk.has_objection(self._entries[at]) for at in places):
            self._waiting.add(place, clues)
            return
        for at, (other, finding) in zip(places, made, strict=True):
            member = clues if other is None else self._waiting.take(other)
            self._outcomes[at] = apply_finding(desk, member, finding, since=clues.entry.day)

    def _apply_waiting(self, places: Sequence[int], position: Position, today: date) -> None:
        """Apply the first receipt that named a document, now that it came in or others settled the rest."""
        desk, document = self._desk, self._desk.documents[position]
        for place in places:
            entry = self._entries[place]
            if entry.currency != document.currency or desk.has_objection(entry):
                continue
            before = self._waiting.take(place)
            clues = evidence(desk.setting, entry, desk.barred(entry))
            finding = certain(desk.setting, clues, entry.amount)
            is_for_it = finding is not None and any(part == position for part, _money in finding.money.parts)
            if finding is not None and is_for_it and finding.why == "number":
                self._outcomes[place] = apply_finding(desk, clues, finding, since=today)
                return
            self._waiting.add(place, before)

    def _propose(self) -> None:
        """Propose what the undecided receipts may be for, the likeliest first: no two the same money."""
        desk = self._desk
        made: list[tuple[float, int, CashProposal | None]] = []
        for place in self._waiting.clues:
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

    def _proposal(self, place: int) -> CashProposal | None:
        desk, entry = self._desk, self._entries[place]
        barred = desk.barred(entry)
        clues = evidence(desk.setting, entry, barred)
        return proposal(desk.setting, clues, entry.amount, barred, desk.say)

    def _unmatched(self, entry: BankEntry) -> Outcome:
        desk = self._desk
        line = rest_line(desk, entry, entry.amount, reasons.UNKNOWN(), kind="other")
        return Outcome(entry, [*desk.objections(entry), line])
