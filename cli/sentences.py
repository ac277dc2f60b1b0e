"""The refusals of the command line in one table."""

from data.message_templates import MESSAGE, template

PORT_TAKEN = template("Port {port} is taken: give another one with --port.")
NO_FREE_PORT = template("No free port was found: give one with --port.")
DASHBOARD_STOPPED = template("The dashboard stopped while starting; the lines above say why.")
DASHBOARD_SILENT = template("The dashboard did not answer within {seconds} seconds.")
CANCEL_WITHOUT_FULL = template("--cancel-missing needs --full: say that the files are all there is.")
ALL_ALONE = template("--all loads the sources of sources.toml; leave out files, --preset and --full.")
PROPOSE_ONE_FILE = template("--propose takes one file, and writes a preset for it; give that file alone.")
SHRUNK_WITHOUT_NUMBER = template(
    "--confirm-shrunk needs --cancel-missing with the number listed: it confirms the same rows once more."
)
NOTHING_TO_LOAD = template("load: name a file or folder to load.")
NOT_A_PARAMETER = template("--param {pair}: write it as NAME=VALUE, for example segment=retail.")
PARAMETER_TWICE = template("{name} is given twice: give it once.")
NO_SUCH_ENTITY = template("There is no administration {entity} in the books; known are {names}.")
NO_ENTITIES = template("There is no administration {entity} in the books: no document names one.")
RECORD_WITH_ENTITY = template("--record keeps the warnings of all administrations: leave --entity out.")
FREEZE_WITH_SCENARIO = template("--freeze keeps the forecast itself: leave --scenario out.")
FREEZE_WITH_ENTITY = template("--freeze keeps the forecast of the whole company: leave --entity out.")
FREEZE_WITH_KNOWN_ON = template("--freeze keeps what is known now: leave --known-on out.")
STOPPED = template("stopped; nothing was changed.")
SYSTEM_REFUSED = template("{cause}. Nothing was changed.", cause=MESSAGE)
SYSTEM_REFUSED_FILE = template("{cause}: {file}. Nothing was changed.", cause=MESSAGE)
