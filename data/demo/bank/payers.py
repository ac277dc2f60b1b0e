"""Who pays: under which name, from which account, in which words, each always in its own way."""

import re
import unicodedata
from dataclasses import dataclass

from data.demo.bank import rates
from data.demo.bank.chance import Chance
from data.demo.bank.numbers import WRITINGS
from data.demo.bank.references import iban
from data.demo.bank_days import NEVER
from data.demo.company import Company
from data.demo.names import person_names

COUNTRIES = ("NL", "BE", "DE")
_FORMS = re.compile(
    r"\b(B\.?V\.?|V\.?O\.?F\.?|Holding|Nederland|Groep|en Zonen|& Zn\.?)(?=\W|$)", re.IGNORECASE
)
_SIGNS = re.compile(r"[^A-Z0-9 ]")
_SHORT = {
    "STICHTING": "ST",
    "GEMEENTE": "GEM",
    "INSTALLATIETECHNIEK": "INST.TECHN",
    "TRANSPORT": "TRANSP",
    "GROOTHANDEL": "GRTH",
    "ADMINISTRATIE": "ADM",
    "HOLDING": "HLD",
    "TECHNIEK": "TECHN",
    "AUTOMATISERING": "AUTOM",
    "OPENBAAR": "OPENB",
    "ONDERWIJS": "OND",
    "ACCOUNTANTS": "ACC",
}
_LETTERS = "BDGHJKLMNPRSTVW"
_WRITING_WEIGHTS = (0.66, 0.14, 0.07, 0.06, 0.02, 0.05)


@dataclass(frozen=True)
class PayingCustomer:
    """How a customer pays.

    Attributes:
        customer: position.
        country: NL, BE or DE.
        name: as the statement gives it.
        account, next_account, since: IBAN, and the one from a day on.
        by_hand: whether somebody types each payment; else a program makes them all alike.
        habit: what is written: numbers, orders, or nothing that helps.
        template: number of the text that a program fills in.
        writing: how it writes our numbers.
        own_number: what we are called in its books.
        group: customers that pay for each other, itself among them.
        splits: whether it pays many invoices in several payments, so that all numbers fit the text.
        provider: whether it pays through a payment provider.
    """

    customer: int
    country: str
    consumer: bool
    name: str
    account: str
    next_account: str
    since: int
    by_hand: bool
    habit: str
    template: int
    writing: str
    own_number: str
    phone: str
    postcode: str
    group: tuple[int, ...]
    splits: bool
    provider: bool

    def account_on(self, day: int) -> str:
        """Return the account it pays from on a day."""
        return self.next_account if day >= self.since else self.account


def payer_name(name: str, chance: Chance) -> tuple[str, str]:
    """Return a name as a bank gives it, and what was done to it: "", capitals, short, cut."""
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i")).encode("ascii", "ignore").decode()
    capitals = re.sub(r" +", " ", _SIGNS.sub(" ", plain.upper().replace(".", ""))).strip()
    how = chance.weighted([(0.46, ""), (0.32, "capitals"), (0.1, "form"), (0.07, "short"), (0.05, "cut")])
    if how == "form":
        return (_FORMS.sub("", name).strip(" .,&") or name), how
    if how == "short":
        return " ".join(_SHORT.get(word, word) for word in capitals.split()), how
    if how == "cut":
        return capitals[: chance.number(14, 22)].strip(), how
    return (capitals if how else name), how


def make_payers(
    company: Company, names: list[str], groups: dict[int, tuple[int, ...]], seed: int
) -> list[PayingCustomer]:
    """Return a payer per customer.

    Args:
        company: the demo company.
        names: one per customer.
        groups: per customer in a group, all of that group.
        seed: of the company.
    """
    chance = Chance(seed, "payers")
    customers, calendar = company.customers, company.calendar
    people = person_names(customers.count, chance.stream)
    result = []
    for position in range(customers.count):
        size = int(customers.size[position])
        country = COUNTRIES[int(customers.abroad[position])]
        consumer = bool(customers.consumer[position])
        by_hand = consumer or chance.happens(rates.TYPES_BY_HAND[size])
        name, _ = payer_name(names[position], chance)
        if chance.happens(rates.OTHER_NAME):
            letters = chance.one_of(_LETTERS) + chance.one_of(_LETTERS)
            person = people[position]
            name = chance.one_of([f"{person} Beheer", f"Administratie {person}", f"{letters}V Groep"])
        span = calendar.as_of - calendar.start
        moves = chance.happens(rates.NEW_ACCOUNT)
        habit = chance.weighted(
            [
                (rates.NAMES_NO_NUMBER_BY_HAND if by_hand else rates.NAMES_NO_NUMBER[size], "nothing"),
                (rates.WRITES_PURCHASE_ORDER, "orders"),
                (rates.NAMES_OWN_NUMBER_TOO, "both"),
                (0.8, "numbers"),
            ]
        )
        result.append(
            PayingCustomer(
                customer=position,
                country=country,
                consumer=consumer,
                name=name,
                account=iban(country, chance.number(0, 9), chance.number(10**7, 10**9 - 1)),
                next_account=iban(country, chance.number(0, 9), chance.number(10**7, 10**9 - 1)),
                since=calendar.start + chance.number(0, span) if moves else NEVER,
                by_hand=by_hand,
                # The largest customers send what they pay as lists that they have agreed upon.
                habit="numbers" if position == 0 else habit,
                template=chance.number(0, 999),
                writing=chance.weighted(list(zip(_WRITING_WEIGHTS, WRITINGS, strict=True))),
                own_number=chance.digits(chance.number(4, 7)),
                phone=f"0{chance.digits(2)}-{chance.digits(7)}",
                postcode=f"{chance.digits(4)} {chance.one_of('ABCDEGHK')}{chance.one_of('ABEGLNT')}",
                group=groups.get(position, (position,)),
                splits=position == 0 or (not by_hand and chance.happens(rates.FITS_THE_TEXT)),
                provider=consumer and chance.happens(rates.BY_PROVIDER),
            )
        )
    return result


def make_groups(count: int, seed: int) -> dict[int, tuple[int, ...]]:
    """Return, for each customer in a group, the customers of that group; those with a story are in none."""
    chance = Chance(seed, "groups")
    free = [position for position in range(4, count) if chance.happens(rates.IN_A_GROUP)]
    groups: dict[int, tuple[int, ...]] = {}
    while len(free) > 1:
        size = min(chance.number(2, 4), len(free))
        members = tuple(free[:size])
        free = free[size:]
        if size > 1:
            groups.update(dict.fromkeys(members, members))
    return groups
