"""What payers write with a payment."""

from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from data.demo.bank import rates
from data.demo.bank.chance import Chance
from data.demo.bank.numbers import WRITINGS, all_digits, misspelt, writing_of
from data.demo.bank.payers import PayingCustomer
from data.demo.bank.references import (
    creditor_reference,
    payment_reference,
    slashed,
    structured_message,
)

LONGEST = 140
"""Characters of free text that a SEPA payment carries."""
_DUTCH = (
    "{n}",
    "Fact. {n}",
    "factuur {n}",
    "Factuurnr {n}",
    "fnr {n}",
    "betreft: {n}/kl {k}",
    "F {n} D.D. {day}",
    "{k} {n}",
    "uw factuur {n} tel {phone}",
    "Cred.nr {c} {n}",
    "{n} {day}",
    "Betaling factuur {n} {name}",
    "/RFB/{n}",
    "INV {n} PO {po}",
    "factuurnummer {n} klantnummer {k} {postcode}",
    "Kenmerk {n} - {own}",
    "{own} {n} {day}",
    "FACT{n} ONZE REF {own}",
    "Uw kenm: {n} Ons kenm: {own} Bedrag EUR {amount}",
    "betaalbatch {batch} fac {n}",
)
_BELGIAN = (
    "Uw factuur {n} van {day}",
    "Facture {n} client {k}",
    "fact {n} dd {day}",
    "FA {n}",
    "{n} - {k}",
    "Fournisseur {c} facture {n} du {day}",
)
_GERMAN = (
    "Rechnung {n} vom {day}",
    "RG-NR {n} KD-NR {k}",
    "RE {n}",
    "Re.Nr. {n} Kundennr. {k} {own}",
    "RNR {n} {day} EUR {amount}",
)
_MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
_MONTH_TEXTS = ("facturen {month}", "factuur {month}", "betaling {month}", "openstaand {month} {year}")
_WORDS = (
    "conform afspraak",
    "betaling",
    "zie mail",
    "voldaan",
    "betaling openstaande factuur",
    "m.v.g. {name}",
)
_VOUCHERS = ("{own}", "Cred.nr {c}", "{own} {day}", "Uw rekening", "{c}/{own}", "betaalbatch {batch}")
_MANY_WORDS = (
    "zie specificatie",
    "diverse facturen",
    "volgens specificatie per mail dd {day}",
    "facturen {month}",
    "betaaladvies {own}",
)
_SEPARATORS = (", ", " ", "/", "+", " en ", "; ", ",")
_DATES = ("%d-%m-%Y", "%d%m%y", "%d/%m/%y", "%d.%m.%Y", "%Y%m%d", "%d-%m-%y")
_ENDING_DIGITS = 3


@dataclass(frozen=True)
class Wording:
    """What a statement tells: free text, structured reference, and the kinds of noise in it."""

    text: str
    reference: str
    noise: tuple[str, ...]


@dataclass(frozen=True)
class Purpose:
    """What a payment is for: numbers of the invoices, cents of each, day of each, order numbers."""

    numbers: tuple[str, ...]
    amounts: tuple[int, ...]
    days: tuple[date, ...]
    orders: tuple[str, ...]
    in_a_row: bool
    customer_id: str
    paid: date


def euros(cents: int) -> str:
    """Return an amount as Dutch people write it: 1234,56."""
    return f"{cents // 100},{cents % 100:02}"


def payment_text(payer: PayingCustomer, claim: Purpose, chance: Chance) -> Wording:
    """Return what a payer writes with the payment of a claim."""
    share = rates.STRUCTURED["consumer" if payer.consumer else payer.country]
    if len(claim.numbers) == 1 and (
        payer.template / 1000 < share if not payer.by_hand else chance.happens(share)
    ):
        return _structured(payer, claim, chance)
    noise: list[str] = []
    habit = payer.habit
    if payer.by_hand:
        habit = chance.weighted(
            [
                (rates.MONTH_ONLY_BY_HAND, "month"),
                (rates.WORDS_ONLY_BY_HAND, "words"),
                (rates.NOTHING_BY_HAND, "empty"),
                (1 - rates.MONTH_ONLY_BY_HAND - rates.WORDS_ONLY_BY_HAND - rates.NOTHING_BY_HAND, habit),
            ]
        )
    if habit == "orders" and any(claim.orders):
        text, label = " ".join(order for order in claim.orders if order), "order number"
        return _finished(payer, claim, chance, text, [label])
    if habit in ("nothing", "month", "words", "empty", "orders"):
        templates = {"month": _MONTH_TEXTS, "words": _WORDS, "empty": ("",)}.get(habit, _VOUCHERS)
        own = templates[payer.template % len(templates)]
        template = own if not payer.by_hand else chance.one_of(templates)
        return _finished(payer, claim, chance, template, ["no number"])
    if len(claim.numbers) > 1:
        listing, labels = _listing(payer, claim, chance)
        noise += labels
        if listing is None:
            return _finished(payer, claim, chance, chance.one_of(_MANY_WORDS), noise)
    else:
        listing, labels = _number(payer, claim.numbers[0], chance)
        noise += labels
    templates = {"BE": _BELGIAN, "DE": _GERMAN}.get(payer.country, _DUTCH)
    template = chance.one_of(templates) if payer.by_hand else templates[payer.template % len(templates)]
    if habit == "both":
        template += " {c}"
    return _finished(payer, claim, chance, template.replace("{n}", listing), noise)


def _finished(
    payer: PayingCustomer, claim: Purpose, chance: Chance, template: str, noise: list[str]
) -> Wording:
    """Fill in what else a text tells; what does not fit is cut off, as banks do."""
    when = chance.one_of(_DATES) if payer.by_hand else _DATES[payer.template % len(_DATES)]
    month = _MONTHS[claim.days[0].month - 1]
    fields = {
        "k": claim.customer_id if payer.template % 2 else claim.customer_id.lstrip("D"),
        "c": payer.own_number,
        "day": claim.days[0].strftime(when),
        "phone": payer.phone,
        "postcode": payer.postcode,
        "name": payer.name,
        "po": claim.orders[0] or chance.digits(6),
        "own": f"{claim.paid.year}{chance.number(1, 9999):05}",
        "amount": euros(claim.amounts[0]),
        "batch": claim.paid.strftime("%Y%m%d"),
        "month": month,
        "year": str(claim.days[0].year),
    }
    text = template
    for key, value in fields.items():
        text = text.replace("{" + key + "}", value)
    if len(text) > LONGEST:
        noise = [*noise, "cut off"]
    return Wording(text[:LONGEST].strip(), "", tuple(noise))


def _number(payer: PayingCustomer, number: str, chance: Chance) -> tuple[str, list[str]]:
    """Return one invoice number as a payer writes it, perhaps with a typing error."""
    how = chance.one_of(WRITINGS) if payer.by_hand and chance.happens(0.2) else payer.writing
    text = writing_of(number, how)
    wrong = rates.TYPING_ERROR_BY_HAND if payer.by_hand else rates.TYPING_ERROR
    labels = [] if text == number else [f"written {how}"]
    if chance.happens(wrong):
        return misspelt(text, chance), [*labels, "typing error"]
    return text, labels


def _listing(payer: PayingCustomer, claim: Purpose, chance: Chance) -> tuple[str | None, list[str]]:
    """Return several invoice numbers as a payer lists them; None if it does not."""
    kind = chance.weighted(
        [
            (rates.MANY_NOT_LISTED, "not listed"),
            (rates.MANY_FIRST_ONLY, "first only"),
            (rates.MANY_ENDINGS, "endings"),
            (rates.MANY_RANGED, "ranged"),
            (rates.MANY_WITH_AMOUNTS, "with amounts"),
            (1.0, "listed"),
        ]
    )
    if kind == "ranged" and not claim.in_a_row:
        kind = "listed"
    if kind == "not listed":
        return None, ["many, not listed"]
    drawn = [_number(payer, number, chance) for number in claim.numbers]
    texts, labels = [text for text, _ in drawn], sorted({label for _, own in drawn for label in own})
    separator = (
        chance.one_of(_SEPARATORS) if payer.by_hand else _SEPARATORS[payer.template % len(_SEPARATORS)]
    )
    if "/" in texts[0] and separator == "/":
        separator = " "
    listings = {
        "listed": separator.join(texts),
        "first only": f"{texts[0]} e.a.",
        "endings": texts[0] + "".join(f"/{text[_same_start(texts) :]}" for text in texts[1:]),
        "ranged": f"{texts[0]} {chance.one_of(('t/m', 'tm', '-', 'tot en met'))} {texts[-1]}",
        "with amounts": " ".join(
            f"{text} {euros(amount)}" for text, amount in zip(texts, claim.amounts, strict=True)
        ),
    }
    return listings[kind], [f"many, {kind}", *labels]


def _same_start(texts: list[str]) -> int:
    """Return how many signs all numbers begin with; at least three are left to tell them apart."""
    signs = zip(*texts, strict=False)
    same = sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, signs))
    return max(min(same, min(map(len, texts)) - _ENDING_DIGITS), 0)


def _structured(payer: PayingCustomer, claim: Purpose, chance: Chance) -> Wording:
    """Return the structured reference that stood on the invoice, in its field or in the free text."""
    number = claim.numbers[0]
    digits = all_digits(number)
    if payer.country == "BE":
        reference, printed = structured_message(digits), slashed(structured_message(digits))
    elif payer.consumer:
        reference, printed = payment_reference(digits), payment_reference(digits)
    else:
        reference, printed = creditor_reference(number), creditor_reference(number)
    if chance.happens(rates.STRUCTURED_IN_TEXT):
        if chance.happens(rates.STRUCTURED_ERROR):
            return Wording(misspelt(printed, chance), "", ("structured", "structured with an error"))
        return Wording(printed, "", ("structured",))
    if chance.happens(rates.STRUCTURED_ERROR):
        return Wording("", misspelt(reference, chance), ("structured", "structured with an error"))
    return Wording("", reference, ("structured",))
