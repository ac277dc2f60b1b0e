"""What the readers of MT940 and CODA say: of a file, of a statement, and of an entry."""

from data.message_templates import AMOUNT, DAY, NUMBER, template

# A file that cannot be read.
NO_STATEMENTS = template("{name}: holds no bank statement; download it again from the bank.")
CUT_OFF = template(
    "{name}: is cut off: its last statement ends before its closing balance; download it again from the bank."
)

# An entry or statement that is refused; clauses.
ENTRY_UNREADABLE = template("the entry is not written as {format} writes entries")
ENTRY_DAY = template("{day} is no day, so it is not known when the entry was booked")
ENTRY_AMOUNT = template("the amount {amount} is not sure: no amount with cents at most")
ENTRY_AMOUNT_WHOLE = template("the amount {amount} lacks its decimal comma, so it may have been cut off")
STATEMENT_WITHOUT_ACCOUNT = template("the statement does not say of which account it is")
STATEMENT_WITHOUT_CURRENCY = template("the statement does not say in which currency it is")
STATEMENT_WITHOUT_DAY = template("the statement has no day that can be read")

DETAIL_ALONE = template("the movement is a detail of one that is not there")

# What a file says of itself; sentences.
STATEMENTS = template(
    "{format}: statements {statements}, entries {entries}, from {first} to {last}.",
    statements=NUMBER,
    entries=NUMBER,
    first=DAY,
    last=DAY,
)
NOT_FOLLOWING = template(
    "Statement {number} of account {account}: opening and entries come to {expected}, the closing is "
    "{closing}, a difference of {difference}.",
    expected=AMOUNT,
    closing=AMOUNT,
    difference=AMOUNT,
)
VALUE_DAY = template(
    "Line {line}: the value date {written} is no day; the entry takes {day} for it.", line=NUMBER, day=DAY
)
OTHER_MESSAGES = template(
    "Messages with an interim report (MT942): {count}; passed over, the statement of the day has them.",
    count=NUMBER,
)
BALANCE_UNREADABLE = template(
    "Line {line}: the balance {text} cannot be read; none is taken in.", line=NUMBER
)
DETAILS_APART = template(
    "Line {line}: the parts of the entry come to {parts}, the entry is {amount}; it is taken in whole.",
    line=NUMBER,
    parts=AMOUNT,
    amount=AMOUNT,
)
SEPARATE_APPLICATION = template(
    "Line {line}: a separate application of account {account}, with details of what another statement books; "
    "passed over.",
    line=NUMBER,
)
WITHOUT_CLOSING = template(
    "Statement {number} of account {account} ends without a closing balance; load the whole file."
)
DECLARED_RECORDS = template(
    "Statement {number} of account {account}: it declares {declared} records and has {count}.",
    declared=NUMBER,
    count=NUMBER,
)
DECLARED_DEBITS = template(
    "Statement {number} of account {account}: it declares debits of {declared} and has {counted}.",
    declared=AMOUNT,
    counted=AMOUNT,
)
DECLARED_CREDITS = template(
    "Statement {number} of account {account}: it declares credits of {declared} and has {counted}.",
    declared=AMOUNT,
    counted=AMOUNT,
)
MORE = template("And {count} more like the one before.", count=NUMBER)
