"""Files of banks: known by their content, passed over in folders and refused by name.

What a notice or an interim report books is in the statement of that day once more.
"""

import re

from data.importers.formats import notice_reasons as reasons
from data.message_templates import Message, Template

_HEAD = 1 << 16
_CAMT = re.compile(rb"camt\.(05[0-9])\.001\.[0-9]{2}")
_STATEMENT = re.compile(rb"<(?:[\w.-]+:)?BkToCstmrStmt[\s>/]")
_ROOTS = {
    b"052": re.compile(rb"<(?:[\w.-]+:)?BkToCstmrAcctRpt[\s>]"),
    b"054": re.compile(rb"<(?:[\w.-]+:)?BkToCstmrDbtCdtNtfctn[\s>]"),
}
_OF_CAMT: dict[bytes, Template] = {
    b"052": reasons.INTERIM_REPORT,
    b"054": reasons.NOTICE,
}
# MT942 has floor limits (:34F:) and the time of the report (:13D:), and neither opening nor closing balance.
_INTERIM_TAGS = re.compile(rb"^:(?:34F|13D?):", re.MULTILINE)
_TRANSACTIONS = re.compile(rb"^:20:", re.MULTILINE)
_BALANCES = re.compile(rb"^:6[02][FM]:", re.MULTILINE)


def notice(content: bytes) -> Message | None:
    """Return what a file of a bank is that is not taken in, as a clause; None for any other file."""
    head = content[:_HEAD]
    if _STATEMENT.search(head):
        return None
    if named := _CAMT.search(head):
        reason = _OF_CAMT.get(named[1])
        return reason() if reason else None
    for code, root in _ROOTS.items():
        if root.search(head):
            return _OF_CAMT[code]()
    if not _TRANSACTIONS.search(head):
        return None
    if _BALANCES.search(head):
        return None
    return reasons.INTERIM_MT() if _INTERIM_TAGS.search(head) else None
