"""Numbers of documents in texts: under which spellings a document is known, and what a text mentions."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from data.bank.books import LedgerDocument, Position
from data.bank.names import plain
from data.bank.references import reference_numbers
from data.bank.zones import Zones

_ATOM = re.compile(r"[A-Z]+|[0-9]+")
_SOFT = re.compile(r"[ \-/._:#'’]{0,3}\Z")
_CUES = frozenset(
    {
        "FACTUUR", "FACTUURNR", "FACTUURNUMMER", "FACT", "FACTNR", "FAKTUUR", "FACTUREN", "FACTUURNUMMERS",
        "FCT", "FNR", "FN", "FAC", "INV", "INVOICE", "INVOICES", "INVOICENR", "NOTA", "REKENING", "REKNR",
        "RECHNUNG", "RECHNUNGEN", "RG", "RGNR", "RE", "RENR", "FACTURE", "FACTURES", "NR", "NRS", "NO",
        "NUM", "NUMMER", "NUMMERS", "KENMERK", "BETALINGSKENMERK", "REF", "REFERENCE", "REFERENTIE", "DOC",
        "DOCUMENT", "BETREFT", "BETR", "CREDITNOTA", "CN", "CREDIT", "CREDITFACTUUR", "F",
    }
)  # fmt: skip
_NO_CUES = frozenset({"DD", "DATUM", "DATE", "VAN", "PER", "OP"})
_MOST_ATOMS = 6
_YEAR = re.compile(r"(?:19|20)\d\d")
_STRONG_DIGITS, _FAIR_DIGITS, _CUED_DIGITS = 6, 4, 3
_SLIP_DIGITS = 5
_LONGEST_PREFIX = 8
_CUE_REACH = 40


class Strength(IntEnum):
    """How much a mention says by itself: weak and fair ones need a payer that fits."""

    WEAK = 1
    FAIR = 2
    STRONG = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """A number in a text that is one of ours.

    Attributes:
        documents: those it may be, the oldest first.
        strength: how much it says by itself.
        start, end: where it stands.
        typed: the number, as it was read.
        is_order: whether it is the number of an order, which may have several invoices.
        alone: how much it says if the digits behind it are a list, not the rest of a longer number.
    """

    documents: tuple[Position, ...]
    strength: Strength
    start: int
    end: int
    typed: str
    is_order: bool = False
    alone: Strength | None = None


@dataclass(frozen=True, slots=True)
class TextReading:
    """What a text mentions, and the numbers in it that are none of ours."""

    mentions: tuple[Mention, ...] = ()
    others: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Atom:
    sign: str
    start: int
    end: int
    is_digits: bool


def document_keys(number: str) -> Iterator[tuple[str, str]]:
    """Yield the spellings of a number, each with its kind.

    Kinds: `=` all of it, `#` all its digits, `~` its groups of digits without leading zeros, `%` year and
    serial, `>` the serial without leading zeros, `]` the serial as it is, `$` all digits as a row without
    leading zeros.
    """
    upright = plain(number)
    atoms = _ATOM.findall(upright)
    groups = [atom for atom in atoms if atom.isdigit()]
    if not groups:
        if atoms:
            yield "=", "".join(atoms)
        return
    digits = "".join(groups)
    yield "=", "".join(atoms)
    yield "#", digits
    yield "$", digits.lstrip("0")
    stripped = [group.lstrip("0") or "0" for group in groups]
    if len(groups) > 1:
        yield "~", "-".join(stripped)
    years, serial = _year_and_serial(groups)
    for year in years:
        yield "%", year + serial
        yield "%", f"{year}-{serial.lstrip('0')}"
    if serial.strip("0"):
        yield ">", serial.lstrip("0")
        yield "]", serial


def _year_and_serial(groups: list[str]) -> tuple[list[str], str]:
    """Return the ways to write the year of a number, and its serial."""
    if len(groups) > 1:
        before, serial = groups[-2], groups[-1]
        if _YEAR.fullmatch(before[-4:]):
            return [before[-4:], before[-2:]], serial
        return ([before] if len(groups) > 2 else []), serial  # noqa: PLR2004
    [only] = groups
    if len(only) > 6 and _YEAR.match(only):  # noqa: PLR2004
        return [only[2:4]], only[4:]
    return [], only


class NumberIndex:
    """The documents by the spellings of their numbers and by their order numbers."""

    def __init__(self) -> None:
        """Start with no documents; each comes in on its day, so that it changes no earlier reading."""
        self._by_key: dict[str, Position | list[Position]] = {}
        self._shapes: set[tuple[str, int]] = set()
        self._spellings: dict[Position, tuple[str, ...]] = {}

    def add(self, position: Position, document: LedgerDocument) -> None:
        """Take in a document."""
        for key in {kind + text for kind, text in document_keys(document.document_id)}:
            self._add(key, position)
        if document.po_number and (order := compact_number(document.po_number)):
            self._add("&" + order, position)
        self._shapes.add(_shape(compact_number(document.document_id)))

    def add_past(self, numbers: Iterable[str]) -> None:
        """Take in how the numbers of documents look that are in the books and that no text names."""
        self._shapes.update(_shape(compact_number(number)) for number in numbers)

    def spellings(self, position: Position, document: LedgerDocument) -> tuple[str, ...]:
        """Return how a document may be written without signs, long enough to know it with a typing error."""
        known = self._spellings.get(position)
        if known is None:
            keys = document_keys(document.document_id)
            whole = {text for kind, text in keys if kind in "=#%" and "-" not in text}
            known = tuple(sorted(text for text in whole if len(text) >= _SLIP_DIGITS))
            self._spellings[position] = known
        return known

    def is_shaped_like_ours(self, number: str) -> bool:
        """Tell whether a number, in capitals and without signs, is of our series and not in the books."""
        return len(number) >= _SLIP_DIGITS and _shape(number) in self._shapes and not self.of("=", number)

    def reading(self, texts: Sequence[tuple[str, bool]]) -> TextReading:
        """Return what texts mention.

        Args:
            texts: each with whether it is the field for references.
        """
        joined, starts = "", []
        for text, is_reference in texts:
            starts.append((len(joined), is_reference))
            joined += plain(text) + " ; "
        zones = Zones(joined)
        found: list[Mention] = []
        unknown: list[str] = []
        for place, (start, is_reference) in enumerate(starts):
            end = starts[place + 1][0] if place + 1 < len(starts) else len(joined)
            for first, last, number in reference_numbers(joined[start:end], is_reference=is_reference):
                there = self._of_reference(number, start + first, start + last)
                found += there
                unknown += [] if there else [number]
        atoms = [
            _Atom(match[0], match.start(), match.end(), match[0].isdigit())
            for match in _ATOM.finditer(joined)
        ]
        fields = [start for start, is_reference in starts if is_reference]
        reference_from = min(fields) if fields else len(joined)
        for first in range(len(atoms)):
            found += self._from_atom(joined, atoms, first, zones, reference_from)
        mentions = _apart(found)
        mentions = [_in_its_place(mention, joined, mentions) for mention in mentions]
        others = dict.fromkeys([*unknown, *_others(joined, atoms, mentions, zones)])
        return TextReading(tuple(mentions), tuple(others), joined)

    def of(self, kind: str, text: str) -> tuple[Position, ...]:
        """Return the documents of a spelling."""
        there = self._by_key.get(kind + text)
        if there is None:
            return ()
        return (there,) if isinstance(there, int) else tuple(there)

    def _add(self, key: str, position: Position) -> None:
        there = self._by_key.get(key)
        if there is None:
            self._by_key[key] = position
        elif isinstance(there, int):
            self._by_key[key] = [there, position]
        else:
            there.append(position)

    def _of_reference(self, number: str, start: int, end: int) -> list[Mention]:
        """Return what the number in a payment reference is: whole, or behind a customer number or zeros."""
        for kind in ("=", "$", "%"):
            if there := self.of(kind, number):
                return [Mention(there, Strength.STRONG, start, end, number)]
        digits = number if number.isdigit() else ""
        for place in range(1, len(digits) - _STRONG_DIGITS + 1):
            if there := self.of("$", digits[place:].lstrip("0")):
                return [Mention(there, Strength.FAIR, start, end, number)]
        return []

    def _from_atom(
        self, text: str, atoms: list[_Atom], first: int, zones: Zones, reference_from: int
    ) -> list[Mention]:
        """Return what the numbers that begin at an atom may be."""
        begin = atoms[first]
        mentions: list[Mention] = []
        if not begin.is_digits and len(begin.sign) > _LONGEST_PREFIX:
            return mentions
        joined, groups, previous = "", [], None
        for atom in atoms[first : first + _MOST_ATOMS]:
            if previous is not None and not _SOFT.match(text[previous.end : atom.start]):
                break
            joined += atom.sign
            groups += [atom.sign] if atom.is_digits else []
            previous = atom
            if not groups:
                continue
            there, strength = self._spelling(joined, groups)
            if not there or zones.is_account(begin.start, atom.end):
                continue
            has_cue = begin.start >= reference_from or _has_cue(atoms, first)
            typed = text[begin.start : atom.end]
            is_order = not self.of("=", joined) and bool(self.of("&", joined))
            level = _level(strength, has_cue=has_cue, is_other=zones.is_other(begin.start, atom.end))
            mentions.append(Mention(there, level, begin.start, atom.end, typed, is_order))
        return mentions

    def _spelling(  # noqa: PLR0911 - one way to write a number after the other
        self, joined: str, groups: list[str]
    ) -> tuple[tuple[Position, ...], tuple[int, int]]:
        """Return the documents of a spelling, with what it is worth without and with a word before it."""
        digits = "".join(groups)
        size = len(digits.lstrip("0"))
        if there := self.of("=", joined):
            is_mixed = joined != digits and len(joined) > _FAIR_DIGITS
            return there, (_worth(size + 2 * is_mixed, 0), _worth(size + 2 * is_mixed, _CUED_DIGITS))
        if there := self.of("&", joined):
            return there, (1 + (size >= _FAIR_DIGITS), 1 + (size >= _FAIR_DIGITS))
        if joined != digits:
            return (), (0, 0)
        stripped = "-".join(group.lstrip("0") or "0" for group in groups)
        if there := self.of("#", digits):
            return there, (_worth(size, 0), _worth(size, 1))
        if there := self.of("~", stripped):
            # Zeros, but not as many as we write: as likely a digit was left out.
            is_other = any(
                group != plain_group for group, plain_group in zip(groups, stripped.split("-"), strict=True)
            )
            return there, (1, 1) if is_other else (_worth(size, 0), _worth(size, 1))
        if there := self.of("%", digits) or self.of("%", stripped):
            return there, (2 if size >= _FAIR_DIGITS else 1, _worth(size, 1))
        if len(groups) == 1 and (there := self.of("]", digits)):
            return there, (2 if len(digits) > _FAIR_DIGITS else 1, 2)
        if len(groups) == 1 and (there := self.of(">", digits.lstrip("0"))):
            return there, (1, 2)
        return (), (0, 0)


def compact_number(number: str) -> str:
    """Return a number in capitals, letters and digits only."""
    return "".join(_ATOM.findall(plain(number)))


def _shape(number: str) -> tuple[str, int]:
    """Return what the numbers of one series have in common: how they begin, and how long they are."""
    return number[:4], len(number)


def _worth(size: int, bonus: int) -> int:
    size += bonus
    return 3 if size >= _STRONG_DIGITS else 2 if size >= _FAIR_DIGITS else 1


def _level(worth: tuple[int, int], *, has_cue: bool, is_other: bool) -> Strength:
    if has_cue:
        return Strength(worth[1])
    return Strength(max(worth[0] - 1, 1) if is_other else worth[0])


def _has_cue(atoms: list[_Atom], first: int) -> bool:
    """Tell whether the words before a number say that it is one of an invoice."""
    before = [atom.sign for atom in atoms[max(first - 2, 0) : first] if not atom.is_digits]
    return bool(before) and before[-1] not in _NO_CUES and any(sign in _CUES for sign in before)


def has_cue_before(text: str, start: int) -> bool:
    """Tell whether the words before a place in a text say that a number of an invoice follows."""
    signs = _ATOM.findall(text[max(start - _CUE_REACH, 0) : start])
    atoms = [_Atom(sign, 0, 0, sign.isdigit()) for sign in signs]
    return _has_cue(atoms, len(atoms))


def _apart(found: list[Mention]) -> list[Mention]:
    """Return the mentions that do not overlap: of those that do the strongest, then the longest."""
    chosen: list[Mention] = []
    for mention in sorted(found, key=lambda one: (-(one.end - one.start), -one.strength, one.start)):
        if all(mention.end <= other.start or other.end <= mention.start for other in chosen):
            chosen.append(mention)
    return sorted(chosen, key=lambda one: one.start)


def _in_its_place(mention: Mention, text: str, mentions: Sequence[Mention]) -> Mention:
    """Weaken a mention that is a part of a longer number."""
    before = re.search(r"[A-Z]*\d+[A-Z]*[-/.]\Z", text[max(mention.start - 20, 0) : mention.start])
    after = re.match(r"[-/.](\d+)", text[mention.end : mention.end + 20])
    is_part = (before is not None and not any(other.end == mention.start - 1 for other in mentions)) or (
        after is not None
        and not any(other.start == mention.end + 1 for other in mentions)
        and len(after[1]) > 0
    )
    if not is_part:
        return mention
    return replace(mention, strength=Strength.WEAK, alone=mention.strength if before is None else None)


def _others(text: str, atoms: list[_Atom], mentions: Sequence[Mention], zones: Zones) -> tuple[str, ...]:
    """Return the numbers, long enough to be one of ours with a slip, that are none of ours as they stand."""
    spans = [(mention.start, mention.end) for mention in mentions if mention.strength > Strength.WEAK]
    numbers: list[str] = []
    for first, begin in enumerate(atoms):
        joined, previous, has_digits = "", None, False
        for atom in atoms[first : first + _MOST_ATOMS]:
            if previous is not None and not _SOFT.match(text[previous.end : atom.start]):
                break
            if any(atom.start < end and start < atom.end for start, end in spans):
                break
            joined += atom.sign
            has_digits = has_digits or atom.is_digits
            previous = atom
            if (
                has_digits
                and len(joined) >= _SLIP_DIGITS
                and not (zones.is_account(begin.start, atom.end) or zones.is_other(begin.start, atom.end))
            ):
                numbers.append(joined)
    return tuple(dict.fromkeys(numbers))
