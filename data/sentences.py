"""Everything the store, the loads and the checks say, in one table."""

from data.message_templates import AMOUNT, MESSAGE, NUMBER, messages, template

# The store.
NO_STORE = template(
    "There is no store in {folder}: run `uv run kasstroom.py demo` for the demo company, "
    "or `uv run kasstroom.py load FOLDER` with your own files."
)
NO_CURRENT = template(
    "CURRENT is gone from {folder}, where the files of a store lie: restore it from a backup, or load the "
    "folder raw in it into a new store. Nothing was changed."
)
NO_FOLDER = template("{folder} is a file, not the folder of a store: name another one with --store DIR.")
UNREADABLE_CURRENT = template("{file} cannot be read: restore it from a backup.")
FILE_GONE = template("{file}, named by CURRENT, is not in {folder}: restore it.")
STRAY_LOG = template("{file}.wal lies beside a published file, which never has one: delete it and try again.")
DAMAGED_STORE = template(
    "{ledger} or {journal} cannot be read: restore the store from a backup, or make a new one from the files "
    "it was loaded from, with `uv run kasstroom.py --store NEW load {raw}`. ({cause})",
)
CUT_SHORT = template("{file} is shorter than it was published")
OTHER_LAYOUT = template(
    "The store was written in layout {found}, this program reads layout {known}: make a new store from its "
    "files with `uv run kasstroom.py --store NEW load {raw}`, where all reports stay as they were known, or "
    "use the Kasstroom that wrote it.",
)
LOG_LEFT = template("{file} still has a write-ahead log: nothing was published.")
STORE_BUSY = template(
    "Another program is writing to {folder}: wait until it is done and run the command again."
)
UNWRITABLE_STORE = template(
    "The store {folder} cannot be written ({cause}): name another folder, or mend its permissions.",
    cause=MESSAGE,
)
WRITE_FAILED = template(
    "Writing in {folder} failed ({cause}): make room on its disk and run the command again. "
    "Nothing was published.",
    cause=MESSAGE,
)
DISK_FULL = template(
    "The disk of {folder} has {free} MB free and this load needs {needed} MB: "
    "make room and run the command again. Nothing was changed.",
    free=NUMBER,
    needed=NUMBER,
)

NO_ZONE = template(
    "There is no time zone {zone}: set KASSTROOM_TIMEZONE, or time_zone in settings.csv, to one such as "
    "{example}."
)

# A load.
NO_DATA_FILE = template("There is no data file in what you named: give CSV files, or a folder with them.")
KEPT_WITHOUT_FACTS = template(
    "{file} has no facts beside it that tell how it was read: give it a name that ends in .csv, put it into "
    "another folder and load it from there."
)
KEPT_WITHOUT_PRESET = template(
    "{file} was read with the preset {preset}, which is not kept beside it: put the file into another folder "
    "and load it with that preset."
)
FILE_CHANGED = template("{file} changed while it was read: load it again. Nothing was published.")
OTHER_MISSING = template(
    "Nothing was published: you agreed to cancel {agreed}, and {count} are missing now. Look at the list "
    "of `load --full` again.",
    agreed=NUMBER,
    count=NUMBER,
)
MISSING_UNSURE = template(
    "Nothing was published: {count} rows of the files were refused, so what is missing is not sure. "
    "Correct them first, or cancel nothing.",
    count=NUMBER,
)
MUCH_MISSING = template(
    "Nothing was cancelled: of the {held} rows of {kind} in the books {count} are missing, which is more "
    "than 5%. Look whether the files are complete; if they are, cancel with the number listed.",
    count=NUMBER,
    held=NUMBER,
)
LIST_SHRUNK = template(
    "A list of open items is more than 25% shorter than the one before it, or shows less than 10% of its "
    "documents again: look whether it is complete. If it is, what is not on it any more is settled only with "
    '--confirm-shrunk "{confirmation}" as well.'
)
NOT_PUBLISHED = template("Nothing was published. {reason}", reason=MESSAGE)
TOO_MUCH = template(
    "Nothing was published, amounts add up to more than 16 digits before the decimals: look among the "
    "largest amounts for one that is wrong, correct it and load the files again."
)
TOO_FEW_INVOICES = template("A demo company needs at least 1 invoice, not {count}: ask for more.")

CHANGED_MEANWHILE = template(
    "Nothing was saved, somebody else changed {count} of these rows since they were read: read them again."
)
ENTRIES_DECIDED = template(
    "Nothing was published, somebody else decided on {count} of these entries meanwhile: remove them from "
    "the list and look at them again."
)
ALREADY_SAVED = template("This was saved already.")
TAKEN_BACK = template(
    "What you are correcting was taken back or corrected meanwhile, by somebody else or in another window. "
    "Nothing was saved: cancel, and note it anew if it still holds."
)
NO_SUCH_LOAD = template("This load is not in the books: look at the list of loads again.")
LOADED_MEANWHILE = template("Nothing was changed, something was loaded at this very moment: try again.")
CUSTOMER_CHANGED = template(
    "Nothing was saved, {count} rows about this customer were recorded since this form was opened."
)

# Faults of a store.
UNTIED = template(
    "{administration}: documents less payments come to {documents}, "
    "the item ledger to {items}, the balances per day to {balances}.",
    documents=AMOUNT,
    items=AMOUNT,
    balances=AMOUNT,
)
UNDERIVED = template("{count} rows of {table} are not what the documents and payments come to.")
OVERAPPLIED = template(
    "Entry {entry} of account {account}: {applied} was applied from it, and it comes to {amount}.",
    applied=AMOUNT,
    amount=AMOUNT,
)
ENTRY_GONE = template(
    "Entry {entry} of account {account}: {applied} was applied from it, and it is not in the books.",
    applied=AMOUNT,
)
WOULD_NOT_TIE_OUT = template(
    "Nothing was published, the books would not tie out. {faults}", faults=messages(" ")
)
BATCHES_LOST = template("The newest batch is not the one that CURRENT names: batches are missing.")
VALID_TWICE = template("{count} keys of {grain} have more than one valid version.")
RAW_GONE = template("Batch {batch}: the file it came from ({name}) is no longer in raw/.")
RAW_FACTS_GONE = template(
    "Batch {batch}: what is kept beside the file it came from ({name}) is no longer in raw/."
)
RAW_PRESET_GONE = template(
    "Batch {batch}: the preset {preset}, which its file ({name}) was read with, is no longer in raw/."
)
RAW_CHANGED = template("Batch {batch}: the file it came from ({name}) was changed in raw/.")
FROZEN_GONE = template(
    "Forecast of {day}: its file {file} is no longer in frozen/: put it back from a backup, or from the "
    "store it was kept in."
)
FROZEN_CHANGED = template(
    "Forecast of {day}: its file {file} was changed in frozen/: restore it from a backup."
)
FROZEN_UNNAMED = template(
    "Forecast of {day}: it was written, and the journal does not name it: run `uv run kasstroom.py check`."
)
ROWS_CHANGED = template("Batch {batch}: its rows are not the ones that were published.")
FACTS_CHANGED = template("Batch {batch}: its facts do not follow from the batch before it.")
BATCHES_MISSING = template("Batches are missing: {count} are there, the last one has number {last}.")
ROWS_LOST = template("Batch {batch}: {count} rows are there, {stored} were published.")
ROWS_WITHOUT_BATCH = template("Batch {batch} is missing, and {count} rows of it are there.")
BUILT_ON_DAMAGE = template(
    "Nothing was published, the store is damaged. {faults} Restore it from a backup, or load the files in "
    "raw/ into a new folder.",
    faults=messages(" "),
)
DEMO_TAKES_NO_FILES = template(
    "These are the books of the demo company: start your own books first, then load your files."
)
AUDIT_WITHDRAWN = template(
    "Invoices {invoices} and settlements {settlements} of audit files loaded before are taken back, as this "
    "file brings the documents of that administration and each would count twice; the totals stay.",
    invoices=NUMBER,
    settlements=NUMBER,
)
