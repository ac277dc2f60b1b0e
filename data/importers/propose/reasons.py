"""The evidence for a proposal: one clause for each part."""

from data.message_templates import NUMBER, template

HEADER = template("line {line}: {known} of its {count} headings are known", known=NUMBER, count=NUMBER)
HEADER_BELOW = template(
    "line {line}: {known} of its {count} headings are known; the {above} lines above it are titles",
    known=NUMBER,
    count=NUMBER,
    above=NUMBER,
)
HEADER_GUESSED = template("line {line}: no heading is known; it is the first with several texts")
BY_NAME = template("a heading for it in other programs")
BY_PART = template("a part of the heading is known for it")
CHOSEN = template("as you chose")
CHOSEN_MISFIT = template("as you chose; its values do not look like it")
BY_VALUES = template("all {count} values are days, and no heading says it is another one", count=NUMBER)
WORDS_NOT_NUMBER = template("its values are names")
ONLY_DAY_FIRST = template(
    "{sure} of {count} dates can only be day-month, none only month-day", sure=NUMBER, count=NUMBER
)
ONLY_MONTH_FIRST = template(
    "{sure} of {count} dates can only be month-day, none only day-month", sure=NUMBER, count=NUMBER
)
BOTH_ORDERS = template("all {count} dates can be read both ways; say which it is", count=NUMBER)
TERMS_TELL = template(
    "all {count} dates can be read both ways; like this, {terms} of {of} due dates are a usual term later",
    count=NUMBER, terms=NUMBER, of=NUMBER,
)  # fmt: skip
CONTRADICTING = template(
    "{day} dates can only be day-month and {month} only month-day; the column is no date of one form",
    day=NUMBER, month=NUMBER,
)  # fmt: skip
YEAR_FIRST = template("{sure} of {count} dates begin with the year", sure=NUMBER, count=NUMBER)
NAMED_MONTHS = template("{sure} of {count} dates have the name of a month", sure=NUMBER, count=NUMBER)
COMPACT = template("{sure} of {count} dates are eight digits, the year first", sure=NUMBER, count=NUMBER)
SERIALS = template("{sure} of {count} dates are numbers as Excel counts days", sure=NUMBER, count=NUMBER)
TYPED_DAYS = template("the cells are dates already")
NO_DAYS = template("there is no column of dates")
ENDS_IN_COMMA = template(
    "{sure} of {count} amounts end in a comma and decimals, none in a point", sure=NUMBER, count=NUMBER
)
ENDS_IN_POINT = template(
    "{sure} of {count} amounts end in a point and decimals, none in a comma", sure=NUMBER, count=NUMBER
)
BOTH_DECIMALS = template(
    "{commas} amounts end in a comma and decimals, {points} in a point; say which is right",
    commas=NUMBER, points=NUMBER,
)  # fmt: skip
NO_DECIMALS = template("none of {count} amounts has decimals", count=NUMBER)
UNCLEAR_AMOUNTS = template(
    "{unclear} of {count} amounts, such as {example}, can be thousands or decimals; say which it is",
    unclear=NUMBER, count=NUMBER,
)  # fmt: skip
TYPED_NUMBERS = template("the cells are numbers already")
CURRENCY_SIGN = template("{sign} stands beside {sure} of {count} amounts", sure=NUMBER, count=NUMBER)
NO_CURRENCY = template("the file names no currency; say which it is")
OPEN_COLUMN = template("{heading} says what is open")
CLEARED_COLUMN = template("{heading} says when each was paid, and nothing what is open")
GROUPS = template("{count} lines with a name only stand above rows", count=NUMBER)
ALSO_WITHIN = template(
    "a heading for it, and never more than {heading} in {count} of {of} rows", count=NUMBER, of=NUMBER
)
ALSO_AFTER = template(
    "a heading for it, and not before {heading} in {count} of {of} rows", count=NUMBER, of=NUMBER
)
MORE_THAN_AMOUNT = template(
    "more than {heading} in {count} of {of} rows; say whether it is right", count=NUMBER, of=NUMBER
)
BEFORE_INVOICE = template(
    "before {heading} in {count} of {of} rows; say whether it is right", count=NUMBER, of=NUMBER
)
OPEN_TITLE = template("a title or the name of the file says that it lists what is open")
OF_BANK = template("{heading} is a heading of banks, and none speaks of invoices")
ONE_ACCOUNT = template("its one value stands in every row")
OTHER_ACCOUNTS = template("its values differ from row to row")
NO_ACCOUNT = template("the file names no account; say in the preset which it is")
NO_PAYMENTS = template("no heading says what is paid or open: the documents alone")
WORDS_UNKNOWN = template("not used: {words} is not known; the sign of the amount tells credit notes")
