"""Thousands of electronic invoices in one folder, against one list of the same invoices.

Both ways must give the same ageing to the cent, and the files once more must change nothing, or the program
stops.
"""

import argparse
import csv
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import queries
from data.store.load import load
from data.store.load_report import LoadReport

AS_OF = date(2026, 11, 22)
FIRST = date(2026, 1, 5)
SETTINGS = "key,value\ncompany_vat_id,NL123456789B01\ncompany_name,Verkoper BV\n"
CUSTOMERS = 400
TARGET_MS = 10.0
DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>
<cbc:ID>{number}</cbc:ID><cbc:IssueDate>{issued}</cbc:IssueDate><cbc:DueDate>{due}</cbc:DueDate>
<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>Verkoper BV</cbc:Name></cac:PartyName>
<cac:PartyTaxScheme><cbc:CompanyID>NL123456789B01</cbc:CompanyID>
<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme></cac:Party>
</cac:AccountingSupplierParty>
<cac:AccountingCustomerParty><cac:Party>
<cac:PartyIdentification><cbc:ID>{customer}</cbc:ID></cac:PartyIdentification>
<cac:PartyName><cbc:Name>{customer} BV</cbc:Name></cac:PartyName>
<cac:PostalAddress><cac:Country><cbc:IdentificationCode>NL</cbc:IdentificationCode></cac:Country>
</cac:PostalAddress></cac:Party></cac:AccountingCustomerParty>
<cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode></cac:PaymentMeans>
<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">{vat}</cbc:TaxAmount></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">{net}</cbc:LineExtensionAmount>
<cbc:TaxExclusiveAmount currencyID="EUR">{net}</cbc:TaxExclusiveAmount>
<cbc:TaxInclusiveAmount currencyID="EUR">{gross}</cbc:TaxInclusiveAmount>
<cbc:PayableAmount currencyID="EUR">{gross}</cbc:PayableAmount></cac:LegalMonetaryTotal>
<cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="EA">1</cbc:InvoicedQuantity>
<cbc:LineExtensionAmount currencyID="EUR">{net}</cbc:LineExtensionAmount>
<cac:Item><cbc:Name>Onderhoud</cbc:Name></cac:Item></cac:InvoiceLine>
</Invoice>
"""
LISTED = ("invoice_id", "customer_id", "invoice_type", "invoice_date", "due_date", "currency", "amount")


def invoice(place: int) -> dict[str, str]:
    """Return the fields of an invoice: 30 days, an amount of its own, a customer of 400."""
    issued = FIRST + timedelta(days=place % 300)
    net = Decimal(100 + place)
    vat = (net * 21 / 100).quantize(Decimal("0.01"))
    return {
        "number": f"F{place:06d}",
        "customer": f"K{place % CUSTOMERS:04d}",
        "issued": issued.isoformat(),
        "due": (issued + timedelta(days=30)).isoformat(),
        "net": f"{net:.2f}",
        "vat": f"{vat:.2f}",
        "gross": f"{net + vat:.2f}",
    }


def write_documents(folder: Path, count: int) -> None:
    folder.mkdir()
    (folder / "settings.csv").write_text(SETTINGS, encoding="utf-8")
    for place in range(count):
        fields = invoice(place)
        (folder / f"{fields['number']}.xml").write_text(DOCUMENT.format(**fields), encoding="utf-8")


def write_list(folder: Path, count: int) -> None:
    folder.mkdir()
    (folder / "settings.csv").write_text(SETTINGS, encoding="utf-8")
    with (folder / "invoices.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(LISTED)
        for fields in map(invoice, range(count)):
            writer.writerow(
                (
                    fields["number"], fields["customer"], "invoice", fields["issued"], fields["due"], "EUR",
                    fields["gross"],
                )
            )  # fmt: skip
    with (folder / "customers.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(
            ("customer_id", "customer_name", "country", "segment", "payment_terms_days", "credit_limit")
        )
        writer.writerows(
            (f"K{place:04d}", f"K{place:04d} BV", "NL", "", "", "") for place in range(min(CUSTOMERS, count))
        )


def timed(work: Callable[[], LoadReport]) -> tuple[tuple[float, float], LoadReport]:
    """Return seconds by the clock and of the processor, and the report."""
    began = time.perf_counter(), time.process_time()
    report = work()
    return (time.perf_counter() - began[0], time.process_time() - began[1]), report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--invoices", type=int, default=5_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as home_name:
        home = Path(home_name)
        write_documents(home / "documents", chosen.invoices)
        write_list(home / "list", chosen.invoices)
        loads = {
            "list": ("list-store", "list"),
            "documents": ("documents-store", "documents"),
            "documents once more": ("documents-store", "documents"),
            "raw/ into a new store": ("anew", "documents-store/raw"),
        }
        times = {}
        for way, (store, source) in loads.items():
            times[way], report = timed(lambda store=store, source=source: load(home / store, [home / source]))
            if way == "documents once more" and report.snapshot is not None:
                sys.exit("The same files once more changed the store.")
        answers = []
        for store in ("list-store", "documents-store", "anew"):
            with queries.open_books(home / store) as books:
                answers.append(books.ask("ageing", as_of=AS_OF))
        if not all(answer.equals(answers[0]) for answer in answers):
            sys.exit("The answers differ; nothing here can be trusted until that is explained.")
    print(f"{chosen.invoices:,} invoices, {answers[0].height} rows of ageing; answers equal to the cent\n")
    print(f"{'':<24}{'s':>8}{'ms per file':>14}{'cpu s':>8}{'cpu ms per file':>18}{'× list (cpu)':>14}")
    for way, (took, worked) in times.items():
        each, cpu = took / chosen.invoices * 1000, worked / chosen.invoices * 1000
        ratio = worked / times["list"][1]
        print(f"{way:<24}{took:>8.1f}{each:>14.1f}{worked:>8.1f}{cpu:>18.1f}{ratio:>14.1f}")
    print(f"\ntarget: under {TARGET_MS:.0f} ms per file")


if __name__ == "__main__":
    main()
