"""Why a file of our own collections or payments is refused, or a run in it."""

from data.message_templates import AMOUNT, NUMBER, template

# Files; sentences.
FOREIGN_NAMESPACE = template(
    "{name}: looks like pain.001 or pain.008, but its elements are of '{namespace}', not of ISO 20022; make "
    "the file again as pain.001 or pain.008."
)
OTHER_VERSION = template(
    "{name}: is {message} of version {version}, and versions {first} to {last} are read; make the file again "
    "in one of these.",
    first=NUMBER,
    last=NUMBER,
)
NO_PAYMENT = template("{name}: is pain.001 or pain.008 without a payment in it; make the file again.")
OTHER_COUNT = template(
    "{name}: says that it holds {stated} payments (NbOfTxs), and holds {count}; make the file again.",
    count=NUMBER,
)
OTHER_SUM = template(
    "{name}: says that its payments come to {stated} (CtrlSum), and they come to {amount}; make the file "
    "again.",
    amount=AMOUNT,
)

# Runs; clauses.
RUN_WITHOUT_ACCOUNT = template("the run names no account of ours")
RUN_OTHER_COUNT = template(
    "the run says that it holds {stated} payments (NbOfTxs), and holds {count}", count=NUMBER
)
RUN_OTHER_SUM = template(
    "the run says that its payments come to {stated} (CtrlSum), and they come to {amount}", amount=AMOUNT
)
RUN_WITHOUT_CURRENCY = template("the amount {amount} has no currency")
