"""What the demo company does about late invoices: reminders, calls, replies, promises."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from data.demo.bank_days import NEVER, Bools, Ints
from data.demo.company import Company
from data.demo.customers import MIDDLE
from data.demo.write import customer_ids, days, money, words

CHANNELS = ("e-mail", "phone", "letter")
EMAIL, PHONE, LETTER = range(3)
KINDS = ("pre_due_reminder", "friendly_reminder", "formal_reminder", "final_demand", "call", "reply")
CALL, REPLY = 4, 5
_STEPS = ((-5, EMAIL), (5, EMAIL), (14, EMAIL), (28, LETTER))
"""Days after the due date and the channel, in the order of the kinds."""

_PRE_DUE_SHARE, _CALL_SHARE, _CALL_FROM, _PROMISE_SHARE = 0.35, 0.5, 9, 0.35
_KEPT = 0.65
_LONGEST_PROMISE = 30


@dataclass(frozen=True)
class Contacts:
    """One entry per contact: position of the invoice, day, channel, whether it came in, kind."""

    invoice: Ints
    day: Ints
    channel: Ints
    incoming: Bools
    kind: Ints


def write_follow_up(folder: Path, company: Company, rng: np.random.Generator) -> None:
    """Write contacts.csv and promises.csv."""
    invoices, calendar = company.invoices, company.calendar
    contacts = _contacts(company, rng)
    frame = pl.DataFrame(
        {
            "customer_id": customer_ids(company.customers).gather(invoices.customer[contacts.invoice]),
            "invoice_id": company.ids.gather(contacts.invoice),
            "contact_date": days(contacts.day),
            "channel": words(CHANNELS, contacts.channel),
            "direction": words(("out", "in"), contacts.incoming.astype(np.int64)),
            "kind": words(KINDS, contacts.kind),
        }
    )
    # Answers to two reminders on one day are one answer.
    known = frame.filter(pl.Series(contacts.day <= calendar.as_of)).unique(maintain_order=True)
    known.sort("contact_date", "invoice_id", "kind", "channel").write_csv(folder / "contacts.csv")
    _write_promises(folder, company, contacts, rng)


def _contacts(company: Company, rng: np.random.Generator) -> Contacts:
    """Return what was sent and said, and who answered."""
    answers = company.customers.answers[company.invoices.customer]
    sent = _sent(company, rng)
    invoice, day = (np.concatenate([entry[column] for entry in sent]) for column in (0, 1))
    counts = [len(entry[0]) for entry in sent]
    kind = np.repeat(np.arange(len(sent)), counts)
    channel = np.repeat(np.array([*(step[1] for step in _STEPS), PHONE]), counts)
    answered = np.flatnonzero((rng.random(len(invoice)) < answers[invoice]) & (kind > 0) & (kind < CALL))
    reply = company.calendar.next_bank_day(day[answered] + rng.integers(1, 5, len(answered)))
    return Contacts(
        invoice=np.concatenate([invoice, invoice[answered]]),
        day=np.concatenate([day, reply]),
        channel=np.concatenate([channel, np.full(len(answered), EMAIL)]),
        incoming=np.arange(len(invoice) + len(answered)) >= len(invoice),
        kind=np.concatenate([kind, np.full(len(answered), REPLY)]),
    )


def _sent(company: Company, rng: np.random.Generator) -> list[tuple[Ints, Ints]]:
    """Return invoice and day of each kind of contact: reminders while it is open, calls about larger ones."""
    invoices, customers, lines, calendar = (
        company.invoices,
        company.customers,
        company.lines,
        company.calendar,
    )
    customer = invoices.customer
    followed = (invoices.parts == 0) & (invoices.cancelled == NEVER)
    large = customers.size[customer] >= MIDDLE
    sent: list[tuple[Ints, Ints]] = []
    for offset, _ in _STEPS:
        day = calendar.next_bank_day(invoices.due + offset)
        wanted = followed & (day < lines.cleared) & (day > invoices.day) & (day <= calendar.as_of)
        if offset < 0:
            wanted &= large & (rng.random(invoices.count) < _PRE_DUE_SHARE)
        which = np.flatnonzero(wanted)
        sent.append((which, day[which]))
    call = calendar.next_bank_day(invoices.due + _CALL_FROM + rng.integers(0, 12, invoices.count))
    called = followed & large & (call < lines.cleared) & (call <= calendar.as_of)
    which = np.flatnonzero(called & (rng.random(invoices.count) < _CALL_SHARE))
    sent.append((which, call[which]))
    return sent


def _write_promises(folder: Path, company: Company, contacts: Contacts, rng: np.random.Generator) -> None:
    """Write promises.csv: given in calls and replies, about two thirds kept."""
    invoices, lines, calendar = company.invoices, company.lines, company.calendar
    invoice, made = contacts.invoice, contacts.day
    spoken = (
        np.isin(contacts.kind, (CALL, REPLY)) & (made <= calendar.as_of) & (made < lines.cleared[invoice])
    )
    whole = lines.single | (lines.cleared >= NEVER)
    chosen = np.flatnonzero(spoken & whole[invoice] & (rng.random(len(invoice)) < _PROMISE_SHARE))
    invoice, made = invoice[chosen], made[chosen]
    pays = lines.cleared[invoice]
    keeps = (rng.random(len(invoice)) < _KEPT) & (pays - made <= _LONGEST_PROMISE)
    before = pays - rng.integers(2, 12, len(invoice))
    hopeful = np.where((before > made) & (before - made <= _LONGEST_PROMISE), before, made + 3)
    loose = made + rng.integers(4, 15, len(invoice))
    broken = np.where(pays - made > _LONGEST_PROMISE, loose, hopeful)
    promised = calendar.next_bank_day(np.where(keeps, pays + rng.integers(0, 4, len(invoice)), broken))
    frame = pl.DataFrame(
        {
            "invoice_id": company.ids.gather(invoice),
            "made_date": days(made),
            "promised_date": days(promised),
            "amount": money(invoices.amount[invoice]),
        }
    )
    # A customer that promises twice on one day has promised once.
    frame = frame.unique(["invoice_id", "made_date"], keep="first", maintain_order=True)
    frame.sort("made_date", "invoice_id").write_csv(folder / "promises.csv")
