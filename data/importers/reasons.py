"""Everything the importers say, in one table: why a cell, a row, a file or a preset is not taken.

Reasons of cells and rows are clauses, as the store keeps them; refusals of files and presets are sentences.
"""

from data.message_templates import (
    AMOUNT,
    CAUSE,
    COUNT,
    FILE,
    NUMBER,
    NUMBERS,
    QUOTED,
    QUOTED_LIST,
    SHOWN,
    WORD,
    WORDS,
    Nested,
    Slot,
    template,
)
from data.sentences import SYSTEM

_KEY = Slot(".*?", "columns")
_EXAMPLE = Slot("1[.,' \u00a0]?234[.,]56")
_DATE_FORM = Slot("[^']*")

# A cell.
EMPTY_CELL = template("{label} is empty")
CONTROL_CHARACTER = template("{label} has a control character in it")
ONLY_SPACES = template("{label} has only spaces in it")
DAMAGED_CELL = template("{label} has bytes that do not fit the file's encoding; save it as UTF-8")
EDGE_SPACE = template("{label} '{value}' has a space before or after it", value=SHOWN)
NOT_DAYS = template(
    "{label} '{value}' is not a whole number of days from 0 to {most}", value=SHOWN, most=NUMBER
)
NOT_CURRENCY = template(
    "{label} '{value}' is not a current ISO 4217 currency code such as {words}", value=SHOWN
)
NOT_A_CHOICE = template("{label} '{value}' is not one of {words}", value=SHOWN)
UNREADABLE_CELL = template("{label} '{value}' cannot be read", value=SHOWN)
NOT_DATE = template("{label} '{value}' is not a date written as {form}", value=SHOWN, form=_DATE_FORM)
NOT_CALENDAR_DAY = template("{label} '{value}' is not a day of the calendar", value=SHOWN)
NOT_IN_YEARS = template(
    "{label} '{value}' is not in the years {first} to {last}", value=SHOWN, first=NUMBER, last=NUMBER
)
TOO_MANY_DIGITS = template(
    "{label} '{value}' has more than {most} digits before the decimals", value=SHOWN, most=NUMBER
)
TOO_MANY_DECIMALS = template("{label} '{value}' has more than {most} decimals", value=SHOWN, most=NUMBER)
NOT_NUMBER = template(
    "{label} '{value}' is not a number written like {example}", value=SHOWN, example=_EXAMPLE
)

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
NOT_A_BALANCE = template("{label} must be an amount with a decimal point, such as 250000.00")
NOT_A_CURRENCY = template("{label} must be a current ISO 4217 currency code such as EUR")
NOT_A_STEP = template("{label} must be a whole number of days from 0 to 365")
NOT_A_LINK = template(
    "{label} must be a link that begins with https://, without spaces and without unknown words in braces"
)
NOT_AN_IBAN = template("{label} must be an IBAN without spaces, such as NL91ABNA0417164300")
NOT_AN_ADDRESS = template("{label} must be one e-mail address")
NOT_A_SIZE = template("{label} must be small, medium or large")
NOT_A_PERIOD = template("{label} must be month or quarter")
NOT_MONDAY = template("{label} is not a Monday")

# A row.
HEADER_REPEATED = template("the header is repeated here")
EMPTY_ROW = template("every cell of the row is empty")
TOTAL_ROW = template("this is a total row, not a record")
WRONG_TOTAL = template(
    "this total row does not agree with the rows of the file, which add up to {total}", total=AMOUNT
)
ONE_CELL = template("1 cell where the header has {width}", width=NUMBER)
CELLS = template("{count} cells where the header has {width}", count=NUMBER, width=NUMBER)
CELL_TOO_LONG = template("a cell is longer than {most} characters", most=COUNT)
CARRIAGE_RETURN_IN_ROW = template("there is a lone carriage return in the row")
QUOTE_RUNS_ON = template(
    "a quote runs from line {first} to line {last}, and there is text after it", first=NUMBER, last=NUMBER
)
TEXT_AFTER_QUOTE = template("there is text after a closing quote")
SAME_KEY = template("the same {key} stands with other content on line {lines}", key=_KEY, lines=NUMBERS)
SAME_KEY_MORE = template(
    "the same {key} stands with other content on line {lines} and {more} more",
    key=_KEY,
    lines=NUMBERS,
    more=NUMBER,
)

_OF_CELLS = (
    EMPTY_CELL,
    CONTROL_CHARACTER,
    ONLY_SPACES,
    EDGE_SPACE,
    NOT_DAYS,
    NOT_CURRENCY,
    NOT_A_CHOICE,
    UNREADABLE_CELL,
    NOT_DATE,
    NOT_CALENDAR_DAY,
    NOT_IN_YEARS,
    TOO_MANY_DIGITS,
    TOO_MANY_DECIMALS,
    NOT_NUMBER,
)
_OF_ROWS = (CELL_TOO_LONG, CARRIAGE_RETURN_IN_ROW, QUOTE_RUNS_ON, TEXT_AFTER_QUOTE)
ALSO_WRONG = template(
    "{reason} (also wrong: {labels})",
    reason=Nested(
        (
            *_OF_CELLS,
            DAMAGED_CELL,
            IS_BEFORE,
            NEGATIVE,
            NOT_ABOVE_ZERO,
            ZERO,
            INVOICE_NOT_ABOVE_ZERO,
            CREDIT_NOTE_NOT_BELOW_ZERO,
            OTHER_SIGN,
            MORE_THAN,
            NOT_PERCENT,
            NOT_MONDAY,
            NOT_A_BALANCE,
            NOT_A_CURRENCY,
            NOT_A_STEP,
            NOT_A_LINK,
            NOT_AN_IBAN,
            NOT_AN_ADDRESS,
            NOT_A_SIZE,
            NOT_A_PERIOD,
        )
    ),
)

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
OTHER_TYPE = template(
    "{name}: is {what}, not CSV; save it as CSV UTF-8 and load that.",
    name=FILE,
    what=Nested(
        (
            ZIP, EMPTY_ZIP, OLD_OFFICE, PDF, PNG, JPEG, GIF, GZIP, PARQUET, SQLITE, RICH_TEXT, XML,
            UTF_32, UTF_16,
        )
    ),
)  # fmt: skip
BINARY = template("{name}: is binary or UTF-16, not CSV; save it as CSV UTF-8 and load that.", name=FILE)
NO_CSV = template("{name}: is no CSV file; load a file that ends in .csv.", name=FILE)
NO_SUCH_FILE = template("{name}: there is no such file; check the path.", name=FILE)
NO_SUCH_PATH = template("{name}: there is no such file or folder; check the path.", name=FILE)
NOT_A_FILE = template("{name}: is not a file; give a CSV file or a folder of them.", name=FILE)
UNREADABLE_FILE = template(
    "{name}: cannot be read ({cause}); check its permissions.",
    name=FILE,
    cause=Nested(SYSTEM, or_else=CAUSE),
)
EMPTY_FILE = template("{name}: is empty (0 bytes); export it again.", name=FILE)
NO_CSV_INSIDE = template("{names}: holds no CSV file; give a CSV file or a folder of them.")
HIDDEN = template("hidden")
A_FOLDER = template("a folder")
OTHER_ENDING = template("no CSV file")

# A file: how it is written.
OTHER_ENCODING = template(
    "{name}: is UTF-8, but the preset reads {encoding}; correct the preset's encoding.",
    name=FILE,
    encoding=Slot("[A-Za-z0-9-]+"),
)
CARRIAGE_RETURNS = template(
    "{name}: its lines end in a lone carriage return; save it with Windows or Unix line ends.", name=FILE
)
OPEN_QUOTE = template(
    "{name}: a quote opened in the row on line {line} is never closed; close it.", name=FILE, line=NUMBER
)
NO_ROWS = template("{name}: has no header and no rows; export it again.", name=FILE)
DAMAGED_HEADER = template(
    "{name}: its header has bytes that do not fit the encoding; save it as CSV UTF-8.", name=FILE
)
UNREADABLE_HEADER = template(
    "{name}: its header (first row) cannot be read: {reason}; correct it.",
    name=FILE,
    reason=Nested(_OF_ROWS),
)
UNKNOWN_KIND = template(
    "{name}: cannot tell what it holds; name it after its kind ({kinds}), or use --preset.",
    name=FILE,
    kinds=Slot("[a-z0-9_., ]+"),
)
SEMICOLONS = template("semicolons")
TABS = template("tabs")
BARS = template("bars")
OTHER_DELIMITER = template(
    "{name}: is separated by {signs}; save it with commas, or use --preset.",
    name=FILE,
    signs=Nested((SEMICOLONS, TABS, BARS)),
)
ONE_CELL_HEADER = template(
    "{name}: its header is one cell; preset {preset} reads columns separated by {sign}.",
    name=FILE,
    sign=Nested((TABS,), or_else=QUOTED),
)

# A file: its header.
NAMELESS_COLUMN = template("column {position} has no name", position=NUMBER)
COLUMN_REPEATED = template("column {names} is there more than once", names=QUOTED_LIST)
COLUMN_UNKNOWN = template("column {names} is unknown", names=QUOTED_LIST)
COLUMN_MISSING = template("column {names} is missing", names=QUOTED_LIST)
COLUMNS_REPEATED = template("columns {names} are there more than once", names=QUOTED_LIST)
COLUMNS_UNKNOWN = template("columns {names} are unknown", names=QUOTED_LIST)
COLUMNS_MISSING = template("columns {names} are missing", names=QUOTED_LIST)
MORE_COLUMNS_REPEATED = template(
    "columns {names} and {more} more are there more than once", names=QUOTED_LIST, more=NUMBER
)
MORE_COLUMNS_UNKNOWN = template("columns {names} and {more} more are unknown", names=QUOTED_LIST, more=NUMBER)
MORE_COLUMNS_MISSING = template("columns {names} and {more} more are missing", names=QUOTED_LIST, more=NUMBER)
WRONG_HEADER = template(
    "{name}: {faults}; correct the header (first row) of the file.",
    name=FILE,
    faults=Nested(
        (
            NAMELESS_COLUMN, COLUMN_REPEATED, COLUMN_UNKNOWN, COLUMN_MISSING, COLUMNS_REPEATED,
            COLUMNS_UNKNOWN, COLUMNS_MISSING, MORE_COLUMNS_REPEATED, MORE_COLUMNS_UNKNOWN,
            MORE_COLUMNS_MISSING,
        ),
        "; ",
    ),
)  # fmt: skip

# A preset.
NO_SUCH_PRESET = template(
    "There is no preset {name}; known are {names}, or give a .toml file.",
    name=QUOTED,
    names=Slot("[A-Za-z0-9_., -]*"),
)
UNREADABLE_PRESET = template(
    "The preset {file} cannot be read ({cause}); check the path.", cause=Nested(SYSTEM, or_else=CAUSE)
)
ONE_OF = template("{key} must be one of {words}", key=WORD, words=WORDS)
WRONG_DELIMITER = template("delimiter must be a comma, semicolon, tab or bar")
NOT_A_KEY = template("{key} is not a key of a preset", key=QUOTED)
NOT_A_TEXT = template("{key} must be a text", key=WORD)
NOT_A_LIST = template("{key} must be a list of texts", key=WORD)
NOT_TRUE_OR_FALSE = template("trailing_minus must be true or false")
CHOICES_NOT_TABLES = template("choices must be a table of tables")
NOT_A_TABLE = template("{key} must be a table of texts")
HALF_TOTAL_ROW = template("total_row needs column and text")
WRONG_DATE_FORM = template("{form} does not name year, month and day once each", form=QUOTED)
DATE_FORM_RUNS_ON = template(
    "{form} needs a sign on both sides of D and of M, which take one or two digits", form=QUOTED
)
WRONG_DECIMAL = template("decimal must be a point or a comma")
WRONG_THOUSANDS = template(
    "thousands must be empty, or a point, comma, space or apostrophe other than decimal"
)
NO_SUCH_COLUMN = template("{grain} has no column {column}", grain=WORD, column=QUOTED)
FED_TWICE = template("{column} is fed by two columns", column=QUOTED)
USED_AND_IGNORED = template("{header} is both used and ignored", header=QUOTED)
NOT_FED = template("nothing feeds {column}; name its column or a default", column=QUOTED)
NO_CLEARED_DATE = template("nothing feeds 'cleared_date'; name its column")
TOTAL_ROW_UNKNOWN = template("the total row's column {header} is not among the columns", header=QUOTED)
NO_CHOICES_FOR = template("choices cannot be given for {column}", column=WORD)
WRONG_CHOICE = template("{word} is not one of {words}", word=QUOTED, words=WORDS)
WRONG_DEFAULT = template("default {reason}", reason=Nested(_OF_CELLS))
WRONG_PRESET = template(
    "The preset {file} cannot be used: {reason}.",
    reason=Nested(
        (
            ONE_OF, WRONG_DELIMITER, NOT_A_KEY, NOT_A_TEXT, NOT_A_LIST, NOT_TRUE_OR_FALSE,
            CHOICES_NOT_TABLES, NOT_A_TABLE, HALF_TOTAL_ROW, WRONG_DATE_FORM, DATE_FORM_RUNS_ON,
            WRONG_DECIMAL, WRONG_THOUSANDS, NO_SUCH_COLUMN, FED_TWICE, USED_AND_IGNORED, NOT_FED,
            NO_CLEARED_DATE, TOTAL_ROW_UNKNOWN, NO_CHOICES_FOR, WRONG_CHOICE, WRONG_DEFAULT,
        )
    ),
)  # fmt: skip

# What Python's TOML reader says, word for word.
_TOML = (
    template("Invalid statement"),
    template("Expected newline or end of document after a statement"),
    template("Expected {sign}", sign=QUOTED),
    template("Found invalid character {sign}", sign=QUOTED),
    template("Cannot declare {key} twice", key=Slot(r"\(.*\)")),
    template("Cannot overwrite a value"),
    template("Expected ']' at the end of a table declaration"),
    template("Expected ']]' at the end of an array declaration"),
    template("Cannot mutate immutable namespace {key}", key=Slot(r"\(.*\)")),
    template("Cannot redefine namespace {key}", key=Slot(r"\(.*\)")),
    template("Expected '=' after a key in a key/value pair"),
    template("Invalid initial character for a key part"),
    template("Unclosed array"),
    template("Unclosed inline table"),
    template("Duplicate inline table key {key}", key=QUOTED),
    template("Unescaped '\\' in a string"),
    template("Invalid hex value"),
    template("Escaped character is not a Unicode scalar value"),
    template("Unterminated string"),
    template("Illegal character {sign}", sign=QUOTED),
    template("Invalid date or datetime"),
    template("Invalid value"),
)
AT_LINE = template(
    "{fault} (at line {line}, column {column})",
    fault=Nested(_TOML, or_else=Slot(".*")),
    line=NUMBER,
    column=NUMBER,
)
AT_END = template("{fault} (at end of document)", fault=Nested(_TOML, or_else=Slot(".*")))
NOT_TOML = template(
    "The preset {file} is not TOML: {fault}.", fault=Nested((AT_LINE, AT_END), or_else=Slot(".*"))
)
