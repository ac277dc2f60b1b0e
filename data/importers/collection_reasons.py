"""Why files in a folder or zip file are passed over, and why a zip file is refused."""

from data.message_templates import NUMBER, template

LINKED_FOLDER = template("a link to another folder")
PDF_OF_NONE = template("a PDF that belongs to no invoice here")
PDF_OF_MANY = template("a PDF that names more than {most} invoices, and is the document of none", most=NUMBER)
PDF_TOO_LARGE = template("a PDF of more than {most} MB", most=NUMBER)
PDFS_TAKE_TOO_LONG = template("one of more PDFs than can be read in five minutes; name it as its invoice")
ZIP_IN_ZIP = template("a zip file inside a zip file; unpack it and load what is in it")
NOTHING_LEFT = template("{names}: none of the {count} files inside is data; give the files to load.")
ZIP_PASSWORD = template("{name}: is a zip file with a password; unpack it and load what is in it.")
DAMAGED_ZIP = template("{name}: is a damaged zip file; pack or download it again.")
LEADS_OUT = template(
    "{name}: holds {entry}, which leads out of the zip file; unpack it, look at what is in it and load that."
)
TOO_MANY_FILES = template("{name}: holds more than {most} files; load a part of them at a time.", most=NUMBER)
TOO_MUCH_UNPACKED = template(
    "{name}: unpacks to more than {most} MB, or to a hundred times its size; unpack it yourself and look at "
    "what is in it.",
    most=NUMBER,
)
