"""SAF-T: the Norwegian form, the Portuguese one, and others of the OECD."""

from decimal import Decimal

import pytest

from data.errors import RefusedFileError
from data.importers.formats import saft, xaf
from tests.data.importers.formats.audit_files import balances, cells, notes, read, turnover

D = Decimal


def posting(account: str, debit: str = "", credit: str = "", more: str = "") -> str:
    side, amount = ("Debit", debit) if debit else ("Credit", credit)
    return (
        f"<Line><RecordID>1</RecordID><AccountID>{account}</AccountID>{more}"
        f"<{side}Amount><Amount>{amount}</Amount></{side}Amount></Line>\n"
    )


def transaction(number: str, day: str, *lines: str) -> str:
    head = f"<TransactionID>{number}</TransactionID><TransactionDate>{day}</TransactionDate>"
    return f"<Transaction>{head}{''.join(lines)}</Transaction>\n"


def names(reference: str, more: str = "") -> str:
    return f"<CustomerID>12000</CustomerID><ReferenceNumber>{reference}</ReferenceNumber>{more}"


SOLD = transaction(
    "1", "2025-01-20", posting("1500", "1250.00", more=names("F1", "<DueDate>2025-02-19</DueDate>")),
    posting("3000", credit="1000.00"), posting("2700", credit="250.00"),
)  # fmt: skip
PAID = transaction(
    "2", "2025-02-10", posting("1920", "450"),
    posting("1500", credit="450.00", more=names("B77", "<CrossReference>F1</CrossReference>")),
)  # fmt: skip


def norway(
    *transactions: str,
    opening: str = "0",
    closing: str = "800.00",
    accounts: str = "",
    declared: str = "2",
    customer: str = "",
) -> str:
    ledger = accounts or (
        f"<Account><AccountID>1500</AccountID><StandardAccountID>15</StandardAccountID>"
        f"<OpeningDebitBalance>{opening}</OpeningDebitBalance><ClosingDebitBalance>{closing}</ClosingDebitBalance></Account>"
        "<Account><AccountID>1920</AccountID><StandardAccountID>19</StandardAccountID></Account>"
        "<Account><AccountID>3000</AccountID><StandardAccountID>30</StandardAccountID></Account>"
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<n1:AuditFile xmlns:n1="urn:StandardAuditFile-Taxation-Financial:NO"><Header>
<AuditFileVersion>1.3</AuditFileVersion>
<AuditFileCountry>NO</AuditFileCountry><AuditFileDateCreated>2026-02-01</AuditFileDateCreated>
<Company><Name>Selskapet AS</Name></Company><DefaultCurrencyCode>NOK</DefaultCurrencyCode>
<SelectionCriteria><PeriodStart>1</PeriodStart><PeriodStartYear>2025</PeriodStartYear>
<PeriodEnd>12</PeriodEnd>
<PeriodEndYear>2025</PeriodEndYear></SelectionCriteria></Header>
<MasterFiles><GeneralLedgerAccounts>{ledger}</GeneralLedgerAccounts>
<Customers><Customer><Name>Kunden AS</Name>
<CustomerID>12000</CustomerID>{customer or "<AccountID>1500</AccountID>"}
<Address><StreetName>Veien</StreetName><Number>1</Number><City>Oslo</City><PostalCode>0150</PostalCode>
<Country>NO</Country></Address>
<PartyInfo><PaymentTerms><Days>30</Days></PaymentTerms></PartyInfo></Customer></Customers>
<Suppliers><Supplier><SupplierID>20000</SupplierID></Supplier></Suppliers></MasterFiles>
<GeneralLedgerEntries><NumberOfEntries>{declared}</NumberOfEntries><TotalDebit>1700.00</TotalDebit>
<TotalCredit>1700.00</TotalCredit><Journal><JournalID>A</JournalID>{"".join(transactions)}</Journal>
</GeneralLedgerEntries>
</n1:AuditFile>"""


def test_the_norwegian_form_gives_balances_turnover_customers_and_documents() -> None:
    extract, reading = read(saft, norway(SOLD, PAID))
    days = balances(extract)
    assert (len(days), days["2024-12-31"], days["2025-01-31"], days["2025-12-31"]) == (
        13, D("0.00"), D("1250.00"), D("800.00"),
    )  # fmt: skip
    assert turnover(extract)["2025-01-31"] == D("1250.00")
    assert cells(extract, "invoices", "invoice_id", "customer_id", "due_date", "amount", "vat_amount") == [
        ("F1", "12000", "2025-02-19", "1250.00", "250.00")
    ]
    assert cells(extract, "payments", "invoice_id", "amount", "payment_date") == [
        ("F1", "450.00", "2025-02-10")
    ]
    columns = ("customer_name", "street", "postcode", "payment_terms_days")
    assert cells(extract, "customers", *columns) == [("Kunden AS", "Veien 1", "0150", "30")]
    assert "It declares the same." in notes(extract)
    assert "which its customers are kept on" in notes(extract)
    assert reading.rejected == 0


def test_lines_may_be_declared_in_place_of_transactions_and_a_wrong_number_is_named() -> None:
    assert "It declares the same." in notes(read(saft, norway(SOLD, PAID, declared="5"))[0])
    assert "does not agree: lines 7." in notes(read(saft, norway(SOLD, PAID, declared="7"))[0])


def test_a_stated_closing_that_does_not_follow_leaves_the_stated_balances() -> None:
    extract, _reading = read(saft, norway(SOLD, PAID, closing="900.00"))
    assert balances(extract) == {"2024-12-31": D("0.00"), "2025-12-31": D("900.00")}
    assert "its balances do not follow from its transactions" in notes(extract)


def test_the_balances_of_customers_stand_in_where_the_ledger_has_no_account_of_theirs() -> None:
    only = "<Account><AccountID>1920</AccountID><OpeningDebitBalance>5</OpeningDebitBalance></Account>"
    customer = """<BalanceAccountStructure><BalanceAccount><AccountID>1500</AccountID>
<OpeningDebitBalance>100.00</OpeningDebitBalance><ClosingCreditBalance>20.00</ClosingCreditBalance>
</BalanceAccount>
<BalanceAccount><AccountID>1501</AccountID><OpeningCreditBalance>1.00</OpeningCreditBalance>
<ClosingDebitBalance>0.50</ClosingDebitBalance></BalanceAccount></BalanceAccountStructure>"""
    extract, _reading = read(saft, norway(accounts=only, customer=customer))
    assert balances(extract) == {"2024-12-31": D("99.00"), "2025-12-31": D("-19.50")}
    assert "those of its customers together" in notes(extract)


def test_balances_of_customers_are_those_of_their_account_where_only_entries_name_it() -> None:
    only = "<Account><AccountID>1920</AccountID><OpeningDebitBalance>5</OpeningDebitBalance></Account>"
    customer = """<AccountID>1500</AccountID><OpeningDebitBalance>10.00</OpeningDebitBalance>
<ClosingDebitBalance>810.00</ClosingDebitBalance>"""
    extract, _reading = read(saft, norway(SOLD, PAID, accounts=only, customer=customer))
    days = balances(extract)
    assert (days["2024-12-31"], days["2025-01-31"], days["2025-12-31"]) == (
        D("10.00"), D("1260.00"), D("810.00"),
    )  # fmt: skip
    assert "the opening balance is 10.00" in notes(extract)


PORTUGAL = """<?xml version="1.0" encoding="windows-1252"?>
<AuditFile xmlns="urn:OECD:StandardAuditFile-Tax:PT_1.04_01"><Header>
<AuditFileVersion>1.04_01</AuditFileVersion>
<CompanyName>Loja Lda</CompanyName><FiscalYear>2025</FiscalYear><StartDate>2025-01-01</StartDate>
<EndDate>2025-03-31</EndDate><CurrencyCode>EUR</CurrencyCode><DateCreated>2025-04-02</DateCreated></Header>
<MasterFiles>{ledger}<Customer><CustomerID>C1</CustomerID><AccountID>21111</AccountID>
<CompanyName>João</CompanyName><BillingAddress><AddressDetail>Rua 1</AddressDetail><City>Porto</City>
<PostalCode>4000</PostalCode><Country>PT</Country></BillingAddress></Customer></MasterFiles>{entries}
</AuditFile>"""
LEDGER = """<GeneralLedgerAccounts>
<Account><AccountID>21</AccountID><OpeningDebitBalance>40.00</OpeningDebitBalance>
<ClosingDebitBalance>163.00</ClosingDebitBalance><GroupingCategory>GR</GroupingCategory></Account>
<Account><AccountID>21111</AccountID><OpeningDebitBalance>40.00</OpeningDebitBalance>
<ClosingDebitBalance>163.00</ClosingDebitBalance><GroupingCategory>GM</GroupingCategory></Account>
<Account><AccountID>711</AccountID><OpeningDebitBalance>0</OpeningDebitBalance>
<ClosingCreditBalance>100</ClosingCreditBalance><GroupingCategory>GM</GroupingCategory></Account>
</GeneralLedgerAccounts>"""
ENTRIES = """<GeneralLedgerEntries><NumberOfEntries>1</NumberOfEntries><TotalDebit>123.00</TotalDebit>
<TotalCredit>123.00</TotalCredit><Journal><JournalID>VND</JournalID><Transaction>
<TransactionID>2025-02-01 VND 1</TransactionID>
<TransactionDate>2025-02-01</TransactionDate><GLPostingDate>2025-02-01</GLPostingDate>
<CustomerID>C1</CustomerID><Lines>
<DebitLine><RecordID>1</RecordID><AccountID>21111</AccountID><SourceDocumentID>FT A/1</SourceDocumentID>
<DebitAmount>123.00</DebitAmount></DebitLine>
<CreditLine><RecordID>2</RecordID><AccountID>711</AccountID><CreditAmount>100.00</CreditAmount></CreditLine>
<CreditLine><RecordID>3</RecordID><AccountID>24331</AccountID><CreditAmount>23.00</CreditAmount>
</CreditLine>
</Lines></Transaction></Journal></GeneralLedgerEntries>"""


def test_the_portuguese_form_is_read_without_the_accounts_that_add_up_others() -> None:
    extract, _reading = read(saft, PORTUGAL.format(ledger=LEDGER, entries=ENTRIES).encode("cp1252"))
    assert balances(extract) == {
        "2024-12-31": D("40.00"),
        "2025-01-31": D("40.00"),
        "2025-02-28": D("163.00"),
        "2025-03-31": D("163.00"),
    }
    assert turnover(extract)["2025-02-28"] == D("123.00")
    assert cells(extract, "customers", "customer_name", "street", "city") == [("João", "Rua 1", "Porto")]
    assert "the opening balance is 40.00" in notes(extract)


SALES = """<SourceDocuments><SalesInvoices><NumberOfEntries>4</NumberOfEntries>
<Invoice><InvoiceNo>FT A/1</InvoiceNo><DocumentStatus><InvoiceStatus>N</InvoiceStatus></DocumentStatus>
<InvoiceDate>2025-01-05</InvoiceDate>
<InvoiceType>FT</InvoiceType><CustomerID>C1</CustomerID><DocumentTotals><GrossTotal>123.00</GrossTotal>
</DocumentTotals></Invoice>
<Invoice><InvoiceNo>FT A/2</InvoiceNo><DocumentStatus><InvoiceStatus>A</InvoiceStatus></DocumentStatus>
<InvoiceDate>2025-01-06</InvoiceDate>
<InvoiceType>FT</InvoiceType><CustomerID>C1</CustomerID><DocumentTotals><GrossTotal>999.00</GrossTotal>
</DocumentTotals></Invoice>
<Invoice><InvoiceNo>NC A/1</InvoiceNo><DocumentStatus><InvoiceStatus>N</InvoiceStatus></DocumentStatus>
<InvoiceDate>2025-01-07</InvoiceDate>
<InvoiceType>NC</InvoiceType><CustomerID>C1</CustomerID><DocumentTotals><GrossTotal>23.00</GrossTotal>
</DocumentTotals></Invoice>
<Invoice><InvoiceNo>FR A/1</InvoiceNo><DocumentStatus><InvoiceStatus>N</InvoiceStatus></DocumentStatus>
<InvoiceDate>2025-02-07</InvoiceDate>
<InvoiceType>FR</InvoiceType><CustomerID>C1</CustomerID><DocumentTotals><GrossTotal>10.00</GrossTotal>
</DocumentTotals></Invoice>
</SalesInvoices></SourceDocuments>"""


def test_without_an_account_of_customers_the_chart_tells_and_sums_of_accounts_are_left_out() -> None:
    ledger = LEDGER.replace("<AccountID>21<", "<AccountID>211<")
    text = PORTUGAL.replace("<AccountID>21111<", "<AccountID>Desconhecido<")
    extract, _reading = read(saft, text.format(ledger=ledger, entries=ENTRIES).encode("cp1252"))
    assert balances(extract)["2024-12-31"] == D("40.00")
    assert "Receivables are the accounts 21111, by the chart SNC." in notes(extract)


def test_sales_invoices_stand_in_where_there_is_no_ledger() -> None:
    extract, _reading = read(saft, PORTUGAL.format(ledger="", entries=SALES).encode("cp1252"))
    assert "ledger_balances" not in extract.rows
    assert turnover(extract) == {"2025-01-31": D("100.00"), "2025-02-28": D("10.00"), "2025-03-31": D("0.00")}
    assert cells(extract, "invoices", "invoice_id", "invoice_type", "amount") == [
        ("FT A/1", "invoice", "123.00"),
        ("NC A/1", "credit_note", "-23.00"),
        ("FR A/1", "invoice", "10.00"),
    ]
    assert cells(extract, "payments", "invoice_id", "amount") == [("FR A/1", "10.00")]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("<Amount>450</Amount>", "<Amount>4,50</Amount>", "the amount '4,50' on line"),
        ("<TransactionDate>2025-02-10<", "<TransactionDate>10.02.2025<", "the day '10.02.2025' on line"),
        ("<DebitAmount><Amount>450</Amount></DebitAmount>", "", "DebitAmount is missing on line"),
        ("NOK<", "NKR<", "not known ('NKR')"),
        ("PeriodStartYear", "Other", "SelectionStartDate is missing"),
    ],
)
def test_what_cannot_be_read_refuses_the_file_in_one_sentence(old: str, new: str, words: str) -> None:
    text = norway(SOLD, PAID)
    assert old in text
    with pytest.raises(RefusedFileError) as refused:
        read(saft, text.replace(old, new))
    assert words in str(refused.value)


def test_other_files_are_not_recognised() -> None:
    assert not xaf.recognises(norway().encode())
    for other in (b"<auditfile/>", b"<Invoice/>", b"", b"a,b\n"):
        assert not saft.recognises(other)
