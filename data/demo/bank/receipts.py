"""Bank lines of the money of customers, with the truth beside each."""

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np

from data.demo.bank import rates
from data.demo.bank.chance import Chance
from data.demo.bank.entries import BankLine
from data.demo.bank.events import Event
from data.demo.bank.payers import PayingCustomer
from data.demo.bank.references import iban
from data.demo.bank.texts import Purpose, Wording, payment_text
from data.demo.bank_days import calendar_day
from data.demo.company import Company
from data.demo.names import person_names

_COLLECTION, _RETURN, _SENT = "PMNT-IDDT-ESDD", "PMNT-IDDT-UPDD", "PMNT-ICDT-ESCT"
_RECALL = "PMNT-RCDT-RPCR"
_REASONS = ("AM04", "AC04", "MS03", "MD06", "MD01", "AC01")
_RETURN_WORDS = (
    "Incasso geweigerd {reason} {number}",
    "STORNO {number}",
    "Terugboeking incasso {number} {reason}",
)
_FACTOR = "Factorfort Commercial Finance BV"
_PROVIDER = "Stichting Mollie Payments"
_FEE = 32


@dataclass(frozen=True)
class LineSource:
    """What bank lines are written from: the company, numbers and ids by position, and the payers."""

    company: Company
    numbers: list[str]
    orders: list[str]
    names: list[str]
    customer_ids: list[str]
    payers: list[PayingCustomer]


class Teller:
    """Writes the lines of events, in order of the day, and follows what is open of each document."""

    def __init__(
        self, books: LineSource, settled: list[tuple[int, int, int]], seed: int, *, noisy: bool
    ) -> None:
        self.books = books
        self.noisy = noisy
        self.chance = Chance(seed, "texts")
        company = books.company
        self.open = np.concatenate([company.invoices.amount, company.notes.amount]).astype(np.int64)
        self.settled = settled
        self.settled_until = 0
        self.batches: dict[tuple[int, int], int] = {}
        self.payouts: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.people = person_names(200, self.chance.stream)
        self.factor = iban("NL", 1, 77_120_401)
        self.notes_of: dict[int, list[int]] = defaultdict(list)
        for position, original in enumerate(company.notes.original.tolist()):
            self.notes_of[original].append(company.invoices.count + position)
        ranks = np.argsort(np.argsort(np.array(books.numbers, dtype=object), kind="stable"))
        self.rank = ranks.tolist()

    def lines(self, events: list[Event]) -> list[BankLine]:
        """Return the lines of events, which come by day; then `open` is what is left of each document."""
        result: list[BankLine] = []
        for event in events:
            self._settle_until(event.day)
            if event.kind == "receipt":
                result += self._receipt(event)
            elif event.kind == "return":
                result.append(self._return(event))
            else:
                result.append(self._refund(event))
        result += self._payout_lines()
        return result

    def _settle_until(self, day: int) -> None:
        while self.settled_until < len(self.settled) and self.settled[self.settled_until][0] <= day:
            _, document, cents = self.settled[self.settled_until]
            self.open[document] -= cents
            self.settled_until += 1

    def _taken(self, event: Event) -> tuple[tuple[tuple[int, int], ...], list[str]]:
        """Return how much of each document the money pays in truth, and what is odd about that."""
        pays, labels = [], []
        for document, cents in event.pays:
            if document < 0:
                continue
            left = int(self.open[document])
            taken = min(cents, max(left, 0))
            if taken > 0:
                pays.append((document, taken))
                self.open[document] -= taken
            if cents > left:
                labels.append("twice" if left <= 0 else "too much")
            elif cents < left and not event.noise:
                notes = [note for note in self.notes_of.get(document, []) if self.open[note] < 0]
                credited = -sum(int(self.open[note]) for note in notes)
                labels.append("less a credit note" if credited and cents + credited == left else "part")
        return tuple(pays), labels

    def _receipt(self, event: Event) -> list[BankLine]:
        payer = self.books.payers[event.customer]
        company = self.books.company
        if company.customers.direct_debit[event.customer]:
            return self._collection(event, payer)
        if payer.provider and self.noisy:
            self.payouts[event.day].extend(self._taken(event)[0])
            return []
        same = self._same_amount(event)
        pays, labels = self._taken(event)
        noise = [*event.noise, *dict.fromkeys(labels), *same]
        name, account = payer.name, payer.account_on(event.day)
        if account != payer.account:
            noise.append("new account")
        writer = payer
        if self.noisy:
            writer, name, account, how = self._sender(event, payer, name, account)
            noise += how
        wording = self._wording(event, writer)
        if how_many := len(event.pays) - 1:
            noise.append("several" if how_many < 10 else "more than ten")  # noqa: PLR2004
        if "factor" in noise:
            wording = replace(wording, text=f"{wording.text} {self.books.names[event.customer]} cessie"[:140])
        return [
            BankLine(
                account=event.services,
                day=event.day,
                cents=event.cents,
                name=name,
                iban=account,
                text=wording.text,
                reference=wording.reference,
                end_to_end="NOTPROVIDED" if writer.by_hand else f"{self.chance.digits(9)}",
                customer=event.customer,
                pays=pays,
                noise=tuple(dict.fromkeys([*noise, *wording.noise])),
            )
        ]

    def _same_amount(self, event: Event) -> list[str]:
        """Tell whether another open invoice of the customer would take just as much."""
        if len(event.pays) > 1 or event.pays[0][0] < 0:
            return []
        document, cents = event.pays[0]
        own = self._of_customer(event.customer)
        issued = self.books.company.invoices.day[own] <= event.day
        equal = own[issued & (self.open[own] == cents)]
        return ["same amount twice"] if (equal != document).any() else []

    def _of_customer(self, customer: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        if not hasattr(self, "_own"):
            order = np.argsort(self.books.company.invoices.customer, kind="stable")
            bounds = np.searchsorted(
                self.books.company.invoices.customer[order], np.arange(self.books.company.customers.count + 1)
            )
            self._own = (order, bounds)
        order, bounds = self._own
        return order[bounds[customer] : bounds[customer + 1]]

    def _sender(
        self, event: Event, payer: PayingCustomer, name: str, account: str
    ) -> tuple[PayingCustomer, str, str, list[str]]:
        """Return who sends the money, as the statement shows, and what is odd about that."""
        chance = self.chance
        if len(payer.group) > 1 and chance.happens(rates.PAID_BY_THE_GROUP):
            others = [member for member in payer.group if member != payer.customer]
            writer = self.books.payers[chance.one_of(others)]
            return writer, writer.name, writer.account_on(event.day), ["group"]
        if chance.happens(rates.BY_FACTOR):
            return payer, _FACTOR, self.factor, ["factor"]
        if chance.happens(rates.BY_PERSON):
            person = chance.number(0, len(self.people) - 1)
            own = iban("NL", person, 500_000_000 + person * 7_919)
            return replace(payer, by_hand=True), self.people[person], own, ["person"]
        if chance.happens(rates.NO_IBAN):
            return payer, name, "", ["no account"]
        return payer, name, account, []

    def _wording(self, event: Event, writer: PayingCustomer) -> Wording:
        documents = [document for document, _ in event.pays if document >= 0]
        company = self.books.company
        if not documents:
            return Wording("betaling" if writer.by_hand else f"{writer.own_number}", "", ("no number",))
        if not writer.by_hand:
            documents.sort()
        cents = dict(event.pays)
        ranks = sorted(self.rank[document] for document in documents)
        claim = Purpose(
            numbers=tuple(self.books.numbers[document] for document in documents),
            amounts=tuple(cents[document] for document in documents),
            days=tuple(calendar_day(int(company.invoices.day[document])) for document in documents),
            orders=tuple(self.books.orders[document] for document in documents),
            in_a_row=ranks == list(range(ranks[0], ranks[0] + len(ranks))),
            customer_id=self.books.customer_ids[event.customer],
            paid=calendar_day(event.day),
        )
        return payment_text(writer, claim, self.chance)

    def _collection(self, event: Event, payer: PayingCustomer) -> list[BankLine]:
        """Return the parts of a batch of collections, one per invoice: our own texts come back."""
        batch = self.batches.setdefault((event.day, event.services), len(self.batches) + 1)
        lines = []
        for document, cents in event.pays:
            pays, labels = self._taken(replace(event, pays=((document, cents),)))
            number = self.books.numbers[document] if document >= 0 else ""
            lines.append(
                BankLine(
                    account=event.services,
                    day=event.day,
                    cents=cents,
                    name=payer.name,
                    iban=payer.account_on(event.day),
                    text=f"Incasso factuur {number}".strip(),
                    end_to_end=number or "NOTPROVIDED",
                    code=_COLLECTION,
                    batch=batch,
                    customer=event.customer,
                    pays=pays,
                    noise=("collection", *dict.fromkeys(labels)),
                )
            )
        return lines

    def _return(self, event: Event) -> BankLine:
        document, _cents = event.pays[0]
        for other, own in event.pays:
            self.open[other] -= own
        payer, recalled = self.books.payers[event.customer], "taken back" in event.noise
        number = self.books.numbers[document]
        reason = "FOCR" if recalled else self.chance.one_of(_REASONS)
        words = (
            self.chance.one_of(_RETURN_WORDS)
            if not recalled
            else "Terugboeking op verzoek opdrachtgever {number}"
        )
        has_charge = self.noisy and not recalled and self.chance.happens(rates.RETURN_CHARGE)
        charge = self.chance.one_of((50, 150, 300)) if has_charge else 0
        return BankLine(
            account=event.services,
            day=event.day,
            cents=event.cents - charge,
            name=payer.name,
            iban=payer.account_on(event.day),
            text=words.format(reason=reason, number=number) + (" incl. kosten" if charge else ""),
            end_to_end=number,
            code=_RECALL if recalled else _RETURN,
            return_reason=reason,
            customer=event.customer,
            kind="return",
            pays=event.pays,
            noise=("return", *event.noise, *(("with charges",) if charge else ())),
        )

    def _refund(self, event: Event) -> BankLine:
        document, _ = event.pays[0]
        payer = self.books.payers[event.customer]
        number = self.books.numbers[document] if document >= 0 else ""
        for other, cents in event.pays:
            if self.open[other] < 0:
                self.open[other] -= cents
        return BankLine(
            account=event.services,
            day=event.day,
            cents=event.cents,
            name=self.books.names[event.customer],
            iban=payer.account_on(event.day),
            text=f"Terugbetaling {number}".strip(),
            end_to_end=f"TB{self.chance.digits(7)}",
            code=_SENT,
            customer=event.customer,
            kind="refund",
            pays=event.pays,
            noise=("refund",),
        )

    def _payout_lines(self) -> list[BankLine]:
        """Return the payouts of the payment provider: a day's payments, less its fees, the next bank day."""
        lines = []
        for day, pays in sorted(self.payouts.items()):
            paid_out = int(self.books.company.calendar.next_bank_day(np.array(day + 1)))
            total = sum(cents for _, cents in pays) - _FEE * len(pays)
            if paid_out > self.books.company.calendar.as_of or total <= 0:
                continue
            lines.append(
                BankLine(
                    account=0,
                    day=paid_out,
                    cents=total,
                    name=_PROVIDER,
                    iban=iban("NL", 2, 66_012_345),
                    text=f"Mollie settlement {self.chance.digits(7)}.{calendar_day(day):%y%m}.01",
                    end_to_end=f"stl{self.chance.digits(8)}",
                    kind="payout",
                    pays=tuple(pays),
                    noise=("provider payout",),
                )
            )
        return lines


def without_parts(lines: list[BankLine], seed: int) -> list[BankLine]:
    """Return the lines; some batches of collections are one line of the total, as banks give them unasked."""
    chance = Chance(seed, "batches")
    closed = {
        batch
        for batch in sorted({line.batch for line in lines} - {0})
        if chance.happens(rates.BATCH_UNDETAILED)
    }
    parts: dict[int, list[BankLine]] = defaultdict(list)
    result = []
    for line in lines:
        if line.batch in closed:
            parts[line.batch].append(line)
        else:
            result.append(line)
    for batch, members in parts.items():
        first = members[0]
        result.append(
            replace(
                first,
                cents=sum(line.cents for line in members),
                name="",
                iban="",
                text=f"SEPA INCASSO BATCH {batch:06} AANTAL {len(members)}",
                end_to_end="",
                batch=0,
                customer=-1,
                pays=tuple(pair for line in members for pair in line.pays),
                noise=("batch without parts",),
            )
        )
    return result
