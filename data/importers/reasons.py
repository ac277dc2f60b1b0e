"""The messages of the importers in one table: why a cell, a row, a file or a preset is refused.

Reasons of cells and rows are clauses, which the store keeps; refusals of files and presets are sentences.
"""

from data.message_templates import (
    AMOUNT,
    COLUMNS,
    MESSAGE,
    NUMBER,
    messages,
    template,
)

# A cell.
EMPTY_CELL = template("{label} is empty")
CONTROL_CHARACTER = template("{label} has a control character in it")
ONLY_SPACES = template("{label} has only spaces in it")
DAMAGED_CELL = template("{label} has bytes that do not fit the file's encoding; save it as UTF-8")
EDGE_SPACE = template("{label} '{value}' has a space before or after it")
NOT_DAYS = template("{label} '{value}' is not a whole number of days from 0 to {most}")
NOT_A_COUNT = template("{label} '{value}' is not a whole number from 0 to {most}")
NOT_CURRENCY = template("{label} '{value}' is not a current ISO 4217 currency code such as {words}")
THREE_DECIMALS = template(
    "{label} '{value}' is a currency with three decimals, and amounts here have two: load its documents in "
    "another currency"
)
NOT_A_CHOICE = template("{label} '{value}' is not one of {words}")
UNREADABLE_CELL = template("{label} '{value}' cannot be read")
NOT_DATE = template("{label} '{value}' is not a date written as {form}")
NOT_CALENDAR_DAY = template("{label} '{value}' is not a day of the calendar")
NOT_IN_YEARS = template("{label} '{value}' is not in the years {first} to {last}")
TOO_MANY_DIGITS = template("{label} '{value}' has more than {most} digits before the decimals")
TOO_MANY_DECIMALS = template("{label} '{value}' has more than {most} decimals")
NOT_NUMBER = template("{label} '{value}' is not a number written like {example}")

# Cells of one row together.
IS_BEFORE = template("{label} is before {other}")
NEGATIVE = template("{label} must not be negative")
NOT_ABOVE_ZERO = template("{label} must be above 0")
ZERO = template("{label} must not be 0")
INVOICE_NOT_ABOVE_ZERO = template("{label} of an invoice must be above 0")
CREDIT_NOTE_NOT_BELOW_ZERO = template("{label} of a credit note must be below 0")
OTHER_SIGN = template("{label} must have the sign of {other}")
MORE_THAN = template("{label} must not be more than {other}")
NOT_PERCENT = template("{label} must be from 0 to 100")
NOT_TERMS = template(
    "{label} must be terms such as 30, eom+30, 30+eom, 15-next or 30%@14 rest@eom+30, where the percentages "
    "make 100 or the last is rest"
)
NOT_A_BALANCE = template("{label} must be an amount with a decimal point, such as 250000.00")
NOT_A_CURRENCY = template("{label} must be a current ISO 4217 currency code such as EUR")
CURRENCY_OF_THREE_DECIMALS = template(
    "{label} must be a currency with at most two decimals, as amounts here have"
)
NOT_SPAN_OF_DAYS = template(
    "{label} must be a number of days from 0 to 999 with a decimal point, such as 42.5"
)
NOT_DAYS_LATE = template(
    "{label} must be a number of days from -999 to 999 with a decimal point, such as 4.5; early is negative"
)
NOT_A_STEP = template("{label} must be a whole number of days from 0 to 365")
NOT_AFTER_DUE = template(
    "{label} must be a whole number of days from 1 to 365: on the due day nobody is late"
)
NOT_A_WARNING_SHARE = template("{label} must be a whole percentage from 1 to 50")
NOT_A_RATE_OF_MONEY = template("{label} must be a percentage from 0 to 100 with a decimal point, such as 6.5")
NOT_A_SWITCH = template("{label} must be `auto`, `on` or `off`")
NOT_A_LEAST_AMOUNT = template("{label} must be an amount of 0 or more with a decimal point, such as 15.00")
NOT_STEPS = template(
    "{label} must be none, or steps in order with days from 1 on that never go back, such as pre_due:5 "
    "friendly:3 formal:14 formal:21 final:30 hand_over:45, with pre_due and hand_over once at most"
)
NOT_A_GROUP = template("{label} must not have an @ in it")
NOT_A_LINK = template(
    "{label} must be a link that begins with https://, without spaces and without unknown words in braces"
)
NOT_AN_IBAN = template("{label} must be an IBAN without spaces, such as NL91ABNA0417164300")
NOT_A_REGISTER_NUMBER = template(
    "{label} must be eight digits, or of another country its two letters and the number, such as "
    "BE 0123.456.749"
)
NOT_A_VAT_ID = template("{label} must be a VAT number without spaces, such as NL123456789B01")
NOT_A_LANGUAGE = template("{label} must be nl or en")
NOT_AN_ADDRESS = template("{label} must be one e-mail address")
NOT_A_SIZE = template("{label} must be small, medium or large")
NOT_YES = template("{label} must be yes, or empty")
NOT_A_PERIOD = template("{label} must be month or quarter")
NOT_A_DELIVERY = template(
    "{label} must be a day, a delivery day and weekdays, such as 2027-07-01 3 tue wed thu fri sat"
)
NOT_GRACE_DAYS = template("{label} must be a number of days from 0 to 99")
NOT_A_SET_OFF = template("{label} must be all, named or none")
NOT_A_CASH_SOURCE = template("{label} must be bank or bookkeeping")
NOT_A_DAY = template("{label} must be a day such as 2026-12-31")
NOT_A_ZONE = template("{label} must be a time zone such as Europe/Amsterdam")
NOT_A_HASH = template("{label} must be a SHA-256 of 64 small hexadecimal digits")
NOT_MONDAY = template("{label} is not a Monday")

# A row.
HEADER_REPEATED = template("the header is repeated here")
EMPTY_ROW = template("every cell of the row is empty")
TOTAL_ROW = template("this is a total row, not a record")
WRONG_TOTAL = template(
    "this total row does not agree with the rows of the file, which add up to {total}", total=AMOUNT
)
ONE_CELL = template("1 cell where the header has {width}")
CELLS = template("{count} cells where the header has {width}")
CELL_TOO_LONG = template("a cell is longer than {most} characters", most=NUMBER)
CARRIAGE_RETURN_IN_ROW = template("there is a lone carriage return in the row")
QUOTE_RUNS_ON = template("a quote runs from line {first} to line {last}, and there is text after it")
TEXT_AFTER_QUOTE = template("there is text after a closing quote")
SAME_KEY = template("the same {key} stands with other content on line {lines}", key=COLUMNS)
SAME_KEY_MORE = template(
    "the same {key} stands with other content on line {lines} and {more} more", key=COLUMNS
)
SAME_PAYMENT = template(
    "the same {key} stands with other content on line {lines}: if both count, tell them apart by a column "
    "part",
    key=COLUMNS,
)
SAME_PAYMENT_MORE = template(
    "the same {key} stands with other content on line {lines} and {more} more: if all count, tell them apart "
    "by a column part",
    key=COLUMNS,
)

ALSO_WRONG = template("{reason} (also wrong: {labels})", reason=MESSAGE)

# A file: what it is.
ZIP = template("an Excel workbook or another zip file")
EMPTY_ZIP = template("an empty zip file")
OLD_OFFICE = template("an old Excel or Word file")
PDF = template("a PDF")
PNG = template("a PNG picture")
JPEG = template("a JPEG picture")
GIF = template("a GIF picture")
GZIP = template("a gzip file")
PARQUET = template("a Parquet file")
SQLITE = template("an SQLite database")
RICH_TEXT = template("a rich text document")
XML = template("an XML file")
UTF_32 = template("written in UTF-32")
UTF_16 = template("written in UTF-16")
OTHER_TYPE = template("{name}: is {what}, not CSV; save it as CSV UTF-8 and load that.", what=MESSAGE)
BINARY = template("{name}: is binary or UTF-16, not CSV; save it as CSV UTF-8 and load that.")
NO_SUCH_FILE = template("{name}: there is no such file; check the path.")
NO_SUCH_PATH = template("{name}: there is no such file or folder; check the path.")
NOT_A_FILE = template("{name}: is not a file; give a file, a zip file or a folder of them.")
UNREADABLE_FILE = template("{name}: cannot be read ({cause}); check its permissions.", cause=MESSAGE)
EMPTY_FILE = template("{name}: is empty (0 bytes); export it again.")
NO_CSV_INSIDE = template("{names}: holds no data file; give a file, a zip file or a folder of them.")
HIDDEN = template("hidden")
OTHER_ENDING = template("no data file")

# A file: how it is written.
OTHER_ENCODING = template("{name}: is UTF-8, but the preset reads {encoding}; correct the preset's encoding.")
CARRIAGE_RETURNS = template(
    "{name}: its lines end in a lone carriage return; save it with Windows or Unix line ends."
)
OPEN_QUOTE = template("{name}: a quote opened in the row on line {line} is never closed; close it.")
NO_ROWS = template("{name}: has no header and no rows; export it again.")
DAMAGED_HEADER = template("{name}: its header has bytes that do not fit the encoding; save it as CSV UTF-8.")
UNREADABLE_HEADER = template(
    "{name}: its header (first row) cannot be read: {reason}; correct it.", reason=MESSAGE
)
UNKNOWN_KIND = template(
    "{name}: cannot tell what it holds; name it after its kind ({kinds}), or use --preset."
)
UNKNOWN_LIST = template(
    "{name}: nothing here knows its headings ({headings}); make a preset for it on the Data page, or with "
    "load {name} --propose preset.toml."
)
NO_COLUMNS = template(
    "{name}: has no line of headings that can be told from its first lines; export it with column headings."
)
SEVERAL_PRESETS = template("{name}: can be read with {names}; say which with --preset.")
PAYABLES = template(
    "{name}: is a list of suppliers' invoices (heading {heading}), not of what customers owe; load it with "
    "--preset payables."
)
SEMICOLONS = template("semicolons")
TABS = template("tabs")
BARS = template("bars")
OTHER_DELIMITER = template(
    "{name}: is separated by {signs}; save it with commas, or use --preset.", signs=MESSAGE
)
ONE_CELL_HEADER = template(
    "{name}: its header is one cell; preset {preset} reads columns separated by {sign}.", sign=MESSAGE
)

# A file: XML.
NOT_XML = template("{name}: is no XML; export it again, or load it as the kind of file it is.")
XML_BROKEN = template("{name}: is damaged, its XML is wrong on line {line}; export it again.")
XML_DOCTYPE = template(
    "{name}: has a DOCTYPE, with which XML can draw in other files; export it without one."
)
XML_TOO_LARGE = template(
    "{name}: is larger, nested deeper or has a longer text in it than is safe to read; export it in parts, "
    "or without attachments."
)

# A file: its header.
NAMELESS_COLUMN = template("column {position} has no name")
COLUMN_REPEATED = template("column {names} is there more than once")
COLUMN_UNKNOWN = template("column {names} is unknown")
COLUMN_MISSING = template("column {names} is missing")
COLUMNS_REPEATED = template("columns {names} are there more than once")
COLUMNS_UNKNOWN = template("columns {names} are unknown")
COLUMNS_MISSING = template("columns {names} are missing")
MORE_COLUMNS_REPEATED = template("columns {names} and {more} more are there more than once")
MORE_COLUMNS_UNKNOWN = template("columns {names} and {more} more are unknown")
MORE_COLUMNS_MISSING = template("columns {names} and {more} more are missing")
WRONG_HEADER = template(
    "{name}: {faults}; correct the header (first row) of the file.", faults=messages("; ")
)

# A preset.
NO_SUCH_PRESET = template("There is no preset {name}; known are {names}, or give a .toml file.")
UNREADABLE_PRESET = template("The preset {file} cannot be read ({cause}); check the path.", cause=MESSAGE)
ONE_OF = template("{key} must be one of {words}")
WRONG_DELIMITER = template("delimiter must be a comma, semicolon, tab or bar")
NOT_A_KEY = template("{key} is not a key of a preset")
NOT_A_TEXT = template("{key} must be a text")
NOT_A_LIST = template("{key} must be a list of texts")
NOT_TRUE_OR_FALSE = template("{key} must be true or false")
CHOICES_NOT_TABLES = template("choices must be a table of tables")
NOT_A_TABLE = template("{key} must be a table of texts")
HALF_TOTAL_ROW = template("total_row needs column and text")
WRONG_DATE_FORM = template("{form} does not name year, month and day once each")
DATE_FORM_RUNS_ON = template("{form} needs a sign on both sides of D and of M, which take one or two digits")
WRONG_DECIMAL = template("decimal must be a point or a comma")
WRONG_THOUSANDS = template(
    "thousands must be empty, or a point, comma, space or apostrophe other than decimal"
)
NO_SUCH_COLUMN = template("{grain} has no column {column}")
FED_TWICE = template("{column} is fed by two columns")
USED_AND_IGNORED = template("{header} is both used and ignored")
NOT_FED = template("nothing feeds {column}; name its column or a default")
NO_CLEARED_DATE = template("nothing feeds 'cleared_date'; name its column")
TOTAL_ROW_UNKNOWN = template("the total row's column {header} is not among the columns")
NO_CHOICES_FOR = template("choices cannot be given for {column}")
WRONG_CHOICE = template("{word} is not one of {words}")
WRONG_DEFAULT = template("default {reason}", reason=MESSAGE)
WRONG_PRESET = template("The preset {file} cannot be used: {reason}.", reason=MESSAGE)
PRESET_NOT_UTF_8 = template("The preset {file} is no UTF-8 text: save it as UTF-8.")
NOT_TOML = template("The preset {file} is not TOML: {fault}.", fault=MESSAGE)
