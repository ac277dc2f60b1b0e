"""Why a bank statement is refused, or an entry of it, and what is to be said of one that is taken in."""

from data.message_templates import AMOUNT, NUMBER, template

# Files; sentences.
FOREIGN_NAMESPACE = template(
    "{name}: looks like camt.053, but its elements are of '{namespace}', not of ISO 20022; export it again "
    "as camt.053."
)
OTHER_VERSION = template(
    "{name}: is camt.053 of version {version}, and versions 2 to 14 are read; ask the bank for one of these."
)
NO_STATEMENT = template("{name}: is camt.053 without a statement in it; export it again.")

# Entries; clauses.
NO_SIDE = template("CdtDbtInd '{value}' is neither CRDT nor DBIT")

# Files taken in; sentences.
NOT_BOOKED = template("Entries that are not booked yet, and do not count: {count}.", count=NUMBER)
VALUE_DATE = template(
    "The value date '{value}' of the entry of {amount} on line {line} is no day of the calendar; its booking "
    "date stands in for it.",
    amount=AMOUNT,
)
MORE_VALUE_DATES = template(
    "More entries whose value date is no day of the calendar, so that their booking date stands in for it: "
    "{count}.",
    count=NUMBER,
)
WITHOUT_DAY = template(
    "Entries without a booking date, booked on their value date or the day of the statement: {count}.",
    count=NUMBER,
)
OTHER_CURRENCY = template(
    "Entries in {stated} on account {account}, which is in {currency}, so that their amounts count as "
    "{currency}: {count}.",
    count=NUMBER,
)
BALANCE_IN_OTHER_CURRENCY = template(
    "The balance {kind} of account {account} is in {stated}, not in {currency}, and does not count."
)
PARTS_DIFFER = template(
    "Batches whose parts do not add up to the amount booked, and which stay whole: {count}.", count=NUMBER
)
