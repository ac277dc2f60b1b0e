"""The elements of camt.053 that are read, and their texts by short names.

Source: ISO 20022, camt.053.001.02 to camt.053.001.14. Between the versions a status got a code of its own
(`Sts/Cd`), parties a wrapper (`Dbtr/Pty`), charges a record (`Chrgs/Rcrd`) and transactions an amount.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from data.importers.formats.bank.values import clean
from data.importers.formats.xml import Element

Outline = Mapping[str, Any]
"""Element -> name of its text, `[name]` where each one counts and not the first, or what is inside."""


class Field(NamedTuple):
    """What is taken of an element.

    Attributes:
        name: of its text; empty where it is no text.
        is_list: all of that name are taken, not the first one only.
        is_amount: the currency stands in an attribute, and is taken as `name:ccy`.
        inside: name of an element in it -> what is taken of that.
    """

    name: str = ""
    is_list: bool = False
    is_amount: bool = False
    inside: Mapping[str, "Field"] = {}


Texts = dict[str, Any]
"""Name -> text, or list of texts."""


def fields(outline: Outline, namespace: str) -> dict[str, Field]:
    """Return an outline with the full names of its elements.

    Args:
        outline: local names.
        namespace: as `{…}`, empty for none.
    """
    return {f"{namespace}{tag}": _field(tag, inside, namespace) for tag, inside in outline.items()}


def _field(tag: str, inside: str | list[str] | Outline, namespace: str) -> Field:
    if isinstance(inside, list):
        return Field(inside[0], is_list=True, is_amount=tag in _AMOUNTS)
    if isinstance(inside, str):
        return Field(inside, is_amount=tag in _AMOUNTS)
    return Field(inside.get("", ""), inside=fields({k: v for k, v in inside.items() if k}, namespace))


def texts_of(element: Element, taken: Mapping[str, Field]) -> Texts:
    """Return the texts inside an element, each in one clean line."""
    texts: Texts = {}
    _take(element, taken, texts)
    return texts


def _take(element: Element, taken: Mapping[str, Field], texts: Texts) -> None:
    for child in element:
        known = taken.get(child.tag)  # type: ignore[arg-type]
        if known is None:
            continue
        name, is_list, is_amount, inside = known
        if name:
            text = child.text or ""
            # Most texts are clean: to ask for it here saves a call for each of them.
            if (
                not text.isascii()
                or not text.isprintable()
                or "  " in text
                or text[:1] == " "
                or text[-1:] == " "
            ):
                text = clean(text)
            if is_list:
                texts.setdefault(name, []).append(text)
                if is_amount:
                    texts.setdefault(f"{name}:ccy", []).append(_currency(child.get("Ccy", "")))
            elif not texts.get(name):
                texts[name] = text
                if is_amount:
                    texts[f"{name}:ccy"] = _currency(child.get("Ccy", ""))
        if inside:
            _take(child, inside, texts)


@lru_cache(maxsize=256)
def _currency(text: str) -> str:
    return clean(text).upper()


_AMOUNTS = frozenset({"Amt", "InstdAmt", "TtlChrgsAndTaxAmt"})
_CODE: Outline = {
    "Domn": {"Cd": "domain", "Fmly": {"Cd": "family", "SubFmlyCd": "subfamily"}},
    "Prtry": {"Cd": "own_code"},
}
_CHARGES: Outline = {"Amt": ["charges"], "Rcrd": {"Amt": ["charges"]}}
_AMOUNT_DETAILS: Outline = {"InstdAmt": {"Amt": "instructed"}, "TxAmt": {"Amt": "transaction"}}


def _day(name: str) -> Outline:
    return {"Dt": name, "DtTm": name}


def _party(side: str) -> dict[str, Outline]:
    name = {
        "Nm": f"{side}",
        "Pty": {"Nm": f"{side}"},
        "Agt": {"FinInstnId": {"Nm": f"{side}"}},
    }
    last = {"Nm": f"ultimate_{side}", "Pty": {"Nm": f"ultimate_{side}"}}
    tag = {"debtor": "Dbtr", "creditor": "Cdtr"}[side]
    return {tag: name, f"{tag}Acct": account(f"{side}_"), f"Ultmt{tag}": last}


def account(prefix: str) -> Outline:
    """Return what is taken of an account: its IBAN, or its number elsewhere."""
    return {"Id": {"IBAN": f"{prefix}iban", "Othr": {"Id": f"{prefix}number"}}}


TRANSACTION: Outline = {
    "Refs": {
        "AcctSvcrRef": "bank_reference",
        "PmtInfId": "batch",
        "EndToEndId": "end_to_end_id",
        "MndtId": "mandate",
    },
    "Amt": "amount",
    "CdtDbtInd": "sign",
    "AmtDtls": _AMOUNT_DETAILS,
    "Chrgs": _CHARGES,
    "BkTxCd": _CODE,
    "RltdPties": {**_party("debtor"), **_party("creditor")},
    "RmtInf": {
        "Ustrd": ["unstructured"],
        "Strd": {
            "CdtrRefInf": {"Ref": ["references"]},
            "RfrdDocInf": {"Nb": ["documents"]},
            "AddtlRmtInf": ["unstructured"],
        },
    },
    "RtrInf": {"Rsn": {"Cd": "reason", "Prtry": "reason"}, "AddtlInf": ["return_texts"]},
    "AddtlTxInf": "additional",
}
ENTRY: Outline = {
    "NtryRef": "entry_reference",
    "Amt": "amount",
    "CdtDbtInd": "sign",
    "RvslInd": "reversal",
    "Sts": {"": "status", "Cd": "status", "Prtry": "status"},
    "BookgDt": _day("day"),
    "ValDt": _day("value_day"),
    "AcctSvcrRef": "bank_reference",
    "BkTxCd": _CODE,
    "AmtDtls": _AMOUNT_DETAILS,
    "Chrgs": _CHARGES,
    "NtryDtls": {"Btch": {"MsgId": "message", "PmtInfId": "batch", "NbOfTxs": "batch_size"}},
    "AddtlNtryInf": "additional",
}
HEADER: Outline = {
    "Id": "id",
    "StmtPgntn": {"PgNb": "page", "LastPgInd": "is_last"},
    "ElctrncSeqNb": "electronic_number",
    "LglSeqNb": "legal_number",
    "CreDtTm": "made",
    "FrToDt": {"FrDt": "from", "FrDtTm": "from", "ToDt": "to", "ToDtTm": "to"},
    "Acct": {**account(""), "Ccy": "currency", "Ownr": {"Nm": "owner", "Pty": {"Nm": "owner"}}},
}
BALANCE: Outline = {
    "Tp": {"CdOrPrtry": {"Cd": "kind"}, "SubTp": {"Cd": "subtype"}},
    "Amt": "amount",
    "CdtDbtInd": "sign",
    "Dt": _day("day"),
}
