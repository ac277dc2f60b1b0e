"""Why a workbook is refused, in sentences."""

from data.message_templates import NUMBER, template

PASSWORD = template("{name}: is protected by a password; save it without one.")
DAMAGED_WORKBOOK = template("{name}: is damaged or no workbook; open it in Excel and save it again.")
TOO_MUCH_UNPACKED = template(
    "{name}: unpacks to more than {most} MB, or to a hundred times its size; save the sheet as CSV.",
    most=NUMBER,
)
NO_VALUE = template(
    "{name}: the formula in cell {cell} has no value with it; open the file in Excel, save it and load it "
    "again."
)
ERROR_CELL = template("{name}: row {row} holds the error {error} in place of a value; correct it in Excel.")
EMPTY_WORKBOOK = template("{name}: has no visible sheet with anything in it.")
NO_SUCH_SHEET = template("{name}: has no visible sheet {sheet} with anything in it; correct the preset.")
