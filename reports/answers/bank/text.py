"""Words of the Bank screen."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from data.message_templates import stored_message
from reports.answers.bank.decisions import Choice, DecidedPart, EntryDecision
from reports.answers.bank.entries import Received, Waiting
from reports.answers.shared.finding import Finding
from reports.codes import label
from reports.formats import in_sentence, money, number, percent
from reports.sentences import translate
from reports.translation import _, _n, _p

PARTS = ("proposed", "unmatched", "applied", "sample", "statements")
LISTED = ("entry_date", "counterparty", "amount", "proposal", "score_said")
UNMATCHED = ("entry_date", "counterparty", "amount", "description")
APPLIED = ("entry_date", "counterparty", "amount", "proposal", "decided_said")
_VERY_LIKELY, _LIKELY, _POSSIBLE = 0.9, 0.7, 0.4
_MOST_PARTS = 3  # that fit on a line


def part_name(part: str, counts: Mapping[str, int]) -> str:
    """Return the name of a part of the screen, with how many entries wait in it."""
    name = {
        "proposed": _p("bank part", "Proposed"),
        "applied": _p("bank part", "Applied"),
        "unmatched": _p("bank part", "Unmatched"),
        "sample": _p("bank part", "How right"),
        "statements": _p("bank part", "Statements"),
    }[part]
    return f"{name} ({number(counts[part])})" if part in counts else name


def headline(received: Received, waiting: Waiting, since: date, until: date, currency: str) -> Finding:
    """Return what came in, how much of it was applied by itself, and how many entries wait.

    Args:
        received: of the period.
        waiting: what waits, of any day.
        since: first day of the period.
        until: last day of it.
        currency: of the amounts.
    """
    waits = _n("{count} entry waits for you", "{count} entries wait for you", waiting.entries)
    if not waiting.entries:
        waits = _("nothing waits for you")
    if received.share is None:
        title = _("Nothing was received since {day}; {waits}", day=in_sentence(since), waits=waits)
    else:
        title = _(
            "{amount} received, {share} of it applied by itself; {waits}",
            amount=money(received.amount, currency, 0), share=percent(received.share), waits=waits,
        )  # fmt: skip
    method = _(
        "Money of customers that the bank booked from {first} up to {last}; what waits is of any day.",
        first=in_sentence(since), last=in_sentence(until),
    )  # fmt: skip
    if waiting.amount:
        method = _(
            "Money of customers that the bank booked from {first} up to {last}. What waits, {amount} of any "
            "day, is in the bank balance while the invoices it pays are expected still.",
            first=in_sentence(since), last=in_sentence(until), amount=money(waiting.amount, currency, 0),
        )  # fmt: skip
    return Finding(title, method)


def other_currencies(amounts: Mapping[str, Decimal]) -> str:
    """Return what came in besides, per currency; empty where all is in one."""
    if not amounts:
        return ""
    listed = ", ".join(money(amount, currency, 0) for currency, amount in sorted(amounts.items()))
    return _("Also received, not counted here: {amounts}.", amounts=listed)


def source_sentences(proposing: Sequence[str], undecided: Sequence[str]) -> list[str]:
    """Return what to say where payments come from the bookkeeping; names of administrations are not escaped.

    Args:
        proposing: administrations of which the bookkeeping's payments count, '' for all.
        undecided: of those with both, the ones about which no setting says which counts.
    """
    if not proposing:
        return []
    names = ", ".join(name for name in proposing if name)
    first = (
        _("Payments of {names} come from the bookkeeping: the bank only proposes there.", names=names)
        if names
        else _(
            "Payments come from the bookkeeping: the bank only proposes, and nothing is applied by itself."
        )
    )
    if not undecided:
        return [first]
    both = _(
        "There are payments of the bookkeeping and entries of the bank. Only those of the bookkeeping count "
        "until a setting says otherwise; they are never added up."
    )
    return [first, both]


def score_words(score: float | None) -> str:
    """Return how sure a proposal is, in words; empty for none."""
    if score is None:
        return ""
    if score >= _VERY_LIKELY:
        return _p("score", "Very likely")
    if score >= _LIKELY:
        return _p("score", "Likely")
    return _p("score", "Possible") if score >= _POSSIBLE else _p("score", "Uncertain")


def entry_rows(rows: pl.DataFrame, names: Mapping[str, str]) -> pl.DataFrame:
    """Return entries with what they are proposed for, or applied on, and how sure that is, in words.

    Args:
        rows: of `entries.entries`.
        names: customer -> name.
    """
    texts = [_proposal(row, names) for row in rows.iter_rows(named=True)]
    said = [score_words(score) for score in rows["score"]]
    return rows.with_columns(
        pl.Series("proposal", texts, dtype=pl.String),
        pl.Series("score_said", said, dtype=pl.String),
        counterparty=pl.col("counterparty").fill_null(_("not said by the bank")),
    )


def _proposal(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    if row["invoices"]:
        return ", ".join(row["invoices"])
    if row["customer_id"]:
        name = names.get(row["customer_id"], row["customer_id"])
        return _("on account, {customer}", customer=name)
    return ""


def with_decided(rows: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Return applied entries with who decided them in `decided_said`; `lines` are of `cash_application`."""
    first = lines.group_by("account", "entry_id", maintain_order=True).agg(
        pl.col("status", "decided_by", "kind").first()
    )
    joined = rows.join(first, on=["account", "entry_id"], how="left", maintain_order="left")
    said = [
        decided_words(status, by, kind) for status, by, kind in
        joined.select("status", "decided_by", "kind").iter_rows()
    ]  # fmt: skip
    return joined.with_columns(pl.Series("decided_said", said, dtype=pl.String))


def decided_words(status: str, person: str | None, kind: str) -> str:
    """Return who applied an entry, in a few words; a name is not escaped."""
    if status == "applied":
        return _("by itself") if kind in {"invoice", "on_account"} else label("kind", kind)
    by_person = _("by {person}", person=person) if person else _("by hand")
    return by_person if status == "confirmed" else _("none of ours, {by}", by=by_person)


def export_sheets(rows: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Return a sheet of all rows of `cash_application`, and one per list, each with its reasons in words."""
    said = {known: _reason_of(known) for known in rows["reason"].unique()}
    words = [
        reason(line) if line["status"] in {"confirmed", "rejected"} else said[line["reason"]]
        for line in rows.select("status", "reason", "decided_by", "invoice_id").iter_rows(named=True)
    ]
    told = rows.with_columns(pl.Series("reason", words, dtype=pl.String))
    lists = {
        _p("bank part", "Proposed"): told.filter(status="proposed"),
        _p("bank part", "Unmatched"): told.filter(status="unmatched"),
        _p("bank part", "Applied"): told.filter(pl.col("status").is_in(("applied", "confirmed", "rejected"))),
    }
    return {_p("bank part", "Everything"): told, **{name: own for name, own in lists.items() if own.height}}


def _reason_of(stored: str) -> str:
    return translate(stored_message(stored))


def reason(line: Mapping[str, Any]) -> str:
    """Return why a row of `cash_application` is what it is; holds text from data, not escaped."""
    if line["status"] == "confirmed" and not line["decided_by"]:
        return _("Decided by hand.")
    if line["status"] == "rejected" and not line["decided_by"]:
        if line["invoice_id"]:
            return _("Somebody said that it is not for {document}.", document=line["invoice_id"])
        return _("Somebody said that it is none of ours.")
    return translate(stored_message(line["reason"]))


def line_words(
    line: Mapping[str, Any],
    names: Mapping[str, str],
    open_amount: Decimal | None,
    beside: Sequence[Mapping[str, Any]] = (),
) -> str:
    """Return what a row of an entry puts where, with what is open beside it; not escaped.

    Args:
        line: of `cash_application`.
        names: customer -> name.
        open_amount: of the document; None: not to be said.
        beside: the entry's rows of `cash_settlements`.
    """
    currency = line["currency"]
    name = names.get(line["customer_id"] or "", line["customer_id"] or "")
    amount = money(line["applied_amount"], currency)
    if line["invoice_id"]:
        still = "" if open_amount is None else _(", {open} open", open=money(open_amount, currency))
        where = _("{document} of {customer}", document=line["invoice_id"], customer=name) + still
        for one in beside:
            if one["invoice_id"] == line["invoice_id"]:
                where += f", {beside_words(one['settles'], one['settled_amount'], currency)}"
    elif line["customer_id"]:
        where = _("on account of {customer}", customer=name)
    elif line["status"] == "unmatched":
        where = _("not known what for")
    else:
        where = label("kind", line["kind"])
    return f"{amount} · {where}"


def beside_words(settles: str, settled_amount: Decimal, currency: str) -> str:
    """Return what a document is settled with beside the money, in a few words."""
    amount = money(abs(settled_amount), currency)
    return {
        "discount": _("less a discount of {amount}", amount=amount),
        "write_off": _("less {amount} that was kept", amount=amount),
        "credit": _("{amount} set off with a credit note", amount=amount),
    }[settles]


def entry_title(entry: Mapping[str, Any]) -> str:
    """Return the title of an entry; holds text from data, not escaped."""
    who = entry["counterparty"] or _("Counterparty not said by the bank")
    return f"{who}: {money(entry['amount'], entry['currency'])}"


def entry_facts(texts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return every text the bank gives of an entry, by name; `texts` is a row of `bank_entry`."""
    named = [
        (_p("bank text", "Description"), texts["description"]),
        (_p("bank text", "Account of the other"), texts["counterparty_account"]),
        (_p("bank text", "Payment reference"), texts["reference"]),
        (_p("bank text", "End-to-end id"), texts["end_to_end_id"]),
        (_p("bank text", "Reference of the bank"), texts["bank_reference"]),
        (_p("bank text", "Code of the bank"), texts["bank_code"]),
        (_p("bank text", "Why it came back"), texts["return_reason"]),
    ]
    return [(name, value) for name, value in named if value]


def decision_words(decision: EntryDecision, names: Mapping[str, str]) -> str:
    """Return what somebody decided, in one line; holds text from data, not escaped."""
    who = f"{decision.counterparty or _('not said by the bank')} {money(decision.amount, decision.currency)}"
    return f"{who} → {_outcome(decision, names)}"


def _outcome(decision: EntryDecision, names: Mapping[str, str]) -> str:
    match decision.choice:
        case "not_ours":
            return _("none of ours")
        case "take_back":
            return _("the decision of before is taken back")
        case "right":
            return _("applied rightly")
        case "not_right":
            return _(
                "not for {documents}", documents=", ".join(part.invoice_id or "" for part in decision.parts)
            )
        case _:
            said = [_part_words(part, decision, names) for part in decision.parts]
            if len(said) > _MOST_PARTS:
                more = len(said) - _MOST_PARTS + 1
                said[_MOST_PARTS - 1 :] = [_n("{count} more", "{count} more", more)]
            return ", ".join(said)


def _part_words(part: DecidedPart, decision: EntryDecision, names: Mapping[str, str]) -> str:
    customer = names.get(part.customer_id or "", part.customer_id or "")
    amount = money(part.amount, decision.currency)
    is_whole = part.amount == decision.amount
    if part.invoice_id and part.settles and part.settled_amount is not None:
        beside = beside_words(part.settles, part.settled_amount, decision.currency)
        return f"{part.invoice_id} ({amount}, {beside})" if part.amount else f"{part.invoice_id} ({beside})"
    if part.invoice_id:
        return part.invoice_id if is_whole else f"{part.invoice_id} ({amount})"
    if is_whole:
        return _("on account of {customer}", customer=customer)
    return _("{amount} on account of {customer}", amount=amount, customer=customer)


def button(choice: Choice) -> str:
    """Return the words of a button that decides on an entry."""
    return {
        "accept": _p("button", "Accept"),
        "right": _p("button", "Right"),
        "other": _p("button", "Other invoice or split"),
        "on_account": _p("button", "On account"),
        "not_ours": _p("button", "Not ours"),
        "not_right": _p("button", "Not right"),
        "take_back": _p("button", "Take decision back"),
    }[choice]


def publish_button(count: int) -> str:
    """Return the words of the button that publishes the list."""
    return _n("Publish {count} decision", "Publish {count} decisions", count)


def published(count: int) -> str:
    """Return what to say after publishing."""
    return _n("Published {count} decision", "Published {count} decisions", count)


def undone(count: int) -> str:
    """Return what to say after a publication was undone."""
    return _n("{count} decision was undone", "{count} decisions were undone", count)


def split_sum(typed: Decimal, entry_amount: Decimal, currency: str) -> str:
    """Return how much of an entry is divided."""
    left = entry_amount - typed
    if left < 0:
        return _("{amount} more than the entry", amount=money(-left, currency))
    if left == 0:
        return _("All of {amount} is divided", amount=money(entry_amount, currency))
    return _(
        "{typed} of {amount} is divided, {left} is left",
        typed=money(typed, currency), amount=money(entry_amount, currency), left=money(left, currency),
    )  # fmt: skip
