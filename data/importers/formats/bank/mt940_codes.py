"""Codes between slashes in :86:, as ING, Rabobank, ABN AMRO, Knab and banks elsewhere write them.

`/EREF/…/REMI/…`: a code, and what it says up to the next code that is known. A slash is part of a text as
well, so a code that is not known is text. ING has several values in one: `/CNTP/account/bank/name/town/`.
"""

import re
from collections.abc import Mapping

from data.importers.formats.bank.reference_texts import account_of, clean, stated, structured_reference
from data.importers.formats.bank.text_statements import LineText

_KNOWN = frozenset(
    {"TRTP", "IBAN", "BIC", "NAME", "EREF", "REMI", "CSID", "MARF", "ORDP", "BENM", "ADDR", "ISDT", "PREF"}
    | {"RREF", "CNTP", "TRCD", "RTRN", "PURP", "ULTC", "ULTD", "ULTB", "CDTRREFTP", "CDTRREF", "OCMT", "CHGS"}
    | {"EXCH", "IACC", "OGB", "OSDR", "VA", "PT", "PY", "SVCL", "BTCH", "NRTX", "IREF", "KREF", "CREF", "BNF"}
    | {"BO", "BI", "CONTRA", "RETURN", "REASON", "ACCW", "UDTR", "UCRD", "TXNREF", "OAMT", "COAM", "INS"}
    | {"RTYP", "INIT"}
)
_CODE = re.compile(rf"/({'|'.join(sorted(_KNOWN, key=len, reverse=True))})/")
_START = re.compile(r"\s*/[A-Z0-9]{2,9}/")
_STRUCTURED = re.compile(r"/?(?:USTD|STRD)/(?P<issuer>[^/]*)/(?P<text>.*)", re.DOTALL)
_ACCOUNT_BEFORE_NAME = re.compile(r"([A-Z]{0,2}[0-9]{8,30})\s*/\s*([^/]+)")
_REASON = re.compile(r"[A-Z]{2}[A-Z0-9]{2}")
_CREDITOR_CODES = re.compile(r"/?CD/[A-Z]{4}(?:/ISSR/[A-Z]{3})?/?")


def coded_text(text: str) -> LineText | None:
    """Return what codes say; None if the text does not begin with one."""
    if not _START.match(text):
        return None
    pieces = _CODE.split(text)
    values: dict[str, str] = {}
    for code, value in zip(pieces[1::2], pieces[2::2], strict=True):
        held = values.get(code, "")
        if not held.strip(" /"):
            values[code] = value
        elif code != "NAME":  # further names are of who is behind the payer or gave the order for another
            values[code] = f"{held} {value}"
    if not values:
        return None
    name, account, more = _counterparty(values)
    remittance, reference = _remittance(values)
    told = [
        _plain(values.get(code, "")) for code in ("TRTP", "RTYP", "PY", "PT", "BI", "BNF", "OCMT", "CHGS")
    ]
    rest = _plain(pieces[0])
    shown = [*told, rest, remittance, more, _plain(values.get("PREF", ""))]
    return LineText(
        counterparty=name,
        text=clean(" ".join(dict.fromkeys(filter(None, shown)))),
        account=account,
        reference=reference,
        end_to_end_id=stated(_plain(values.get("EREF", ""))),
        bank_code=_plain(values.get("TRCD", "")),
        return_reason=_return_reason(values),
    )


def _counterparty(values: Mapping[str, str]) -> tuple[str, str, str]:
    """Return name and account of the other one, and the text behind them."""
    if "CNTP" in values:
        account, _bank, name = (*values["CNTP"].split("/"), "", "", "")[:3]
        return clean(name), account_of(account), ""
    # /BENM//NAME/… and /ORDP//NAME/… have the name under its own code, /ORDP/name/ has it under theirs.
    name = next(
        (plain for code in ("NAME", "ORDP", "BENM", "BO", "OGB") if (plain := _plain(values.get(code, "")))),
        "",
    )
    name = re.sub(r"^ID/.*", "", name)
    account = account_of(values.get("IBAN", "") or values.get("CONTRA", ""))
    # /ORDP/account/name/…: the account has digits, and no name is that long without a letter.
    if match := _ACCOUNT_BEFORE_NAME.match(name):
        return clean(match[2]), account or account_of(match[1]), _plain(name[match.end() :])
    return name, account, ""


def _remittance(values: Mapping[str, str]) -> tuple[str, str]:
    """Return text and structured reference."""
    text = values.get("REMI", "")
    reference = clean(values.get("CDTRREF", "")).strip("/ ").replace(" ", "")
    if match := _STRUCTURED.match(text):
        text = match["text"]
        if "STRD/" in match[0][: len("/STRD/")]:
            reference = reference or _plain(text).replace(" ", "")
    plain = _plain(_CREDITOR_CODES.sub(" ", text))
    reference = reference or structured_reference(text)
    return clean(f"{plain} {reference}") if reference and not plain else plain, reference


def _return_reason(values: Mapping[str, str]) -> str:
    for code in ("RTRN", "RETURN", "REASON"):
        if code in values:
            match = _REASON.search(values[code])
            return match[0] if match else _plain(values[code])[:35] or code
    return ""


def _plain(text: str) -> str:
    return clean(text).strip("/ ")
