"""The books of the tests of XML Auditfiles."""

from tests.data.importers.formats import audit_files as files
from tests.data.importers.formats.audit_files import entry, journal, line

# January: 1,210 invoiced; February: 605, a credit note of 121, 1,000 paid, 10 of it bank charges of our own;
# March: 96.80 and its VAT of 20.33 written off. Open at the end: 1,210 + 605 - 121 - 1,000 - 96.80.
SALES = journal(
    "VRK", "S",
    files.sale("1", "2025-01-31", "1210.00", net="1000.00", vat="210.00", custSupID="D1", invRef="F1"),
    files.sale("2", "2025-02-01", "605.00", net="500.00", vat="105.00", custSupID="D2", invRef="F2"),
    entry("3", "2025-02-10", line("1300", "-121.00", custSupID="D1", invRef="C1"), line("8000", "100.00"),
          line("1800", "21.00")),
)  # fmt: skip
BANK = journal(
    "BNK", "B",
    entry("1", "2025-02-20", line("1100", "1000.00"), line("1300", "-1000.00", custSupID="D1", invRef="F1")),
)  # fmt: skip
MEMO = journal(
    "MEM", "M",
    entry("1", "2025-03-31", line("4900", "80.00"), line("1800", "16.80"),
          line("1300", "-96.80", custSupID="D2", invRef="F2")),
)  # fmt: skip
NIL = files.opening(("1100", "500.00"), ("0500", "-500.00"))
