"""Lines of a bank statement, with the truth about each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BankLine:
    """One booked line, or a part of one.

    Attributes:
        account: 0 main, 1 services, 2 savings.
        day: day number of the booking.
        cents: below 0 for money out.
        name, iban: of the other side; empty where the statement does not tell.
        text, reference, end_to_end: what came with it.
        code: what kind of line it is, in ISO 20022's words: PMNT-RCDT-ESCT.
        return_reason: why it came back; empty: it did not.
        batch: number of the booked line that this is a part of; 0: it is one itself.
        customer: position of the customer whose money it is; -1: of none.
        kind: what it is in truth.
        pays: per document, its position and the cents of it.
        noise: what is odd about it.
    """

    account: int
    day: int
    cents: int
    name: str
    iban: str
    text: str
    reference: str = ""
    end_to_end: str = ""
    code: str = "PMNT-RCDT-ESCT"
    return_reason: str = ""
    batch: int = 0
    customer: int = -1
    kind: str = "receipt"
    pays: tuple[tuple[int, int], ...] = ()
    noise: tuple[str, ...] = ()
