"""The elements of pain.001 and pain.008 that are read, and their texts by short names.

Source: ISO 20022, pain.001.001.02 to 13 and pain.008.001.01 to 12. Version 2 of pain.001 calls its references
otherwise (`CdtrRef`, `RfrdDocNb`) and has accounts of other kinds; since version 8 a day may have a time.
"""

from data.importers.formats.bank.camt_elements import Outline

_ACCOUNT: Outline = {
    "Id": {
        "IBAN": "iban",
        "BBAN": "number",
        "UPIC": "number",
        "PrtryAcct": {"Id": "number"},
        "Othr": {"Id": "number"},
    }
}
_REMITTANCE: Outline = {
    "Ustrd": ["unstructured"],
    "Strd": {
        "CdtrRefInf": {"Ref": ["references"], "CdtrRef": ["references"]},
        "RfrdDocInf": {"Nb": ["documents"], "RfrdDocNb": ["documents"]},
        "AddtlRmtInf": ["unstructured"],
    },
}
_DAY: Outline = {"": "day", "Dt": "day", "DtTm": "day"}


def _payment(side: str) -> Outline:
    """Return what is taken of a payment, with the party on that side of it as the other one."""
    return {
        "PmtId": {"EndToEndId": "end_to_end_id"},
        "InstdAmt": "amount",
        # Of an amount that is to arrive in another currency: what our account pays for it.
        "Amt": {"InstdAmt": "amount", "EqvtAmt": {"Amt": "amount"}},
        "DrctDbtTx": {"MndtRltdInf": {"MndtId": "mandate"}},
        side: {"Nm": "name"},
        f"{side}Acct": _ACCOUNT,
        f"Ultmt{side}": {"Nm": "ultimate"},
        "RmtInf": _REMITTANCE,
    }


def _run(side: str) -> Outline:
    """Return what is taken of a run, whose account is that of the party on that side."""
    return {
        "PmtInfId": "id",
        "NbOfTxs": "count",
        "CtrlSum": "sum",
        "ReqdExctnDt": _DAY,
        "ReqdColltnDt": _DAY,
        f"{side}Acct": {**_ACCOUNT, "Ccy": "currency"},
    }


GROUP: Outline = {"MsgId": "id", "NbOfTxs": "count", "CtrlSum": "sum"}
COLLECTED, PAID = _payment("Dbtr"), _payment("Cdtr")
COLLECTION, PAYMENT_RUN = _run("Cdtr"), _run("Dbtr")
