"""What is said of exports of banks and of settlement files of payment providers: notes, clauses."""

from data.message_templates import AMOUNT, NUMBER, template

NOT_COUNTED = template(
    "Lines that count for nothing (not booked, cancelled, sums) were passed over: lines {lines}."
)
OWN_MONEY = template(
    "Lines that move money between balances of your own were passed over: lines {lines}; load the "
    "statement of each balance for them."
)
NO_ACCOUNT = template(
    "The file names no account; its entries are read as those of the account {account}. Name it with "
    "--preset {preset}@ACCOUNT, the same for each file of that account."
)
VALUE_DAYS = template(
    "In {count} rows the value date is no day; the day of the entry stands for it: lines {lines}.",
    count=NUMBER,
)
PAYOUT_APART = template(
    "Payout {payout}: its lines come to {difference} {currency} less than was paid out.", difference=AMOUNT
)
NOT_GROSS_AND_FEE = template("{label} is not what gross and fee come to")
NOT_A_PATTERN = template("{key} holds {pattern}, which is no regular expression")
ONLY_BY_PLACE = template("without headings the columns are named by their place, as #1, not {heading}")
