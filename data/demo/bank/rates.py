"""How often each kind of noise is in the bank file.

No survey that counts them openly was found. The kinds are those that guides of bookkeeping programs and
makers of matching software name as reasons why a payment is not recognised. The rates are estimates for Dutch
and Belgian business customers, per receipt unless they say otherwise. Programs that pay make few errors and
always the same ones; people who type make more and other ones, so the rates differ between the two.
"""

# Who pays.
TYPES_BY_HAND = (0.75, 0.40, 0.15, 0.06)
"""Share of customers whose payments are typed, per size class; the others' come from a program."""
NAMES_NO_NUMBER = (0.04, 0.03, 0.01, 0.005)
"""Share of programs that never name our number, but their own or nothing, per size class."""
NAMES_NO_NUMBER_BY_HAND = 0.05
NAMES_OWN_NUMBER_TOO = 0.12
WRITES_PURCHASE_ORDER = 0.02
"""Share of programs that name the purchase order in place of the invoice."""
OTHER_NAME = 0.03
"""Share of customers that pay under a name that is not the one in our books at all."""
NEW_ACCOUNT = 0.05
"""Share of customers that change to another bank in three years."""
KNOWN_ACCOUNTS = 0.55
"""Share of customers whose account the books know from the start."""
IN_A_GROUP, PAID_BY_THE_GROUP = 0.08, 0.25
SAME_NAME = 0.01
FIXED_AMOUNT = 0.05
"""Share of customers that are billed the same amount each time."""
NO_IBAN = 0.01
"""Share of receipts of which the statement does not tell the payer's account."""

# What they write.
TYPING_ERROR, TYPING_ERROR_BY_HAND = 0.002, 0.025
STRUCTURED = {"consumer": 0.35, "NL": 0.04, "BE": 0.45, "DE": 0.06}
STRUCTURED_ERROR = 0.01
STRUCTURED_IN_TEXT = 0.25
MANY_NOT_LISTED, MANY_FIRST_ONLY, MANY_ENDINGS, MANY_RANGED, MANY_WITH_AMOUNTS = 0.02, 0.01, 0.03, 0.02, 0.06
MONTH_ONLY_BY_HAND, WORDS_ONLY_BY_HAND, NOTHING_BY_HAND = 0.02, 0.02, 0.015

# What they pay.
ROUNDED, ROUNDED_BY_HAND = 0.0002, 0.004
DIGIT_WRONG, DIGIT_WRONG_BY_HAND = 0.0, 0.002
CENTS_LOST = 0.002
CHARGES, CHARGES_ABROAD = 0.0005, 0.03
LEAST_CHARGE, MOST_CHARGE = 15, 2_500
LATE_DISCOUNT = 0.08
"""Of receipts by customers with a discount, after its days."""
CREDIT_NOTE_NOT_SET_OFF = 0.5
"""Of credit notes: the customer takes it off before the bookkeeper has set it off."""
TWICE = 0.001
IN_PARTS = 0.15
"""Of invoices that the demo company's customers pay in two parts, 4.3% of all; others are paid at once."""
FITS_THE_TEXT, MOST_IN_TEXT = 0.6, 8
"""Share of programs that pay more invoices than fit the text in pieces, and how many they take to fit."""
BY_FACTOR, BY_PERSON = 0.002, 0.003
TAKEN_BACK = 0.0005

# What else there is.
BY_PROVIDER = 0.5
"""Share of consumers that pay through a payment provider: its payouts lump them together, less fees."""
UNRELATED = 0.002
RETURN_CHARGE = 0.3
BATCH_UNDETAILED = 0.04
"""Share of collection batches of which the statement shows the total only."""
