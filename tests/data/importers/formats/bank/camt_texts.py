"""Statements in camt.053 written for these tests, and what the reader makes of them."""

from collections.abc import Mapping

from data.importers.formats.bank import camt
from data.importers.formats.extract import reading_of
from data.importers.reading import Reading

OWN = "NL91ABNA0417164300"
NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001."


def amount(text: str, currency: str = "EUR") -> str:
    return f'<Amt Ccy="{currency}">{text}</Amt>'


def balance(
    kind: str, text: str, day: str, *, side: str = "CRDT", currency: str = "EUR", sub: str = ""
) -> str:
    subtype = f"<SubTp><Cd>{sub}</Cd></SubTp>" if sub else ""
    sign = f"<CdtDbtInd>{side}</CdtDbtInd>" if side else ""
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry>{subtype}</Tp>{amount(text, currency)}{sign}"
        f"<Dt><Dt>{day}</Dt></Dt></Bal>\n"
    )


def party(tag: str, name: str = "", iban: str = "", *, wrapper: str = "") -> str:
    """Return a party and its account, as `RltdPties` holds them."""
    words = f"<Nm>{name}</Nm>" if name else ""
    words = f"<{wrapper}>{words}</{wrapper}>" if wrapper else words
    account = f"<{tag}Acct><Id><IBAN>{iban}</IBAN></Id></{tag}Acct>" if iban else ""
    return (f"<{tag}>{words}</{tag}>" if name else "") + account


def transaction(
    more: str = "", *, refs: str = "", money: str = "", parties: str = "", text: str = "", side: str = ""
) -> str:
    """Return one `TxDtls`; `money` is what stands where amounts stand."""
    sign = f"<CdtDbtInd>{side}</CdtDbtInd>" if side else ""
    remittance = (
        f"<RmtInf>{text if text.startswith('<') else f'<Ustrd>{text}</Ustrd>'}</RmtInf>" if text else ""
    )
    return (
        f"<TxDtls><Refs>{refs}</Refs>{money}{sign}<RltdPties>{parties}</RltdPties>{remittance}{more}</TxDtls>"
    )


def entry(
    text: str,
    *details: str,
    side: str = "CRDT",
    day: str = "<Dt>2026-03-05</Dt>",
    value: str = "",
    status: str = "<Cd>BOOK</Cd>",
    reference: str = "",
    more: str = "",
    currency: str = "EUR",
) -> str:
    """Return one `Ntry`, on lines of its own."""
    parts = [
        amount(text, currency),
        f"<CdtDbtInd>{side}</CdtDbtInd>" if side else "",
        f"<Sts>{status}</Sts>" if status else "",
        f"<BookgDt>{day}</BookgDt>" if day else "",
        f"<ValDt><Dt>{value}</Dt></ValDt>" if value else "",
        f"<AcctSvcrRef>{reference}</AcctSvcrRef>" if reference else "",
        more,
        f"<NtryDtls>{''.join(details)}</NtryDtls>" if details else "",
    ]
    return f"<Ntry>\n{''.join(parts)}\n</Ntry>\n"


def statement(
    *inside: str,
    number: str = "7",
    name: str = "S7",
    account: str = f"<IBAN>{OWN}</IBAN>",
    currency: str = "EUR",
    owner: str = "",
    head: str = "",
) -> str:
    """Return one `Stmt`."""
    held = f"<Ccy>{currency}</Ccy>" if currency else ""
    sequence = f"<ElctrncSeqNb>{number}</ElctrncSeqNb>" if number else ""
    return (
        f"<Stmt>\n<Id>{name}</Id>{head}{sequence}<CreDtTm>2026-03-31T06:00:00+02:00</CreDtTm>"
        f"<Acct><Id>{account}</Id>{held}{owner}</Acct>\n{''.join(inside)}</Stmt>\n"
    )


def camt_053(*statements: str, version: str = "08", namespace: str | None = None) -> bytes:
    """Return a file; an empty namespace leaves it out."""
    space = f"{NAMESPACE}{version}" if namespace is None else namespace
    attribute = f' xmlns="{space}"' if space else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document{attribute}>\n<BkToCstmrStmt>\n'
        f"<GrpHdr><MsgId>M1</MsgId></GrpHdr>\n{''.join(statements)}</BkToCstmrStmt></Document>\n"
    ).encode()


def read(content: bytes) -> Reading:
    """Return what is accepted of a file."""
    assert camt.recognises(content)
    extract = camt.extract(content, "a.xml", {})
    reading = reading_of(extract, name="a.xml", sha256="0", preset="camt", preset_sha256="1")
    assert reading.rows_read == reading.accepted + reading.rejected + reading.duplicate
    return reading


def rows(reading: Reading, kind: str = "bank_entries") -> list[dict]:
    """Return the accepted rows of a grain."""
    frame = reading.grains.get(kind)
    return [] if frame is None else frame.to_dicts()


def only(content: bytes, kind: str = "bank_entries") -> Mapping:
    """Return the one row of a grain that a file gives."""
    (row,) = rows(read(content), kind)
    return row
