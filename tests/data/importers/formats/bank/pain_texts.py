"""Collections and payment runs written for these tests, and what the reader makes of them."""

from collections.abc import Sequence
from typing import NamedTuple

from data.importers.formats.bank import pain
from data.importers.formats.extract import reading_of
from data.importers.reading import Reading
from tests.data.importers.formats.bank.camt_texts import OWN

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:"


class Payment(NamedTuple):
    """One payment of a run; empty texts are left out of the file."""

    end_to_end_id: str
    amount: str
    name: str = ""
    text: str = ""
    iban: str = ""
    mandate: str = ""
    currency: str = "EUR"


def _payment(payment: Payment, side: str) -> str:
    money = f'<InstdAmt Ccy="{payment.currency}">{payment.amount}</InstdAmt>'
    name = f"<{side}><Nm>{payment.name}</Nm></{side}>" if payment.name else ""
    iban = f"<{side}Acct><Id><IBAN>{payment.iban}</IBAN></Id></{side}Acct>" if payment.iban else ""
    text = payment.text if payment.text.startswith("<") else f"<Ustrd>{payment.text}</Ustrd>"
    remittance = f"<RmtInf>{text}</RmtInf>" if payment.text else ""
    mandate = f"<MndtRltdInf><MndtId>{payment.mandate}</MndtId></MndtRltdInf>" if payment.mandate else ""
    named = f"<PmtId><EndToEndId>{payment.end_to_end_id}</EndToEndId></PmtId>"
    if side == "Cdtr":
        return f"<CdtTrfTxInf>{named}<Amt>{money}</Amt>{name}{iban}{remittance}</CdtTrfTxInf>\n"
    mandated = f"<DrctDbtTx>{mandate}</DrctDbtTx>"
    return f"<DrctDbtTxInf>{named}{money}{mandated}{name}{iban}{remittance}</DrctDbtTxInf>\n"


def run(
    *payments: Payment,
    kind: str = "collection",
    name: str = "RUN-2026-03",
    day: str = "2026-03-05",
    account: str = f"<IBAN>{OWN}</IBAN>",
    totals: str = "",
) -> str:
    """Return one `PmtInf`; `totals` is what it says of itself."""
    is_collection = kind == "collection"
    own, other, tag = ("Cdtr", "Dbtr", "ReqdColltnDt") if is_collection else ("Dbtr", "Cdtr", "ReqdExctnDt")
    return (
        f"<PmtInf>\n<PmtInfId>{name}</PmtInfId>{totals}<{tag}>{day}</{tag}><{own}><Nm>Wij BV</Nm></{own}>"
        f"<{own}Acct><Id>{account}</Id></{own}Acct>\n"
        f"{''.join(_payment(payment, other) for payment in payments)}</PmtInf>\n"
    )


def file_of(
    *runs: str,
    kind: str = "collection",
    version: str = "08",
    namespace: str | None = None,
    message: str = "MSG-1",
    totals: str = "",
    body: str = "",
) -> bytes:
    """Return a file; an empty namespace leaves it out."""
    code = "pain.008.001" if kind == "collection" else "pain.001.001"
    space = f"{NAMESPACE}{code}.{version}" if namespace is None else namespace
    attribute = f' xmlns="{space}"' if space else ""
    body = body or ("CstmrDrctDbtInitn" if kind == "collection" else "CstmrCdtTrfInitn")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document{attribute}>\n<{body}>\n'
        f"<GrpHdr><MsgId>{message}</MsgId>{totals}</GrpHdr>\n{''.join(runs)}</{body}></Document>\n"
    ).encode()


def read(content: bytes) -> Reading:
    """Return what is accepted of a file."""
    assert pain.recognises(content)
    extract = pain.extract(content, "a.xml", {})
    reading = reading_of(extract, name="a.xml", sha256="0", preset="pain", preset_sha256="1")
    assert reading.rows_read == reading.accepted + reading.rejected + reading.duplicate
    return reading


def rows(reading: Reading) -> Sequence[dict]:
    """Return the accepted payments."""
    frame = reading.grains.get("run_payments")
    return [] if frame is None else frame.to_dicts()
