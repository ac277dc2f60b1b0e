"""How the demo company's invoices are settled: payments, credit notes, discounts, slips, write-offs."""

import numpy as np

from data.demo.bank_days import NEVER, Calendar, Ints, random_stream
from data.demo.credit_notes import CreditNotes, make_credit_notes
from data.demo.customers import Customers
from data.demo.disputes import Disputes
from data.demo.invoices import Invoices, instalment_parts
from data.demo.lines import (
    CREDIT,
    DISCOUNT,
    ON_ACCOUNT,
    PAYMENT,
    REVERSAL,
    WRITE_OFF,
    Rows,
    Settlements,
    finished,
)

PLAIN, GOODWILL, PART, SHORT, OVERPAID, DOUBLE, UNNAMED, STORNO, EARLY, OTHER = range(10)
_ROLE_SHARE = (0.010, 0.043, 0.006, 0.001, 0.0015, 0.006)
_STORNO_SHARE, _UPTAKE = 0.015, 0.45
DISCOUNT_DAYS = 8
_GIVEN_UP, _PAID_LATER = 0.6, 0.3
_REFUNDED, _FOUND = 0.93, 0.97


class Settler:
    """Gathers the settlement lines of all invoices."""

    def __init__(
        self, invoices: Invoices, customers: Customers, calendar: Calendar, disputes: Disputes, seed: int
    ) -> None:
        self.invoices = invoices
        self.customers = customers
        self.calendar = calendar
        self.disputes = disputes
        self.rng = random_stream(seed, "settlements")
        self.rows = Rows()

    def settle(self, pay: Ints) -> tuple[CreditNotes, Settlements]:
        """Return the credit notes and settlement lines up to the as-of day, given each invoice's pay day."""
        roles, pay = self._roles(pay)
        credits_, credited = make_credit_notes(
            self.invoices,
            self.disputes,
            self.calendar,
            pay,
            goodwill=roles == GOODWILL,
            plain=roles == PLAIN,
            rng=self.rng,
        )
        self._settle_credit_notes(credits_)
        rest = self.invoices.amount - credited
        cleared = pay.copy()
        fully_credited = (rest == 0) & (credited > 0)
        settled = credits_.settled[credits_.original >= 0]
        original = credits_.original[credits_.original >= 0]
        cleared[original[fully_credited[original]]] = settled[fully_credited[original]]
        whole = (pay < NEVER) & (rest > 0)
        simple = whole & np.isin(roles, (PLAIN, GOODWILL)) | (
            whole & (roles == OTHER) & (self.invoices.parts == 0)
        )
        self._pay(np.flatnonzero(simple), pay, rest)
        self._parts(np.flatnonzero(roles == PART), pay, cleared)
        self._short(np.flatnonzero(roles == SHORT), pay)
        self._too_much(np.flatnonzero(roles == OVERPAID), np.flatnonzero(roles == DOUBLE), pay)
        self._unnamed(np.flatnonzero(roles == UNNAMED), pay, cleared)
        self._storno(np.flatnonzero(roles == STORNO), pay, cleared)
        self._discount(np.flatnonzero(roles == EARLY), pay)
        self._instalments(np.flatnonzero((self.invoices.parts > 0) & (pay < NEVER)), pay, cleared)
        self._write_off_unpaid(pay)
        return credits_, finished(
            self.rows,
            self.invoices,
            credits_,
            self.customers,
            self.calendar,
            cleared=cleared,
            single=simple & (credited == 0),
        )

    def _roles(self, pay: Ints) -> tuple[Ints, Ints]:
        """Decide what happens to each invoice; takers of a discount pay early."""
        invoices, customer = self.invoices, self.invoices.customer
        draw = self.rng.random(invoices.count)
        # Ordinary is the common case: the draw beyond the last limit.
        limits = np.cumsum(_ROLE_SHARE)
        role = np.searchsorted(limits, draw, side="right") + 1
        role = np.where(role > len(limits), PLAIN, role)
        storno = self.customers.direct_debit[customer] & (draw > 1 - _STORNO_SHARE)
        role = np.where(storno, STORNO, role)
        early = self.calendar.previous_run(self.customers.run[customer], invoices.day + DISCOUNT_DAYS)
        takes = (invoices.discount_percent > 0) & (early > invoices.day) & (role == PLAIN)
        takes &= self.rng.random(invoices.count) < _UPTAKE
        special = (pay == NEVER) | (self.customers.fails[customer] < NEVER) | (invoices.parts > 0)
        special[self.disputes.invoice] = True
        role = np.where(special, OTHER, np.where(takes, EARLY, role))
        return role, np.where(role == EARLY, early, pay)

    def _settle_credit_notes(self, notes: CreditNotes) -> None:
        """Set credit notes off against their invoices, in one booking each; pay out the bonuses."""
        document = self.invoices.count + np.arange(len(notes.day))
        bound = np.flatnonzero(notes.original >= 0)
        group = self.rows.own(len(bound))
        self._add(notes.original[bound], notes.settled[bound], -notes.amount[bound], CREDIT, group)
        self._add_note(document[bound], notes, bound, CREDIT, group)
        paid = np.flatnonzero((notes.original < 0) & (notes.settled < NEVER))
        self._add_note(document[paid], notes, paid, PAYMENT, self.rows.own(len(paid)))

    def _add_note(self, document: Ints, notes: CreditNotes, which: Ints, kind: int, group: Ints) -> None:
        services = notes.services[which].astype(np.int64)
        kinds = np.full(len(which), kind)
        line = (
            document,
            notes.customer[which],
            services,
            notes.settled[which],
            notes.amount[which],
            kinds,
            group,
        )
        self.rows.chunks.append(line)

    def _add(
        self,
        invoice: Ints,
        day: Ints,
        amount: Ints,
        kind: int,
        group: Ints | None = None,
        *,
        named: bool = True,
    ) -> None:
        """Add lines for these invoices; without group they join the customer's pay run of that day."""
        customer = self.invoices.customer[invoice]
        services = self.invoices.services[invoice].astype(np.int64)
        if group is None:
            group = (customer * 2 + services) * NEVER + day
        document = invoice if named else np.full(len(invoice), ON_ACCOUNT)
        self.rows.chunks.append(
            (document, customer, services, day, amount, np.full(len(invoice), kind), group)
        )

    def _own(self, invoice: Ints, day: Ints, amount: Ints, kind: int) -> None:
        self._add(invoice, day, amount, kind, self.rows.own(len(invoice)))

    def _run(self, invoice: Ints, day: Ints) -> Ints:
        return self.calendar.next_run(self.customers.run[self.invoices.customer[invoice]], day)

    def _wait(self, invoice: Ints, low: int, high: int) -> Ints:
        return self.rng.integers(low, high, len(invoice))

    def _pay(self, invoice: Ints, pay: Ints, amount: Ints) -> None:
        self._add(invoice, pay[invoice], amount[invoice], PAYMENT)

    def _parts(self, invoice: Ints, pay: Ints, cleared: Ints) -> None:
        amount = self.invoices.amount[invoice]
        first = amount * self._wait(invoice, 30, 71) // 100
        second = self._run(invoice, pay[invoice] + self._wait(invoice, 7, 36))
        self._add(invoice, pay[invoice], first, PAYMENT)
        self._add(invoice, second, amount - first, PAYMENT)
        cleared[invoice] = second

    def _short(self, invoice: Ints, pay: Ints) -> None:
        """Pay a little less; most of it is written off, some is paid later, some stays open."""
        amount = self.invoices.amount[invoice]
        missing = np.maximum(amount * self._wait(invoice, 3, 30) // 1000, 1)
        self._add(invoice, pay[invoice], amount - missing, PAYMENT)
        fate = self.rng.random(len(invoice))
        given_up, later = fate < _GIVEN_UP, (fate >= _GIVEN_UP) & (fate < _GIVEN_UP + _PAID_LATER)
        day = self.calendar.next_bank_day(pay[invoice] + self._wait(invoice, 20, 60))
        self._own(invoice[given_up], day[given_up], missing[given_up], WRITE_OFF)
        day = self._run(invoice, pay[invoice] + self._wait(invoice, 15, 45))
        self._own(invoice[later], day[later], missing[later], PAYMENT)

    def _too_much(self, over: Ints, twice: Ints, pay: Ints) -> None:
        """Pay more than is due, or the whole again; most of it is refunded."""
        amount = self.invoices.amount
        extra = np.maximum(amount[over] * self._wait(over, 1, 11) // 100, 1)
        self._add(over, pay[over], amount[over] + extra, PAYMENT)
        self._pay(twice, pay, amount)
        again = self._run(twice, pay[twice] + self._wait(twice, 3, 20))
        self._own(twice, again, amount[twice], PAYMENT)
        both = np.concatenate([over, twice])
        since = np.concatenate([pay[over], again])
        back = self.rng.random(len(both)) < _REFUNDED
        day = self.calendar.next_bank_day(since + self._wait(both, 7, 30))
        surplus = np.concatenate([extra, amount[twice]])
        self._own(both[back], day[back], -surplus[back], PAYMENT)

    def _unnamed(self, invoice: Ints, pay: Ints, cleared: Ints) -> None:
        """Pay without naming the invoice; found out after some days, as a rule, and then applied."""
        amount = self.invoices.amount[invoice]
        self._add(invoice, pay[invoice], amount, PAYMENT, self.rows.own(len(invoice)), named=False)
        is_matched = self.rng.random(len(invoice)) < _FOUND
        day = self.calendar.next_bank_day(pay[invoice] + self._wait(invoice, 3, 30))
        group = self.rows.own(int(is_matched.sum()))
        self._add(invoice[is_matched], day[is_matched], -amount[is_matched], REVERSAL, group, named=False)
        self._add(invoice[is_matched], day[is_matched], amount[is_matched], PAYMENT, group)
        cleared[invoice] = np.where(is_matched, day, NEVER)

    def _storno(self, invoice: Ints, pay: Ints, cleared: Ints) -> None:
        """Collect by direct debit, have it returned, be paid after all."""
        amount = self.invoices.amount[invoice]
        self._add(invoice, pay[invoice], amount, PAYMENT)
        returned = self.calendar.next_bank_day(pay[invoice] + self._wait(invoice, 2, 6))
        self._own(invoice, returned, -amount, REVERSAL)
        again = self.calendar.next_bank_day(returned + self._wait(invoice, 10, 25))
        self._own(invoice, again, amount, PAYMENT)
        cleared[invoice] = again

    def _discount(self, invoice: Ints, pay: Ints) -> None:
        amount = self.invoices.amount[invoice]
        discount = (amount * self.invoices.discount_percent[invoice] + 50) // 100
        self._add(invoice, pay[invoice], amount - discount, PAYMENT)
        self._own(invoice, pay[invoice], discount, DISCOUNT)

    def _instalments(self, invoice: Ints, pay: Ints, cleared: Ints) -> None:
        """Pay instalment by instalment, each as late as the customer's mood has it."""
        late = np.clip(pay[invoice] - self.invoices.due[invoice], -5, 25)
        latest = self.invoices.day[invoice]
        for part, due, amount in instalment_parts(self.invoices, invoice):
            day = self._run(invoice[part], np.maximum(due + late[part], latest[part] + 1))
            latest[part] = day
            self._add(invoice[part], day, amount, PAYMENT)
        cleared[invoice] = latest

    def _write_off_unpaid(self, pay: Ints) -> None:
        """Write off what never came from customers that are still there."""
        alive = self.customers.fails[self.invoices.customer] == NEVER
        lost = np.flatnonzero((pay == NEVER) & alive & (self.invoices.cancelled == NEVER))
        day = self.calendar.next_bank_day(self.invoices.due[lost] + self._wait(lost, 200, 300))
        self._own(lost, day, self.invoices.amount[lost], WRITE_OFF)
