"""Everything the named queries say when a question cannot be answered, in one table."""

from data.message_templates import NUMBER, QUOTED, WORD, Slot, template

_NAMES = Slot("[a-z0-9_, ]*")
_FILE = Slot("[A-Za-z0-9_-]+\\.sql")

NO_QUERY = template("There is no query {name}. There are: {names}.", name=QUOTED, names=_NAMES)
NO_PARAMETER = template(
    "{query} takes no parameter {name}; it takes: {names}.", query=WORD, name=QUOTED, names=_NAMES
)
NO_PARAMETERS = template("{query} takes no parameter {name}; it takes: none.", query=WORD, name=QUOTED)
NEEDS = template(
    "{query} needs {parameter} ({meaning}).", query=WORD, parameter=WORD, meaning=Slot(".*", "meaning")
)
NOT_A_WORD = template(
    "{query}: {parameter} is {value}; it is one of {words}.",
    query=WORD,
    parameter=WORD,
    value=QUOTED,
    words=_NAMES,
)
NOT_A_NUMBER = template(
    "{query}: {parameter} is {value}; write it like a number.", query=WORD, parameter=WORD, value=QUOTED
)
NOT_A_COUNT = template(
    "{query}: {parameter} is {value}; it is a whole number from {lowest} to {highest}.",
    query=WORD,
    parameter=WORD,
    value=QUOTED,
    lowest=NUMBER,
    highest=NUMBER,
)
NOT_THE_FORM = template(
    "{query}: {parameter} is {value}; write it like {example}.",
    query=WORD,
    parameter=WORD,
    value=QUOTED,
    example=Slot("[0-9T:,-]+"),
)
NOT_A_CURRENCY = template(
    "{query}: {parameter} is {value}; write an ISO 4217 code such as EUR.",
    query=WORD,
    parameter=WORD,
    value=QUOTED,
)
NOT_A_LIST = template(
    '{query}: {parameter} is {value}; write C1,C2 or a JSON array such as ["C,1","C2"].',
    query=WORD,
    parameter=WORD,
    value=QUOTED,
)
WRONG_LIMITS = template(
    "limits are one to eight whole numbers of days, rising, from 1: for example 30,60,90."
)

# A query file.
FIRST_LINE = template("{file}: the first line must be `-- name: {name}`.", file=_FILE, name=WORD)
OTHER_PARAMETERS = template(
    "{file}: header and SQL do not name the same parameters ({names}).", file=_FILE, names=_NAMES
)
NO_MEANING = template("{file}: the header must say what one row is and what every column means.", file=_FILE)
WRONG_LINE = template("{file}: `{line}` is not `-- param name: TYPE [= default]  meaning`.", file=_FILE)
