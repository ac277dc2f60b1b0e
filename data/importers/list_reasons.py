"""What is said of lists of other programs: refusals in sentences, reasons of rows in clauses, notes."""

from data.message_templates import DAY, MESSAGE, NUMBER, template

MORE_CELLS = template("{count} cells under {width} headings")
SECOND_TABLE = template("{name}: a second table begins on line {line}; save each table as a file of its own.")
NO_LIST = template(
    "{name}: no row of its first lines has the headings of preset {preset}; missing is {columns}."
)
SEVERAL_SHEETS = template(
    "{name}: the sheets {sheets} each hold such a list; keep one of them, or name it in the preset (sheet)."
)
NO_LIST_DAY = template(
    "{name}: does not say of which day this list of open items is; give the day with --source-date."
)
EMPTY_LIST_WITHOUT_DAY = template(
    "{name}: this list of open items has headings and no rows; if nothing is open any more, give its day "
    "with --source-date, and say with --full that it is complete."
)
EMPTY_LIST = template(
    "The list of {day} is empty. All that earlier lists show is settled on that day only if you say that it "
    "is complete.",
    day=DAY,
)
SEVERAL_LIST_DAYS = template(
    "{name}: its rows speak of different days, {first} and {second}; give the day with --source-date.",
    first=DAY, second=DAY,
)  # fmt: skip
OTHER_MEANING = template(
    "{name}: {reason}, which was not so when preset {preset} was made; a column may have changed its "
    "meaning: look at the file, and make the preset anew.",
    reason=MESSAGE,
)
MANY_REJECTED = template(
    "{name}: {count} of {of} rows cannot be read with preset {preset} ({reason}); look at the file, and make "
    "the preset anew.",
    count=NUMBER, of=NUMBER, reason=MESSAGE,
)  # fmt: skip
DUE_BEFORE_INVOICE = template(
    "in {count} of {of} rows the due date is before the invoice date", count=NUMBER, of=NUMBER
)
CLEARED_BEFORE_INVOICE = template(
    "in {count} of {of} rows the day of payment is before the invoice date", count=NUMBER, of=NUMBER
)
OPEN_ABOVE_AMOUNT = template("in {count} of {of} rows more is open than the amount", count=NUMBER, of=NUMBER)
COLUMNS_UNUSED = template("Columns that count for nothing: {names}.")
LINES_PASSED_OVER = template("Lines that are no rows were passed over: {lines}.")
NO_CURRENCY = template("The file names no currency; its amounts are read as {currency}.")
LIST_DAY = template("The list speaks of {day}.", day=DAY)
TOTALS_AGREE = template("{count} totals in the file agree with its rows.")
TOTALS_DIFFER = template(
    "Totals that the rows do not add up to, as of a part of them: lines {lines}; the rows count."
)
LINES_JOINED = template(
    "{count} rows are further lines of {documents} documents.", count=NUMBER, documents=NUMBER
)
NO_DOCUMENTS = template("Drafts and cancelled documents were passed over: lines {lines}.")
MATCHED_MONEY = template(
    "{count} payments that other documents took are no open items and were passed over.", count=NUMBER
)
PART_REFUSED = template("{label} is also that of line {line}, which is refused")
DAYS_EITHER_WAY = template(
    "{name}: its days can be read in several ways, {forms}; say in which with --preset, as in {preset}."
)
OTHER_OPEN = template(
    "In {count} rows another amount is open than their matches leave; the matches count.", count=NUMBER
)
SIDE_TURNED = template("The list writes what is owed below zero; it is read as above zero.")
MOSTLY_CREDIT = template(
    "{name}: {count} of {of} documents are below zero, as in a list of what is owed to suppliers (--preset "
    "payables); if customers have that much to their credit, your own preset can say so (credits = true).",
    count=NUMBER, of=NUMBER,
)  # fmt: skip
OPPORTUNITIES = template(
    "a list of sales opportunities: nobody owes them yet, so they are no receivables; if they are to count "
    "in the forecast, plan them in billing_plan.csv"
)
NO_RECEIVABLES = template("{name}: {what}.", what=MESSAGE)
# Shapes of lists that hold nothing for the books, and what these lists are.
WITHOUT_RECEIVABLES = {"opportunities": OPPORTUNITIES}
PERSONS_LEFT_OUT = template(
    "{count} persons were left out: their company has several, and not one of them alone is of finance; or "
    "they have no company, or more than one.",
    count=NUMBER,
)  # fmt: skip
TASKS_LEFT_OUT = template("{count} activities that are not done yet were left out.", count=NUMBER)
