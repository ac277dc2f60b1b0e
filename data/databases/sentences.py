"""The messages of sources that are databases: why one cannot be read, and what a reading has to say."""

from data.message_templates import AMOUNT, NUMBER, template

# Why a database cannot be read.
NO_ADDRESS = template(
    "The address of the database cannot be read: write it as postgresql://USER:PASSWORD@HOST/DATABASE."
)
UNREACHABLE = template(
    "The database {database} on {host} cannot be opened ({cause}): check address, user and password, and "
    "whether it takes connections from here."
)
NOT_ALLOWED = template(
    "The database {database} refuses to be read ({cause}): give its user the right to SELECT from Odoo's "
    "tables."
)
TOO_SLOW = template(
    "The database {database} took longer than {minutes} minutes over one question: try again when it is "
    "less busy.",
    minutes=NUMBER,
)
READING_FAILED = template("Reading the database {database} failed ({cause}): try again.")
NOT_READ_ONLY = template(
    "The database {database} does not open a transaction that cannot write: nothing was read."
)
NOT_ODOO = template(
    "The database {database} holds no books that can be read: it has no tables of Odoo's accounting in the "
    "schema public. Check the name of the database."
)
OTHER_ODOO = template(
    "The database {database} is of Odoo {version}, whose tables lack {columns}: versions 14 to 18 can be "
    "read."
)
UNREADABLE_AMOUNT = template(
    "The database {database} holds an amount or day that cannot be read ({cause}): correct it in Odoo first."
)
TOTALS_DIFFER = template(
    "What was read of the database {database} does not add up to Odoo's own totals: nothing was loaded. "
    "Report this with the version of Odoo."
)

# What a reading has to say.
ODOO_READ = template(
    "Odoo {version}, {database}. Entries on accounts receivable: {lines}; reconciliations: "
    "{reconciliations}; rows that are new or changed since the last reading: {changed}.",
    lines=NUMBER,
    reconciliations=NUMBER,
    changed=NUMBER,
)
NEWER_ODOO = template(
    "Odoo {version} is newer than the versions this was tried with, 14 to 18: compare the totals."
)
NOT_TRADE = template(
    "Entries on accounts that are not trade: {count}, together {amount}. They are left out, as in Odoo's own "
    "aged receivable.",
    count=NUMBER,
    amount=AMOUNT,
)
NO_PARTNER = template(
    "Entries without a partner: {count}. They stand under the customer {customer}.", count=NUMBER
)
ONE_SIDED = template(
    "Reconciliations of which one side is not posted on an account receivable: {count}. They lower the other "
    "side, as in Odoo.",
    count=NUMBER,
)
NO_LONGER_THERE = template(
    "No longer in Odoo, and taken out of the books: {documents} documents, {payments} payments.",
    documents=NUMBER,
    payments=NUMBER,
)
READ_AS_A_WHOLE = template(
    "What was kept of the last reading does not add up to Odoo's own totals: everything was read anew."
)
