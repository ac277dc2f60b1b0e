"""Files that are no CSV, bad headers, line ends, quotes and encodings."""

from tests.data.importers.nasty.nasty_file import CUSTOMERS, GOOD, INVOICES, Nasty, invoice

LAYOUTS = [
    # What the file is.
    Nasty("an empty file", "invoices.csv", b"", refused="is empty (0 bytes)"),
    Nasty("only a byte order mark", "invoices.csv", b"\xef\xbb\xbf", refused="has no header and no rows"),
    Nasty("only blank lines", "invoices.csv", b"\n\r\n\n", refused="has no header and no rows"),
    Nasty(
        "an Excel workbook", "invoices.csv", b"PK\x03\x04\x14\x00" + b"x" * 90, refused="save it as CSV UTF-8"
    ),
    Nasty("an old Excel workbook", "invoices.csv", b"\xd0\xcf\x11\xe0\xa1\xb1", refused="an old Excel"),
    Nasty("a picture", "invoices.csv", b"\x89PNG\r\n\x1a\n\x00\x00", refused="is a PNG picture"),
    Nasty("a PDF", "invoices.csv", b"%PDF-1.7\n%\xe2\xe3", refused="is a PDF, not CSV"),
    Nasty("a picture by its name only", "picture.png", INVOICES + GOOD, ids=("F1",)),
    Nasty(
        "UTF-16 with a mark", "invoices.csv", (INVOICES + GOOD).decode().encode("utf-16"), refused="UTF-16"
    ),
    Nasty(
        "UTF-16 without a mark",
        "invoices.csv",
        (INVOICES + GOOD).decode().encode("utf-16-le"),
        refused="save it as CSV UTF-8",
    ),
    Nasty("UTF-32", "invoices.csv", (INVOICES + GOOD).decode().encode("utf-32"), refused="UTF-32"),
    Nasty("a web page", "invoices.csv", b"<html><body>Session expired</body></html>", refused="is unknown"),
    Nasty(
        "a name that tells no kind",
        "export.csv",
        b"number,total\n1,2\n",
        refused="cannot tell what it holds; name it after its kind (customers.csv, invoices.csv",
    ),
    # The header.
    Nasty("header only", "invoices.csv", INVOICES),
    Nasty("header only, no newline", "invoices.csv", INVOICES.rstrip()),
    Nasty(
        "a column twice",
        "invoices.csv",
        INVOICES.replace(b"due_date", b"invoice_date") + GOOD,
        refused="column 'invoice_date' is there more than once; column 'due_date' is missing",
    ),
    Nasty(
        "columns missing",
        "invoices.csv",
        b"invoice_id,customer_id,amount\nF1,C1,1\n",
        refused="columns 'invoice_type', 'invoice_date', 'due_date', 'currency' are missing",
    ),
    Nasty(
        "an unknown column",
        "invoices.csv",
        INVOICES.replace(b"amount", b"amount,colour") + GOOD.replace(b"\n", b",red\n"),
        refused="column 'colour' is unknown",
    ),
    Nasty(
        "a column with a space before it",
        "invoices.csv",
        INVOICES.replace(b",amount", b", amount") + GOOD,
        refused="column ' amount' is unknown; column 'amount' is missing",
    ),
    Nasty(
        "a column without a name",
        "invoices.csv",
        INVOICES.replace(b"\n", b",\n") + GOOD.replace(b"\n", b",\n"),
        refused="column 8 has no name",
    ),
    Nasty("no header", "invoices.csv", GOOD, refused="columns 'F1', 'C1', 'invoice'"),
    Nasty(
        "semicolons",
        "invoices.csv",
        (INVOICES + GOOD).replace(b",", b";"),
        refused="is separated by semicolons; save it with commas",
    ),
    Nasty("tabs", "export.csv", (INVOICES + GOOD).replace(b",", b"\t"), refused="is separated by tabs"),
    Nasty(
        "semicolons and decimal commas",
        "invoices.csv",
        INVOICES.replace(b",", b";") + b"F1;C1;invoice;2026-01-05;2026-02-04;EUR;100,00\n",
        refused="is separated by semicolons",
    ),
    # Line ends, quotes, encodings.
    Nasty("a byte order mark", "invoices.csv", b"\xef\xbb\xbf" + INVOICES + GOOD, ids=("F1",)),
    Nasty("Windows line ends", "invoices.csv", (INVOICES + GOOD).replace(b"\n", b"\r\n"), ids=("F1",)),
    Nasty("no newline at the end", "invoices.csv", INVOICES + GOOD.rstrip(), ids=("F1",)),
    Nasty(
        "blank lines between rows",
        "invoices.csv",
        INVOICES + b"\n\r\n" + GOOD + b"\n" + invoice("F2", amount="x") + b"\n\n",
        ids=("F1",),
        rejects=((6, "amount", "is not a number"),),
    ),
    Nasty(
        "lone carriage returns as line ends",
        "invoices.csv",
        (INVOICES + GOOD).replace(b"\n", b"\r"),
        refused="lone carriage return",
    ),
    Nasty(
        "a lone carriage return in one row",
        "invoices.csv",
        INVOICES + GOOD + invoice("F2").replace(b"EUR,", b"EUR,\r") + invoice("F3"),
        ids=("F1", "F3"),
        rejects=((3, None, "lone carriage return"),),
    ),
    Nasty(
        "a quote that is never closed",
        "customers.csv",
        CUSTOMERS + b"C1,Jansen,,,,\n" + b'C2,"Pieters,,,,\n' + b"C3,Klaassen,,,,\n",
        refused="a quote opened in the row on line 3 is never closed",
    ),
    Nasty(
        "text after a closing quote",
        "customers.csv",
        CUSTOMERS + b'C1,"De Boer" BV,,,,\n' + b"C2,Klaassen,,,,\n",
        ids=("C2",),
        rejects=((2, None, "text after a closing quote"),),
    ),
    Nasty(
        "a newline in quotes, and the line numbers after it",
        "customers.csv",
        CUSTOMERS + b'C1,"Jansen\nen Zonen",,,,\n' + b"C2,Klaassen,,,x,\n",
        ids=("C1",),
        rejects=((4, "payment_terms_days", "is not a whole number"),),
        cells={"customer_name": "Jansen\nen Zonen"},
    ),
    Nasty(
        "a quote that swallows rows until the next quote",
        "customers.csv",
        CUSTOMERS + b'C1,"Jansen,,,,\n' + b"C2,x,,,,\n" + b'C3,"Klaassen, Delft",,,,\n' + b"C4,ok,,,,\n",
        ids=("C4",),
        rejects=((2, None, "a quote runs from line 2 to line 4, and there is text after it"),),
    ),
    Nasty(
        "a Windows newline in quotes",
        "customers.csv",
        CUSTOMERS + b'C1,"Jansen\r\nen Zonen",,,,\r\n' + b'C2,"Pie\rters",,,,\r\n',
        ids=("C1",),
        cells={"customer_name": "Jansen\r\nen Zonen"},
        rejects=((4, "customer_name", "control character"),),
    ),
    Nasty(
        "rejects of several sorts, by line",
        "invoices.csv",
        INVOICES
        + GOOD
        + invoice("F2", amount="x")
        + b"short\n"
        + invoice("F1", amount="7")
        + invoice("F3", due="x"),
        rejects=(
            (2, "invoice_id", "with other content on line 5"),
            (3, "amount", "is not a number"),
            (4, None, "1 cell where"),
            (5, "invoice_id", "with other content on line 2"),
            (6, "due_date", "is not a date"),
        ),
    ),
    Nasty(
        "a newline in an id",
        "invoices.csv",
        INVOICES + invoice('"F\n1"') + invoice("F2"),
        ids=("F2",),
        rejects=((2, "invoice_id", "has a control character in it"),),
    ),
    Nasty(
        "quotes and commas in a name",
        "customers.csv",
        CUSTOMERS + b'C1,"Bakkerij ""De Hoek"", Delft",,,,\n',
        ids=("C1",),
        cells={"customer_name": 'Bakkerij "De Hoek", Delft'},
    ),
    Nasty(
        "a quote inside a name without quotes",
        "customers.csv",
        CUSTOMERS + b'C1,Kees 5" Pijpen,,,,\n',
        ids=("C1",),
        cells={"customer_name": 'Kees 5" Pijpen'},
    ),
    Nasty(
        "cp1252 in the native form: only the rows with an accent",
        "customers.csv",
        CUSTOMERS + b"C1,Jansen,,,,\n" + "C2,Café,,,,\n".encode("cp1252") + "C3,Café,,,,\n".encode(),
        ids=("C1", "C3"),
        rejects=((3, "customer_name", "has bytes that do not fit the file's encoding"),),
    ),
    Nasty(
        "cp1252 in the header",
        "customers.csv",
        CUSTOMERS.replace(b"segment", "segmënt".encode("cp1252")),
        refused="its header has bytes that do not fit",
    ),
    Nasty(
        "bytes of a lone surrogate",
        "customers.csv",
        CUSTOMERS + b"C1,\xed\xa0\x80,,,,\n" + b"C2,Klaassen,,,,\n",
        ids=("C2",),
        rejects=((2, "customer_name", "has bytes that do not fit"),),
    ),
    Nasty(
        "a NUL in a name",
        "customers.csv",
        CUSTOMERS + b"C1,Jan\x00sen,,,,\n" + b"C2,Klaassen,,,,\n",
        ids=("C2",),
        rejects=((2, "customer_name", "has a control character in it"),),
    ),
    Nasty(
        "other control characters",
        "customers.csv",
        CUSTOMERS
        + b"C1,Jan\x07sen,,,,\n"
        + b"C2,\x1b[31mred,,,,\n"
        + "C3,Jan\u0085sen,,,,\n".encode()
        + b"C4,ok,,,,\n",
        ids=("C4",),
        rejects=tuple((line, "customer_name", "control character") for line in (2, 3, 4)),
    ),
    Nasty(
        "a NUL in an amount",
        "invoices.csv",
        INVOICES + GOOD + invoice("F2", amount="1\x0000"),
        ids=("F1",),
        rejects=((3, "amount", "control character"),),
    ),
]
