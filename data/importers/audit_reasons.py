"""What the readers of audit files say: why one is refused, how it was read, what in it does not agree."""

from data.message_templates import AMOUNT, DAY, MESSAGE, NUMBER, messages, template

# A file that cannot be read.
AUDIT_AMOUNT = template(
    "{name}: the amount '{value}' on line {line} cannot be read, so no balance is sure; export it again."
)
AUDIT_DATE = template("{name}: the day '{value}' on line {line} cannot be read; export the file again.")
AUDIT_SIDE = template("{name}: '{value}' on line {line} is neither debit nor credit; export the file again.")
AUDIT_MISSING = template("{name}: {element} is missing on line {line}; export the file again.")
AUDIT_CURRENCY = template(
    "{name}: does not say which currency it is in, or one that is not known ('{value}'); export it again."
)
AUDIT_ROWS = template(
    "{name}: rows is '{value}'; say open_items for invoices and payments too, or check for totals only."
)
AUDIT_ACCOUNTS = template(
    "{name}: has no account {accounts}; name the accounts of the receivables as the file numbers them."
)
NOT_AUDIT_FILE = template("{name}: is no audit file of the kind {format}; export it again.")
XAF_WITHOUT_COMPANY = template(
    "{name}: is an XML Auditfile without an administration in it; export it again."
)
SIE_5 = template("{name}: is SIE 5; export it as SIE 4 and load that.")
SIE_RECORD = template("{name}: line {line} cannot be read as a record of SIE; export the file again.")
SIE_BRACE = template("{name}: a brace on line {line} is never closed; export the file again.")
SIE_OUTSIDE_VOUCHER = template("{name}: the posting on line {line} is in no voucher; export the file again.")
DATEV_HEADER = template("{name}: its first line is no DATEV header; export it again as DATEV format (EXTF).")
DATEV_OTHER = template(
    "{name}: is DATEV data of the kind {kind}; Kasstroom reads Buchungsstapel and Debitoren/Kreditoren."
)
DATEV_COLUMN = template("{name}: has no column {column}; export it again as DATEV format (EXTF).")
DATEV_ROW = template("{name}: the row on line {line} cannot be read as CSV; export the file again.")
DATEV_YEAR = template(
    "{name}: its header does not say in which year it is (Wirtschaftsjahr, Datum von, Datum bis); export it "
    "again."
)

# A posting or row that is refused; clauses.
NO_CUSTOMER = template("a line on the receivables names no customer")
CARRIED_WITHOUT_DOCUMENT = template("an amount carried forward to a debtor names no document")
NO_DOCUMENT = template("a line that invoices a customer names no document")
DATEV_CELLS = template("{count} cells where the heading has {width}")
DATEV_DAY = template("Belegdatum '{value}' is not a day of the period in the header")
DATEV_AMOUNT = template("{column} '{value}' is not an amount written like 1234,56")
DATEV_ACCOUNT = template("{column} '{value}' is no account number")
DATEV_SIDE = template("Soll/Haben-Kennzeichen '{value}' is neither S nor H")
DATEV_FOREIGN = template("the amount in {currency} has no Basisumsatz in the currency of the ledger")

# What a file is, and whether it holds what it says.
AUDIT_FILE = template(
    "{format} of {company}, {first} to {last}: transactions {entries}, lines {lines}, debit {debit}, "
    "credit {credit}.",
    first=DAY,
    last=DAY,
    entries=NUMBER,
    lines=NUMBER,
    debit=AMOUNT,
    credit=AMOUNT,
)
DECLARED_AGREES = template("It declares the same.")
DECLARED_DIFFERS = template("What it declares does not agree: {faults}.", faults=messages(", "))
DECLARED_LINES = template("lines {declared}", declared=NUMBER)
DECLARED_DEBIT = template("debit {declared}", declared=AMOUNT)
DECLARED_CREDIT = template("credit {declared}", declared=AMOUNT)
UNBALANCED = template("Transactions out of balance: {names}.")
UNBALANCED_MORE = template("Transactions out of balance: {names} and {more} more.", more=NUMBER)
READ_AS_1252 = template("It says that it is UTF-8 and is not; it was read as Windows-1252.")
DATES_OUTSIDE = template(
    "Transactions dated outside its year: {count}; they count in its first or last month.", count=NUMBER
)
FOREIGN_LINES = template(
    "Lines on the receivables that have an amount in another currency too: {count}; they count at the booked "
    "amount in {currency}.",
    count=NUMBER,
)
STRUCK_OUT = template("Lines that are struck out in it and count for nothing: {count}.", count=NUMBER)
OPENING_TWICE = template(
    "The opening balance of the receivables is stated twice and differs, {stated} and as transactions "
    "{booked}; the first one counts.",
    stated=AMOUNT,
    booked=AMOUNT,
)
IMPLIED_LINES = template(
    "Journal {journal} leaves out the lines on its offset account {account}, so no balance is taken from the "
    "file."
)

# The accounts of the receivables.
ACCOUNTS_AS_TOLD = template("Receivables are the accounts {accounts}, as told.")
ACCOUNTS_BY_CODE = template("Receivables are the accounts {accounts}, by their code {code}.")
ACCOUNTS_OF_CUSTOMERS = template("Receivables are the accounts {accounts}, which its customers are kept on.")
ACCOUNTS_OF_SALES = template(
    "Receivables are the accounts {accounts}, which its sales journals book against."
)
ACCOUNTS_BY_LINES = template(
    "Receivables are the accounts {accounts}, which the lines with a customer stand on."
)
ACCOUNTS_OF_INVOICES = template("It has sales invoices and no ledger: the receivables are what they ask.")
ACCOUNTS_BY_NAME = template("Receivables are the accounts {accounts}, by their name.")
ACCOUNTS_BY_CHART = template("Receivables are the accounts {accounts}, by the chart {chart}.")
ACCOUNTS_BY_RANGE = template("Receivables are the debtors' accounts {first} to {last}.")
NO_ACCOUNTS = template("No account is known to be that of the receivables: name it with the option accounts.")
ONLY_PAYABLES = template("It holds suppliers and payables only: there is nothing in it for receivables.")
SUPPLIERS_LEFT_OUT = template("Suppliers and others left out: {count}.", count=NUMBER)

# Balances and turnover.
BALANCES = template(
    "Balances of the receivables: {count}, from {opening} on {first} to {closing} on {last}.",
    count=NUMBER,
    opening=AMOUNT,
    first=DAY,
    closing=AMOUNT,
    last=DAY,
)
NO_OPENING = template("It states no opening balance, so no balance is taken from it.")
BALANCES_OF_CUSTOMERS = template(
    "The balances are those of its customers together; the file states none of an account."
)
CLOSING_DIFFERS = template(
    "It states {declared} for the receivables at the end ({day}), and its opening and transactions come to "
    "{booked}: only the stated balances are taken.",
    declared=AMOUNT,
    day=DAY,
    booked=AMOUNT,
)
CUSTOMERS_DIFFER = template(
    "Its customers open at {customers} together, the receivables at {accounts}.",
    customers=AMOUNT,
    accounts=AMOUNT,
)
YEARS_DIFFER = template(
    "On {day} one year closes at {closing} and the next opens at {opening}; the opening counts.",
    day=DAY,
    closing=AMOUNT,
    opening=AMOUNT,
)
TURNOVER = template("Turnover by month: {count}, {amount} together.", count=NUMBER, amount=AMOUNT)
TURNOVER_UNSURE = template("Some of its rows cannot be read, so no turnover is taken from it.")
PART_OF_MONTH = template(
    "It is one batch of bookings, so its turnover adds to that of other batches of the month."
)

# Invoices and payments.
WITH_DOCUMENTS = template(
    "Every line on the receivables that can be read names its customer and document: invoices {invoices} and "
    "settlements {settlements} are taken too.",
    invoices=NUMBER,
    settlements=NUMBER,
)
DOCUMENTS_AS_TOLD = template(
    "Invoices {invoices} and settlements {settlements} are taken, as told, though {doubt}.",
    invoices=NUMBER,
    settlements=NUMBER,
    doubt=MESSAGE,
)
CHECK_AS_TOLD = template("Only totals are taken, as told.")
CHECK_BESIDE_OTHERS = template(
    "Only totals are taken, no invoices: those of this administration come from another source, and would "
    'count twice. A preset with rows = "open_items" takes them all the same.'
)
WITHOUT_DOCUMENTS = template("Only totals are taken, no invoices: {doubt}.", doubt=MESSAGE)
EMPTY_DOCUMENTS = template("Documents that come to 0.00 and are left out: {count}.", count=NUMBER)
LINES_WITHOUT_DOCUMENT = template(
    "{count} of {all} lines on the receivables name no customer or no document", count=NUMBER, all=NUMBER
)
OPENING_NOT_ITEMISED = template(
    "the opening balance is {balance}, and its open items come to {itemised}",
    balance=AMOUNT,
    itemised=AMOUNT,
)
DOCUMENT_OF_SEVERAL_CUSTOMERS = template(
    "number {document} is a document of several customers (such numbers: {count})", count=NUMBER
)
PAYMENTS_WITHOUT_INVOICE = template(
    "{count} payments name a voucher that is no invoice of the file", count=NUMBER
)
LINES_OF_FRACTIONS = template(
    "{count} lines on the receivables have amounts of more than two decimals", count=NUMBER
)
BALANCE_IN_DOUBT = template("its balances do not follow from its transactions")
SUBLEDGER_DIFFERS = template(
    "of {count} lines on the receivables the subledger comes to {subledger}, and they to {accounts}",
    count=NUMBER,
    subledger=AMOUNT,
    accounts=AMOUNT,
)
