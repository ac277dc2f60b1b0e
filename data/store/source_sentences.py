"""What is said of `sources.toml` and its sources, in sentences."""

from data.message_templates import MESSAGE, template

UNREADABLE = template("sources.toml cannot be read ({cause}); check its permissions.", cause=MESSAGE)
NOT_UTF_8 = template("sources.toml is no UTF-8 text: save it as UTF-8.")
NOT_TOML = template("sources.toml is not TOML: {fault}.", fault=MESSAGE)
NO_TABLES = template("sources.toml must hold [[source]] tables and nothing else.")
NAMELESS = template("A source in sources.toml has no name; give each one a name.")
NAME_TWICE = template("Two sources in sources.toml are called {source}; give each a name of its own.")
NOT_A_KEY = template("Source {source}: {key} is not a key of a source; known are {keys}.")
PATH_OR_DATABASE = template("Source {source}: needs either path (files) or odoo (a database).")
NOT_PATHS = template("Source {source}: path must be a text, or a list of texts.")
NOT_A_VARIABLE = template(
    "Source {source}: odoo must be env: and the name of an environment variable that holds the address; a "
    "password never stands in this file."
)
NOT_DAYS = template("Source {source}: every_days must be a whole number from 1 to {most}.")
NOT_TRUE_OR_FALSE = template("Source {source}: {key} must be true or false.")
NOT_BY_NAME = template('Source {source}: source_date can only be "name": the day in the name of the file.')
NOT_A_PRESET = template("Source {source}: preset must be the name of a preset or the path of its file.")
NO_VARIABLE = template("Source {source}: the environment variable {variable} is not set.")
NO_FILES = template("Source {source}: there is nothing at {paths}.")
NO_SOURCES = template(
    "There are no sources: name them in {file}, each as a [[source]] with a name and a path."
)
