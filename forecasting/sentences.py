"""What the models say when there is too little history, in one table."""

from data.message_templates import template

NOTHING_LEAVES = template(
    "Nothing ever leaves one of the states, so that its amount ends nowhere: the history needs at "
    "least 1 payment or write-off out of it."
)
NO_WHOLE_MONTH = template(
    "Expected losses need at least 1 whole month that began with open invoices; "
    "there is none before this day."
)
FEW_PAID = template(
    "The payment model needs at least {needed} paid invoices dated eight weeks or more before this day; "
    "there are {found}."
)
NOTHING_PAID = template(
    "The payment model needs at least 1 invoice paid in the last {days} days; there is none. Load the "
    "payments that are missing."
)
NO_ORIGIN = template(
    "A backtest needs at least 30 paid invoices dated eight weeks before the first day it looks back from, "
    "and one whole week after it; load more history (forecast horizon: {weeks} weeks)."
)
