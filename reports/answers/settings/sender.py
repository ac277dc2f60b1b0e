"""The company, or one of its administrations, as the sender of letters and the creditor of a claim."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from data.grains import LETTER_LANGUAGES, LETTERS
from reports.answers.shared.forms import text


@dataclass(frozen=True)
class Sender:
    """Who writes, from the settings; a field that is not set is empty.

    Attributes:
        name, contact: of the company, and of the person to ask for.
        street, postcode, city: of its address.
        kvk, vat_id: numbers it is registered under.
        iban: where customers pay to, without spaces.
        email, phone: where it can be reached.
        link: template of the payment link.
        language: of letters to customers of whom none is known.
        words: (step, language) -> opening words in place of the usual ones.
    """

    name: str = ""
    contact: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    kvk: str = ""
    vat_id: str = ""
    iban: str = ""
    email: str = ""
    phone: str = ""
    link: str = ""
    language: str = ""
    words: Mapping[tuple[str, str], str] = field(default_factory=dict, hash=False)

    @property
    def spaced_iban(self) -> str:
        """The account in groups of four."""
        return " ".join(self.iban[at : at + 4] for at in range(0, len(self.iban), 4))

    @property
    def address(self) -> tuple[str, ...]:
        """Street, then postcode and city; a line that is not set is left out."""
        lines = (self.street, f"{self.postcode} {self.city}".strip())
        return tuple(line for line in lines if line)


def sender_of(settings: pl.DataFrame, entity: str = "") -> Sender:
    """Return the sender in the rows of `settings`: an administration's own, else the company's."""
    values = dict(settings.iter_rows())

    def value(key: str) -> str:
        return text(values.get(f"{key}@{entity}") or values.get(key))

    words = {
        (step, language): words
        for step in LETTERS
        for language in LETTER_LANGUAGES
        if (words := value(f"words_{step}_{language}"))
    }
    return Sender(
        name=value("company_name"),
        contact=value("company_contact"),
        street=value("company_street"),
        postcode=value("company_postcode"),
        city=value("company_city"),
        kvk=value("company_kvk"),
        vat_id=value("company_vat_id"),
        iban=value("company_iban"),
        email=value("company_email"),
        phone=value("company_phone"),
        link=value("payment_link"),
        language=text(values.get("language")),
        words=words,
    )
