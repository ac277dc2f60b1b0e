"""Bank statements in camt.053 (ISO 20022), versions 2 to 14, read as a stream: a file may be 300 MB."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from data.errors import RefusedFileError
from data.importers.formats.bank import statement_reasons
from data.importers.formats.bank.camt_elements import (
    BALANCE,
    ENTRY,
    HEADER,
    TRANSACTION,
    Field,
    Texts,
    fields,
    texts_of,
)
from data.importers.formats.bank.camt_entry import CamtEntry, EntryError, Owner, entry_of, is_booked
from data.importers.formats.bank.camt_statement import (
    Balance,
    Doubts,
    StatementPage,
    balance_of,
    owner_of,
)
from data.importers.formats.bank.iso_messages import MOST_KEPT, first_tags, is_message
from data.importers.formats.bank.statement_rows import StatementRows
from data.importers.formats.bank.values import clean
from data.importers.formats.extract import DocumentRefusal, Extract
from data.importers.formats.xml import (
    Element,
    bare_name,
    elements,
    namespace_of,
    release,
    start_without_namespace,
)

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001."
_FIRST_VERSION, _LAST_VERSION = 2, 14
_BODY = "BkToCstmrStmt"
_BODY_IN_BYTES = re.compile(rb"<(?:[\w.-]+:)?BkToCstmrStmt[\s>/]|camt\.053\.001\.[0-9]{2}")


def recognises(content: bytes) -> bool:
    """Return whether the content is camt.053 by its namespace or elements, also where it is refused."""
    return is_message(content, _is_of_message, _BODY_IN_BYTES)


def extract(
    content: bytes,
    name: str,
    options: Mapping[str, str],  # noqa: ARG001 - a format has options; this one takes none
    progress: Callable[[float], None] | None = None,
) -> Extract:
    """Return the statements of a file, their closing balances and their entries.

    Args:
        content: the bytes of the file.
        name: of the file, printable.
        options: none.
        progress: called with the share of the file that was read.

    Raises:
        RefusedFileError: the file is no XML that is safe to read, or holds no statement in camt.053.
    """
    namespace = _namespace(content, name)
    start = start_without_namespace(content, namespace[1:-1])
    if start:
        namespace = ""
    reader = _CamtReader(namespace)
    tags = [f"{namespace}{tag}" for tag in ("Stmt", "Ntry", "TxDtls")]
    for element in elements(content, name, tags, progress=progress, start=start):
        reader.take(element)
    if not reader.pages:
        raise RefusedFileError(statement_reasons.NO_STATEMENT(name=name))
    return reader.extract()


def _is_of_message(tag: str) -> bool:
    return namespace_of(tag).startswith(NAMESPACE) or bare_name(tag) == _BODY


def _namespace(content: bytes, name: str) -> str:
    """Return the namespace of the elements as `{…}`, empty for none.

    Raises:
        RefusedFileError: it is that of another format, or of a version that nobody knows.
    """
    tags = first_tags(content)
    if not tags:  # what is wrong is said when it is read
        return ""
    body = next((tag for tag in tags if bare_name(tag) == _BODY), tags[0])
    namespace = namespace_of(body)
    if not namespace:
        return ""
    version, shown = namespace.removeprefix(NAMESPACE), clean(namespace)[:100]
    if version == namespace:
        raise RefusedFileError(statement_reasons.FOREIGN_NAMESPACE(name=name, namespace=shown))
    if not re.fullmatch("[0-9]{2}", version) or not _FIRST_VERSION <= int(version) <= _LAST_VERSION:
        raise RefusedFileError(statement_reasons.OTHER_VERSION(name=name, version=clean(version)[:10]))
    return f"{{{namespace}}}"


class _CamtReader:
    """Takes the elements of a file as they end."""

    def __init__(self, namespace: str) -> None:
        self.pages: list[StatementPage] = []
        self._refusals: list[DocumentRefusal] = []
        self._tags = {f"{namespace}{tag}": tag for tag in ("Stmt", "Ntry", "TxDtls")}
        self._parents = {
            "Stmt": f"{namespace}{_BODY}",
            "Ntry": f"{namespace}Stmt",
            "TxDtls": f"{namespace}NtryDtls",
        }
        self._balance_tag = f"{namespace}Bal"
        self._fields: dict[str, dict[str, Field]] = {
            key: fields(outline, namespace)
            for key, outline in {"Ntry": ENTRY, "TxDtls": TRANSACTION, "Stmt": HEADER, "Bal": BALANCE}.items()
        }
        self._line = self._statement_line = self._kept = 0
        self._entries: list[CamtEntry] = []
        self._transactions: list[Texts] = []
        self._owner: Owner | None = None
        self._refused_currency = ""
        self._doubts = Doubts()

    def take(self, element: Element) -> None:
        """Take an element that ended; now and then those that were taken are dropped."""
        tag = self._tags[str(element.tag)]
        parent = element.getparent()
        if parent is None or parent.tag != self._parents[tag]:
            return
        if tag == "TxDtls":
            self._transactions.append(texts_of(element, self._fields[tag]))
        elif tag == "Ntry":
            self._take_entry(element, parent)
        else:
            self._take_statement(element)
        self._kept += 1
        if tag == "Stmt" or self._kept >= MOST_KEPT:
            release(element)
            self._kept = 0

    def extract(self) -> Extract:
        """Return all that was taken."""
        rows = StatementRows("camt")
        for page in _whole(self.pages):
            for statement in page.statements(self._doubts, self._refusals):
                rows.add(statement)
        return Extract("bank_entries", {}, self._refusals, list(self._doubts.notes()), rows.columns())

    def _next_line(self, element: Element) -> int:
        """Return a line of its own for a statement or an entry, also where all stand on one line."""
        self._line = max(element.sourceline or 0, self._line + 1)
        return self._line

    def _begin(self, statement: Element) -> Owner:
        """Return whose account a statement is of, when the first of its entries comes."""
        if self._owner is None:
            self._statement_line = self._next_line(statement)
            self._owner = owner_of(texts_of(statement, self._fields["Stmt"]))
        return self._owner

    def _take_entry(self, element: Element, statement: Element) -> None:
        owner = self._begin(statement)
        texts = texts_of(element, self._fields["Ntry"])
        transactions, self._transactions = self._transactions, []
        if not is_booked(texts):
            self._doubts.not_booked += 1
            return
        line = self._next_line(element)
        try:
            self._entries.append(entry_of(line, texts, transactions, owner))
        except EntryError as error:
            raw = " ".join(text for text in texts.values() if isinstance(text, str))
            self._refusals.append(DocumentRefusal(line, error.reason, raw))
            self._refused_currency = texts.get("amount:ccy", "")

    def _take_statement(self, element: Element) -> None:
        balances: list[Balance] = [
            balance_of(texts_of(each, self._fields["Bal"]))
            for each in element.iterchildren(self._balance_tag)
        ]
        self._begin(element)
        header = texts_of(element, self._fields["Stmt"])
        self.pages.append(
            StatementPage(
                self._statement_line,
                header,
                balances,
                self._entries,
                refused_currency=self._refused_currency,
            )
        )
        self._entries, self._transactions, self._owner, self._refused_currency = [], [], None, ""


def _whole(pages: list[StatementPage]) -> list[StatementPage]:
    """Return statements whose pages follow each other in the file as one."""
    statements: list[StatementPage] = []
    for page in pages:
        if statements and page.continues(statements[-1]):
            before = statements[-1]
            statements[-1] = replace(
                before, balances=[*before.balances, *page.balances], entries=[*before.entries, *page.entries],
                last=page,
            )  # fmt: skip
        else:
            statements.append(page)
    return statements
