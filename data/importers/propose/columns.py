"""Which heading feeds which column: by what it is called in other programs, and by the values below it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.importers.headings import plain
from data.importers.propose import reasons
from data.importers.propose.facts import ColumnFacts
from data.importers.propose.synonyms import columns_like, columns_of
from data.message_templates import Message

DAYS = ("invoice_date", "due_date", "cleared_date", "list_date", "entry_date", "value_date")
AMOUNTS = (
    "amount", "open_amount", "debit", "credit", "paid_amount", "vat_amount", "credit_limit", "balance",
    "balance_before", "fee",
)  # fmt: skip
NUMBERS = ("days_overdue", "payment_terms_days")
_KNOWN, _LIKE = 100, 40
_MOST_MISFITS = 0.1
_FEW_WORDS = 12
_FEW = ("state", "invoice_type", "side")
_WORDS = ("counterparty", "customer_name", "email", "contact_name", "city", "street", "country")
# A part of a heading says nothing of an amount beside one of these.
_OTHER_AMOUNTS = (
    "tax", "btw", "vat", "mwst", "steuer", "excl", "nett", "limi", "kost", "rente", "zins", "interest",
)  # fmt: skip
# A column with the first is not looked for where one of the others is there.
_IN_PLACE_OF = {"debit": ("amount", "open_amount"), "credit": ("amount", "open_amount")}


@dataclass(frozen=True)
class Fed:
    """A column of ours, and the heading proposed for it.

    Attributes:
        column, heading: names of the two.
        place: of the heading in its row.
        evidence: why, as a clause.
        is_sure: known by its heading, and its values are of the kind.
    """

    column: str
    heading: str
    place: int
    evidence: Message
    is_sure: bool


def feed(headings: Sequence[str], facts: Sequence[ColumnFacts]) -> dict[str, Fed]:
    """Return the heading proposed for each column that has one.

    Args:
        headings: the texts of the header.
        facts: what the cells below each of them look like.
    """
    ranked: list[tuple[int, int, int, str]] = []
    for place, heading in enumerate(headings):
        if not heading:
            continue
        known = columns_of(heading)
        is_other = any(word in plain(heading) for word in _OTHER_AMOUNTS)
        like = [
            column
            for column in columns_like(heading)
            if column not in known and not (is_other and column in AMOUNTS)
        ]
        ranked += [(_KNOWN - rank, len(known), place, column) for rank, column in enumerate(known)]
        ranked += [(_LIKE - rank, len(like), place, column) for rank, column in enumerate(like)]
    # Of two headings that are both called so the one that is called nothing else comes first.
    ranked.sort(key=lambda each: (-each[0], each[1], each[2]))
    found: dict[str, Fed] = {}
    taken: set[int] = set()
    for score, _names, place, column in ranked:
        if column in found or place in taken or not fits(column, facts[place]):
            continue
        is_known = score > _LIKE
        evidence = reasons.BY_NAME() if is_known else reasons.BY_PART()
        found[column] = Fed(column, headings[place], place, evidence, is_known)
        taken.add(place)
    for column, others in _IN_PLACE_OF.items():
        if any(other in found for other in others):
            found.pop(column, None)
    _name_for_number(found, facts)
    return found


def fits(column: str, facts: ColumnFacts) -> bool:
    """Tell whether the values of a column are of the kind that ours holds."""
    enough = facts.filled * (1 - _MOST_MISFITS)
    are_days = facts.days >= enough and facts.compact < enough
    are_numbers = facts.numbers >= enough
    if not facts.filled:
        kind = False
    elif column in DAYS:
        kind = max(facts.days, facts.serials) >= enough
    elif column in (*AMOUNTS, *NUMBERS):
        kind = are_numbers and facts.compact < enough
    elif column == "currency":
        kind = facts.codes >= enough
    elif column in _FEW:
        kind = facts.distinct <= _FEW_WORDS and not are_days
    else:
        kind = not are_days and not (are_numbers and column in _WORDS)
    return kind


def _name_for_number(found: dict[str, Fed], facts: Sequence[ColumnFacts]) -> None:
    """Take a column that is called a customer's number and holds names for what it is."""
    number = found.get("customer_id")
    if number is None or "customer_name" in found:
        return
    values = facts[number.place].values
    if values and sum(" " in value.strip() for value in values) * 2 > len(values):
        del found["customer_id"]
        evidence = reasons.WORDS_NOT_NUMBER()
        found["customer_name"] = Fed("customer_name", number.heading, number.place, evidence, is_sure=False)


def words_of(values: Sequence[str], known: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return what the words of a column stand for, and the words that are not known.

    Args:
        values: the different words that occur.
        known: word in small letters -> what it stands for.
    """
    stand = {value: known[value.casefold().strip()] for value in values if value.casefold().strip() in known}
    return stand, [value for value in values if value not in stand]
