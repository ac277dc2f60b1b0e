"""Whether a UBL document is a sale or a bill of ours: which side of it we are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from data.importers import invoice_reasons
from data.importers.formats.ubl_document import CREDITS, documents, kind_of
from data.importers.formats.ubl_parties import (
    KVK_SCHEMES,
    Identifier,
    Party,
    letters_and_digits,
    parties_of,
)
from data.importers.formats.xml import Element, parse
from data.message_templates import Message

Direction = Literal["sales", "purchases"]
_SETTINGS = {
    "company_vat_id": "vat_id",
    "company_kvk": "kvk",
    "company_iban": "iban",
    "company_name": "name",
}
# How sure it is that a party is ours. A VAT number may be that of a fiscal unit, a register's never is.
_KVK, _VAT, _IBAN, _NAME = 8, 4, 2, 1
_SHOWN = 60


@dataclass(frozen=True)
class OwnParty:
    """Ourselves, or one of our administrations; what is not set is empty.

    Attributes:
        vat_id: VAT number.
        kvk: number at the chamber of commerce, or in another register with its country before it.
        iban: bank account.
        name: name of the company.
        entity: name of the administration, empty for the company as a whole.
    """

    vat_id: str = ""
    kvk: str = ""
    iban: str = ""
    name: str = ""
    entity: str = ""


@dataclass(frozen=True)
class Side:
    """Which side of a document we are, and which of our administrations (empty: the company as a whole)."""

    direction: Direction
    entity: str


def own_parties(settings: Mapping[str, str]) -> list[OwnParty]:
    """Return the company and its administrations from the settings, those with something to be known by.

    An administration is known by what is set for itself (`company_vat_id@North`), not by what it has of the
    company.
    """
    by_entity: dict[str, dict[str, str]] = {}
    for key, value in settings.items():
        name, _at, entity = key.partition("@")
        if name in _SETTINGS and value.strip():
            by_entity.setdefault(entity, {})[_SETTINGS[name]] = value.strip()
    return [OwnParty(**values, entity=entity) for entity, values in sorted(by_entity.items())]


def direction(content: bytes, own: OwnParty, name: str = "e-invoice") -> Direction | Message:
    """Return whether a file holds a sale or a bill of ours, or a sentence why that cannot be told.

    Args:
        content: the bytes of the file.
        own: who we are.
        name: of the file, printable, for the sentence.

    Raises:
        RefusedFileError: the file is no XML.
    """
    side = side_of(content, [own], name)
    return side if isinstance(side, Message) else side.direction


def side_of(content: bytes, own: Sequence[OwnParty], name: str = "e-invoice") -> Side | Message:
    """Return which side of a file's documents we are, or a sentence why that cannot be told.

    Numbers count before bank accounts, and these before names. Account and name count only if no number of
    the party says that it is somebody else.

    Args:
        content: the bytes of the file.
        own: the company and its administrations.
        name: of the file, printable, for the sentence.

    Raises:
        RefusedFileError: the file is no XML.
    """
    return side_of_root(parse(content, name), own, name)


def side_of_root(root: Element, own: Sequence[OwnParty], name: str) -> Side | Message:
    """Return which side of the documents under a root we are, as `side_of` does."""
    if not any((each.vat_id, each.kvk, each.iban, each.name) != ("", "", "", "") for each in own):
        return invoice_reasons.NO_IDENTIFIER(name=name)
    sides = [_side(document, own, name) for _line, document in documents(root)]
    if not sides:
        return invoice_reasons.NO_DOCUMENT(name=name)
    refusals = [side for side in sides if isinstance(side, Message)]
    if refusals:
        return refusals[0]
    return sides[0] if len(set(sides)) == 1 else invoice_reasons.MIXED_DIRECTIONS(name=name)


def _side(document: Element, own: Sequence[OwnParty], name: str) -> Side | Message:
    both = parties_of(document)
    # On a credit note programs write the account of either side.
    has_payee = kind_of(str(document.tag)) not in CREDITS
    scores = [
        (score, side, each.entity)
        for each in own
        for side, score in (
            ("sales", _score(both.seller, both.payee_ibans if has_payee else (), each)),
            ("purchases", _score(both.buyer, both.payer_ibans, each)),
        )
        if score
    ]
    shown = {"seller": _shown(both.seller), "buyer": _shown(both.buyer)}
    if not scores:
        return invoice_reasons.NEITHER_PARTY(name=name, **shown)
    most = max(scores)[0]
    likely = {side for score, side, _entity in scores if score == most or score >= _VAT}
    if len(likely) > 1:
        return invoice_reasons.BOTH_PARTIES(name=name, **shown)
    entities = sorted({entity for score, _side, entity in scores if score == most} - {""})
    if len(entities) > 1:
        return invoice_reasons.SEVERAL_ENTITIES(name=name, names=", ".join(entities))
    return Side("sales" if "sales" in likely else "purchases", entities[0] if entities else "")


def _score(party: Party, ibans: Sequence[str], own: OwnParty) -> int:
    """Return how sure a party is ours: 0 if nothing says so, or one of its numbers says that it is not."""
    numbers = _KVK * _has_register_number(party, own) + _VAT * _has_vat_number(party, own)
    if not numbers and _is_another(party, own):
        return 0
    has_account = bool(own.iban) and letters_and_digits(own.iban) in ibans
    names = {_letters(party.name), _letters(party.legal_name)} - {""}
    has_name = _letters(own.name) in names
    return numbers + _IBAN * has_account + _NAME * has_name


def _has_vat_number(party: Party, own: OwnParty) -> bool:
    stated = {*party.vat_ids, *(letters_and_digits(each.value) for each in _identifiers(party))}
    return bool(own.vat_id) and letters_and_digits(own.vat_id) in stated


def _has_register_number(party: Party, own: OwnParty) -> bool:
    number = letters_and_digits(own.kvk)
    if not number:
        return False
    if number.isdigit():
        return number in _kvk_numbers(party)
    country, without_country = number[:2], number[2:]
    stated = {letters_and_digits(each.value) for each in _identifiers(party)}
    return party.country in {"", country} and not stated.isdisjoint({number, without_country})


def _is_another(party: Party, own: OwnParty) -> bool:
    """Return whether a party has a number of a kind that is set for us, and it is not ours."""
    has_other_register_number = letters_and_digits(own.kvk).isdigit() and bool(_kvk_numbers(party))
    return has_other_register_number or (bool(own.vat_id) and bool(party.vat_ids))


def _kvk_numbers(party: Party) -> set[str]:
    """Return the numbers at the Dutch chamber of commerce; one without a scheme is in the register only."""
    schemed = {each for each in _identifiers(party) if each.scheme.upper() in KVK_SCHEMES}
    plain = {each for each in party.legal_ids if not each.scheme and party.country in {"", "NL"}}
    return {letters_and_digits(each.value) for each in schemed | plain}


def _identifiers(party: Party) -> tuple[Identifier, ...]:
    endpoint = (party.endpoint,) if party.endpoint else ()
    return (*party.legal_ids, *party.identifiers, *endpoint)


def _letters(name: str) -> str:
    """Return a name without case, spaces and signs, so that `Bakker B.V.` is `BAKKER BV`."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _shown(party: Party) -> str:
    return (party.name or party.key or "?")[:_SHOWN]
