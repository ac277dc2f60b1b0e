"""Why an entry of the bank is what it is, in one table of sentences."""

from data.message_templates import MESSAGE, template

# Applied by itself.
NUMBER = template("The text names {numbers}, and the amount is what is open.")
NUMBERS = template("The text names {numbers}, which are open for this amount together.")
NUMBER_DISCOUNT = template("The text names {numbers}; the agreed discount is taken in time.")
NUMBER_CREDIT = template("The text names {numbers}; a credit note is set off.")
NUMBER_CHARGE = template("The text names {numbers}; a bank kept its charge.")
NUMBER_PART = template("The text names {numbers} and says that it is a part payment.")
NUMBER_SHARE = template("The text names {numbers}, and the amount is a simple share of it: an instalment.")
NUMBER_STATED = template("The text states an amount for each of {numbers}, and they add up to it.")
NUMBER_LATE = template("The text names {numbers}; the agreed discount was taken too late, and it stays open.")
NUMBER_SHORT = template("The text names {numbers}; a little less was paid, and that stays open.")
NUMBER_OVER = template("The text names {numbers}; a little more was paid, and that stays on account.")
INSTALMENT = template("The text names {numbers}, and all receipts that name it add up to what was open.")
SLIP = template("A number in the text is {numbers} but for a typing error. {money}", money=MESSAGE)
AMOUNT_FITS = template("The amount is explained to the cent.")
BY_ACCOUNT = template("The account is that of {customer}, and {numbers} alone makes the amount.")
BY_NAME = template("The name is that of {customer}, and {numbers} alone makes the amount.")
PAIR_BY_ACCOUNT = template("The account is that of {customer}, and only {numbers} together make the amount.")
PAIR_BY_NAME = template("The name is that of {customer}, and only {numbers} together make the amount.")
BY_TEXT = template("The text names {customer}, and {numbers} alone makes the amount.")
PAIR_BY_TEXT = template("The text names {customer}, and only {numbers} together make the amount.")
BY_PAYER_DISCOUNT = template(
    "It is of {customer}, and {numbers} alone makes the amount, less the discount in time."
)
TWICE = template("{numbers} was paid before: what is too much stays on account.")
LATER_INVOICE = template("The text named {numbers} before it was in the books.")
KIN = template("{reason} It was paid by {payer}, of the same group.", reason=MESSAGE)

# What is no receipt of a customer.
TRANSFER = template("The other account is one of our own.")
BANK_CHARGE = template("The bank charges this.")
RETURN_CHARGE = template("The bank charges this for the payment that came back.")
RETURN = template("The payment of {numbers} came back.")
RETURN_UNKNOWN = template("A payment came back, and nothing tells which one.")
REFUND_CREDIT = template("It pays out {numbers}.")
REFUND = template("It pays back to {customer} what was on account.")
REFUND_UNSURE = template("It went to {customer}, and nothing tells what for.")
PAYOUT = template("A payout of {provider}: its settlement file tells which payments are in it.")
PAYOUT_OF = template("The settlement file of payout {payout} of {provider} names {numbers}.")
PAYOUT_FEE = template("{provider} kept this.")
PAYOUT_REST = template("The settlement file of {provider} names no document for this that fits.")
TAX = template("It comes from the tax authority.")
SALARY = template("The bank says that it is salary, pension or a benefit.")

# Proposed.
PART = template("The text names {numbers}, for which more is open.")
MORE = template("The text names {numbers}, for which less is open: the rest would stay on account.")
AND_OTHER = template("The text names {named}, and with {numbers} it makes the amount.")
FITS_BUT = template("{customer} has {numbers} open for this amount, but the text names something else.")
OF_GROUP = template("{payer} is of the group of {customer}, and {numbers} makes the amount.")
SETS = template("{numbers} of {customer} make the amount, and others may as well.")
OLDEST = template("Everything of {customer} up to {numbers} makes the amount.")
DISCOUNT_FITS = template("{numbers} of {customer} makes the amount less its discount.")
LIKE_NAME = template("The name looks like {customer}, and {numbers} makes the amount.")
ALMOST = template("A number in the text is almost {numbers}, but nothing else speaks for it.")
AMOUNT_ALONE = template("Only {numbers} of {customer} is open for this amount; nothing else speaks for it.")
CUSTOMER_ONLY = template("It is of {customer}, and nothing that is open makes the amount.")
UNKNOWN = template("Nothing tells what it is for.")
REST = template("What is left of the entry.")

# Decided by people.
BY_PERSON = template("{person} decided this.")
AGAINST = template("{person} said that it is not for {numbers}.")
NOT_OURS = template("{person} said that it is none of ours.")
