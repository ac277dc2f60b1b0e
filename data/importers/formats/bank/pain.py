"""Collections (pain.008) and payment runs (pain.001) of ours, as they went to the bank (ISO 20022)."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from data.errors import RefusedFileError
from data.importers.formats.bank import run_reasons
from data.importers.formats.bank.camt_elements import Field, Outline, Texts, fields, texts_of
from data.importers.formats.bank.iso_messages import MOST_KEPT, first_tags, is_message
from data.importers.formats.bank.pain_elements import COLLECTED, COLLECTION, GROUP, PAID, PAYMENT_RUN
from data.importers.formats.bank.run_rows import PaymentRun, RunRows
from data.importers.formats.bank.values import cents_of, clean, money
from data.importers.formats.extract import DocumentRefusal, Extract
from data.importers.formats.xml import Element, bare_name, elements, namespace_of, release


class _Message(NamedTuple):
    """A message: what its run is, its body, its payments, what is taken of them, and its versions."""

    kind: str
    code: str
    payment_tag: str
    payment: Outline
    run: Outline
    first: int
    last: int


_COLLECTIONS = _Message("collection", "pain.008", "DrctDbtTxInf", COLLECTED, COLLECTION, 1, 12)
_PAYMENTS = _Message("payment", "pain.001", "CdtTrfTxInf", PAID, PAYMENT_RUN, 2, 13)
_BODIES = {"CstmrDrctDbtInitn": _COLLECTIONS, "CstmrCdtTrfInitn": _PAYMENTS}
# German banks have variants of their own (pain.008.003.02), Swiss banks a namespace of their own.
_NAMESPACE = re.compile(
    r"(?:urn:iso:std:iso:20022:tech:xsd:|http://www\.six-interbank-clearing\.com/de/)"
    r"(pain\.00[18])\.00[1-3]\.([0-9]{2})(?:\.ch\.[0-9]{2}\.xsd)?"
)
# Of the first versions: the body is named after them.
_OLD_BODY = re.compile(r"(pain\.00[18])\.00[1-3]\.[0-9]{2}")
_BODY_IN_BYTES = re.compile(
    rb"<(?:[\w.-]+:)?Cstmr(?:DrctDbt|CdtTrf)Initn[\s>/]|pain\.00[18]\.00[1-3]\.[0-9]{2}"
)


def recognises(content: bytes) -> bool:
    """Return whether the content is pain.001 or pain.008 by its elements, also where it is refused."""
    return is_message(content, _is_of_message, _BODY_IN_BYTES)


def extract(
    content: bytes,
    name: str,
    options: Mapping[str, str],  # noqa: ARG001 - a format has options; this one takes none
    progress: Callable[[float], None] | None = None,
) -> Extract:
    """Return the payments of the runs in a file; a run that cannot be read whole is refused whole.

    Args:
        content: the bytes of the file.
        name: of the file, printable.
        options: none.
        progress: called with the share of the file that was read.

    Raises:
        RefusedFileError: the file is no XML that is safe to read, holds no payment of pain.001 or pain.008,
            or does not come to the totals that it states.
    """
    namespace, message = _opening(content, name)
    reader = _PainReader(namespace, message)
    for element in elements(content, name, reader.tags, progress=progress):
        reader.take(element)
    return reader.extract(name)


def _is_of_message(tag: str) -> bool:
    return _message(tag) is not None or _NAMESPACE.fullmatch(namespace_of(tag)) is not None


def _message(tag: str) -> _Message | None:
    """Return the message that an element is the body of."""
    local = bare_name(tag)
    old = _OLD_BODY.fullmatch(local)
    if old is not None:
        return next(each for each in _BODIES.values() if each.code == old[1])
    return _BODIES.get(local)


def _opening(content: bytes, name: str) -> tuple[str, _Message]:
    """Return the namespace of the elements as `{…}`, empty for none, and the message.

    Raises:
        RefusedFileError: the namespace is that of another format, or of a version that nobody knows.
    """
    tags = first_tags(content)
    body = next((tag for tag in tags if _message(tag) is not None), tags[0] if tags else "")
    namespace, message = namespace_of(body), _message(body)
    known = _NAMESPACE.fullmatch(namespace)
    if message is None:
        code = known[1] if known else _COLLECTIONS.code
        message = next(each for each in _BODIES.values() if each.code == code)
    if not namespace:
        return "", message
    if known is None or known[1] != message.code:
        shown = clean(namespace)[:100]
        raise RefusedFileError(run_reasons.FOREIGN_NAMESPACE(name=name, namespace=shown))
    if not message.first <= int(known[2]) <= message.last:
        raise RefusedFileError(
            run_reasons.OTHER_VERSION(
                name=name, message=message.code, version=known[2], first=message.first, last=message.last
            )
        )
    return f"{{{namespace}}}", message


class _PainReader:
    """Takes the elements of a file as they end."""

    def __init__(self, namespace: str, message: _Message) -> None:
        self._message = message
        self._payment_tag, self._run_tag = f"{namespace}{message.payment_tag}", f"{namespace}PmtInf"
        self._group_tag = f"{namespace}GrpHdr"
        self._fields: dict[str, dict[str, Field]] = {
            tag: fields(outline, namespace)
            for tag, outline in (
                (self._payment_tag, message.payment),
                (self._run_tag, message.run),
                (self._group_tag, GROUP),
            )
        }
        self._payments: list[Texts] = []
        self._runs: list[PaymentRun] = []
        self._group: Texts = {}
        self._line = 0

    @property
    def tags(self) -> list[str]:
        """The elements that are read as they end."""
        return list(self._fields)

    def take(self, element: Element) -> None:
        """Take an element that ended."""
        tag = str(element.tag)
        texts = texts_of(element, self._fields[tag])
        if tag == self._group_tag:
            self._group = self._group or texts
        elif tag == self._payment_tag:
            self._payments.append(texts)
            if len(self._payments) % MOST_KEPT == 0:
                release(element)
        else:
            self._line = max(element.sourceline or 0, self._line + 1)
            self._runs.append(PaymentRun(self._line, texts, self._payments))
            self._payments = []
            release(element)

    def extract(self, name: str) -> Extract:
        """Return the rows of all runs.

        Raises:
            RefusedFileError: there are none, or they do not come to the totals of the file.
        """
        payments = [payment for run in self._runs for payment in run.payments]
        if not payments:
            raise RefusedFileError(run_reasons.NO_PAYMENT(name=name))
        self._refuse_other_totals(name, payments)
        rows = RunRows(self._message.kind, self._group.get("id", ""))
        refusals: list[DocumentRefusal] = []
        for run in self._runs:
            reason = rows.add(run)
            if reason is not None:
                refusals.append(DocumentRefusal(run.line, reason, run.header.get("id", "")))
        return Extract("run_payments", {}, refusals, columns=rows.columns())

    def _refuse_other_totals(self, name: str, payments: Sequence[Texts]) -> None:
        count, stated = len(payments), self._group.get("count", "")
        if stated and stated.lstrip("0") != str(count):
            raise RefusedFileError(run_reasons.OTHER_COUNT(name=name, stated=stated[:40], count=count))
        stated = self._group.get("sum", "")
        amounts = [cents_of(payment.get("amount", "")) for payment in payments]
        total = sum(amount or 0 for amount in amounts)
        if stated and None not in amounts and cents_of(stated) != total:
            amount = Decimal(money(total))
            raise RefusedFileError(run_reasons.OTHER_SUM(name=name, stated=stated[:40], amount=amount))
