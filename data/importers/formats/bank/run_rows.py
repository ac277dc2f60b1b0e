"""The rows that collections and payment runs become: one per payment."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from data.importers import reasons
from data.importers.formats.bank import run_reasons
from data.importers.formats.bank.camt_elements import Texts
from data.importers.formats.bank.entries import statement_id
from data.importers.formats.bank.values import (
    account_number,
    amount_fault,
    cents_of,
    day_of,
    money,
    reference,
)
from data.importers.formats.extract import ColumnRows
from data.message_templates import Message

_COLUMNS = (
    "run_id", "line_id", "kind", "account", "currency", "run_date", "amount", "run_reference", "message_id",
    "counterparty", "description", "counterparty_account", "reference", "end_to_end_id", "mandate_id",
)  # fmt: skip
_DAYS = {"collection": "ReqdColltnDt", "payment": "ReqdExctnDt"}
_SHOWN = 40


@dataclass(frozen=True)
class PaymentRun:
    """One `PmtInf` as it stands in the file: its line, its own texts, those of its payments."""

    line: int
    header: Texts
    payments: Sequence[Texts]


class RunRows:
    """Gathers the rows of one file.

    A run is called after what it says, and not after the file that it is in: the same run in another file is
    the same. What it does in another currency is a run of its own, which a bank books in that currency.
    """

    def __init__(self, kind: str, message_id: str) -> None:
        self._kind, self._message_id = kind, reference(message_id)
        self._rows: list[tuple[str, ...]] = []
        self._lines: list[int] = []

    def add(self, run: PaymentRun) -> Message | None:
        """Take a run in; one that cannot be read whole is left out, and a clause says why."""
        account = account_number(run.header.get("iban", ""), run.header.get("number", ""))
        day = day_of(run.header.get("day", ""))
        by_currency: dict[str, list[tuple[int, Texts]]] = {}
        total = 0
        for payment in run.payments:
            cents, currency = cents_of(payment.get("amount", "")), payment.get("amount:ccy", "")
            if cents is None or not currency:
                return _amount_fault(payment)
            by_currency.setdefault(currency, []).append((cents, payment))
            total += cents
        reason = self._fault(run, account, day, total)
        if reason is None:
            for currency, payments in by_currency.items():
                self._add(run, (account, currency, day), payments)
        return reason

    def _fault(self, run: PaymentRun, account: str, day: str, total: int) -> Message | None:
        """Return why a run as a whole cannot be read."""
        header, count = run.header, len(run.payments)
        if not account:
            return run_reasons.RUN_WITHOUT_ACCOUNT()
        if not day:
            label, written = _DAYS[self._kind], header.get("day", "")[:_SHOWN]
            if not written:
                return reasons.EMPTY_CELL(label=label)
            return reasons.NOT_CALENDAR_DAY(label=label, value=written)
        stated = header.get("count", "")
        if stated and stated.lstrip("0") != str(count):
            return run_reasons.RUN_OTHER_COUNT(stated=stated[:_SHOWN], count=count)
        stated = header.get("sum", "")
        if stated and cents_of(stated) != total:
            return run_reasons.RUN_OTHER_SUM(stated=stated[:_SHOWN], amount=Decimal(money(total)))
        return None

    def columns(self) -> dict[str, ColumnRows]:
        """Return the rows by the name of their grain."""
        columns = zip(*self._rows, strict=True) if self._rows else [()] * len(_COLUMNS)
        return {"run_payments": ColumnRows(self._lines, dict(zip(_COLUMNS, columns, strict=True)))}

    def _add(
        self, run: PaymentRun, where: tuple[str, str, str], payments: Sequence[tuple[int, Texts]]
    ) -> None:
        name = reference(run.header.get("id", ""))
        rows = [_payment_cells(cents, payment) for cents, payment in payments]
        alike = sorted(
            (amount, end_to_end_id, account) for amount, _n, _t, account, _r, end_to_end_id, _m in rows
        )
        run_id = statement_id(name, self._kind, *where, *(text for texts in alike for text in texts))
        for place, (amount, *texts) in enumerate(rows, start=1):
            self._lines.append(run.line)
            head = (run_id, str(place), self._kind, *where, amount, name, self._message_id)
            self._rows.append((*head, *texts))


def _amount_fault(payment: Texts) -> Message:
    text = payment.get("amount", "")
    if cents_of(text) is None:
        return amount_fault("InstdAmt", text)
    return run_reasons.RUN_WITHOUT_CURRENCY(amount=text[:_SHOWN])


def _payment_cells(cents: int, payment: Texts) -> tuple[str, ...]:
    """Return amount, name, text, account, structured reference, end-to-end id and mandate of a payment."""
    structured = [text for text in map(reference, payment.get("references", ())) if text]
    texts = [*payment.get("unstructured", ()), *payment.get("documents", ()), *structured[1:]]
    return (
        money(cents),
        payment.get("name", "") or payment.get("ultimate", ""),
        " ".join(filter(None, texts)),
        account_number(payment.get("iban", ""), payment.get("number", "")),
        structured[0] if structured else "",
        reference(payment.get("end_to_end_id", "")),
        reference(payment.get("mandate", "")),
    )
