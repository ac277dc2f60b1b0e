"""The refusals of the answers in one table: scenarios, forecasts to keep, forms that save."""

from data.message_templates import DAY, MESSAGE, NUMBER, messages, template

# Saving and publishing.
SOMEBODY_SAVES = template("Somebody else is saving at this moment: wait until that is done and save again.")
SOMEBODY_LOADS = template(
    "Someone else is loading files at this moment. Wait until that is done and publish again."
)
TOO_MUCH_FOR_A_SCREEN = template(
    "{name}: unpacks to more than {most} MB, too much for a screen; load it with `uv run kasstroom.py load`.",
    most=NUMBER,
)
NOT_AN_AMOUNT = template("“{typed}” is not an amount; write it like {example}", example=NUMBER)

# Letters and files that leave the house.
FIGURES_TOO_OLD = template(
    "The figures are of {day}, more than {most} days ago: load what came since before you write to "
    "customers.",
    day=DAY,
    most=NUMBER,
)
FIGURES_TO_COME = template(
    "{day} is still to come: choose today or a day before it to write letters.", day=DAY
)
SENDER_INCOMPLETE = template("The sender is not complete yet: {names} missing.", names=messages(", "))
SENDER_NAME = template("company name")
SENDER_IBAN = template("bank account")
SENDER_REACHED_AT = template("mail address or telephone")
SENDER_ADDRESS = template("street, postcode and city")
SENDER_REGISTER = template("chamber of commerce number")
# Building the demo company.
OTHER_STORE = template(
    "There is already a store in {folder}, with other content: give another folder with "
    "--store DIR, or remove that one yourself. Nothing was changed."
)

NOTHING_TICKED = template("No invoice is ticked: tick those to hand over.")
SEVERAL_CREDITORS = template(
    "The ticked invoices are of several administrations ({names}): make a file for each of them."
)

# Keeping what was seen on a day.
WARNINGS_OF_LATER_DAY = template(
    "Early warnings were kept up to {day}: those of an earlier day can be asked, not kept.", day=DAY
)
WARNINGS_TO_COME = template("{day} is still to come: early warnings are kept from that day on.", day=DAY)
NOTHING_TO_KEEP = template("On {day} nothing is known yet: there is no forecast to keep.", day=DAY)
FORECAST_TO_COME = template("{day} is still to come: a forecast is kept from that Sunday on.", day=DAY)

# A scenario: where it is wrong.
IN_SCENARIO = template("The scenario: {reason}", reason=MESSAGE)
IN_LEVER = template("Lever {number}: {reason}", reason=MESSAGE)
IN_LEVER_OF_KIND = template("Lever {number} ({kind}): {reason}", reason=MESSAGE)

# A scenario: its file and its keys.
NO_SCENARIO_SAVED = template(
    "There is no scenario file {name}, and none is saved: name a file like scenario.toml."
)
NO_SUCH_SCENARIO = template(
    "There is no scenario file {name}, and none saved under that name; saved are {names}."
)
SCENARIO_TOO_LARGE = template("{file} is larger than a scenario can be (1 MB).")
SCENARIO_NOT_UTF_8 = template("{file} is no UTF-8 text: save it as UTF-8.")
SCENARIO_NOT_TOML = template("The scenario is no TOML: {cause}.", cause=MESSAGE)
SCENARIO_KEY_UNKNOWN = template("The scenario has a key {name} it does not know; it takes {names}.")
NAME_MISSING = template('name is missing; write it like name = "14 days for retail".')
NAME_NOT_A_TEXT = template("name must be a text of 1 to {most} letters on one line.")
LEVERS_NOT_TABLES = template("levers are written as [[lever]], each with its keys below it.")
TOO_MANY_LEVERS = template("it has {count} levers, and takes at most {most}.")
KIND_MISSING = template("kind is missing; it is one of {kinds}.")
KIND_UNKNOWN = template("there is no kind {kind}; it is one of {kinds}.")
KEY_UNKNOWN = template("it does not know {name}; it takes {names}.")
KEY_MISSING = template("{name} is missing: {allowed}.", allowed=MESSAGE)
LEVER_BEFORE_SCENARIO = template("start, {day}, is before the start of the scenario, {first}.")
SEGMENT_OR_CUSTOMERS = template("give a segment or customers, not both.")
SEGMENT_NOT_A_TEXT = template('segment must be a text, like segment = "retail".')
CUSTOMERS_NOT_A_LIST = template(
    'customers must be a list of customer numbers, like customers = ["C1", "C2"].'
)
NOT_ALLOWED = template("{name} must be {allowed}, not {value}.", allowed=MESSAGE)
A_DAY = template("a day of the years {first} to {last}, written like 2026-12-01 without quotes")
A_WHOLE_NUMBER = template("a whole number from {low} to {high}")
AN_AMOUNT_FROM_ZERO = template("an amount of zero or more, with at most two decimals")
AN_AMOUNT = template("an amount with at most two decimals")
A_NUMBER = template("a number from {low} to {high}")

# A scenario: what only the books can tell.
NO_SUCH_SEGMENT = template("there is no segment {name}; there are {names}.")
NO_SEGMENTS = template("there is no segment {name}: no customer has a segment.")
NO_SUCH_CUSTOMER = template("there is no customer {name}.")
