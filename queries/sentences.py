"""Everything the named queries say when a question cannot be answered, in one table."""

from data.message_templates import PHRASE, template

NO_QUERY = template("There is no query {name}. There are: {names}.")
NO_PARAMETER = template("{query} takes no parameter {name}; it takes: {names}.")
NO_PARAMETERS = template("{query} takes no parameter {name}; it takes: none.")
NEEDS = template("{query} needs {parameter} ({meaning}).", meaning=PHRASE)
NOT_A_WORD = template("{query}: {parameter} is {value}; it is one of {words}.")
NOT_A_NUMBER = template("{query}: {parameter} is {value}; write it like a number.")
NOT_A_COUNT = template("{query}: {parameter} is {value}; it is a whole number from {lowest} to {highest}.")
NOT_THE_FORM = template("{query}: {parameter} is {value}; write it like {example}.")
NOT_A_CURRENCY = template("{query}: {parameter} is {value}; write an ISO 4217 code such as EUR.")
NOT_A_LIST = template('{query}: {parameter} is {value}; write C1,C2 or a JSON array such as ["C,1","C2"].')
WRONG_LIMITS = template(
    "limits are one to eight whole numbers of days, rising, from 1: for example 30,60,90."
)

# A query file.
FIRST_LINE = template("{file}: the first line must be `-- name: {name}`.")
OTHER_PARAMETERS = template("{file}: header and SQL do not name the same parameters ({names}).")
NO_MEANING = template("{file}: the header must say what one row is and what every column means.")
WRONG_LINE = template("{file}: `{line}` is not `-- param name: TYPE [= default]  meaning`.")
