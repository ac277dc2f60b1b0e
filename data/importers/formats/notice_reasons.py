"""What a file of a bank is that is not taken in; clauses."""

from data.message_templates import MESSAGE, template

NOTICE = template("camt.054: a notice; load the camt.053 statement of that day")
INTERIM_REPORT = template("camt.052: an interim report; load the camt.053 statement of that day")
INTERIM_MT = template("MT942: an interim report; load the MT940 statement of that day")
REFUSED = template("{name}: {what}.", what=MESSAGE)
