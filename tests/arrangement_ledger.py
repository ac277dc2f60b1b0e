"""One customer with an invoice in dollars, a credit note and an invoice in euros."""

from datetime import date

DAY = date(2026, 11, 22)
HOSTILE = "=1+1 <b>B</b> $x$ [a](http://evil.example)"
BOOK = {
    "customers": [("C1", "Halsema", "Groot", "NL", 30, "")],
    "invoices": [
        ("F1", "C1", "invoice", "2026-10-01", "2026-10-31", "USD", "1210.00"),
        ("F2", "C1", "credit_note", "2026-10-01", "", "USD", "-10.00"),
        ("F3", "C1", "invoice", "2026-10-01", "2026-10-31", "EUR", "1.00"),
    ],
    "payments": [("P1", "C1", "F1", "2026-11-02", "USD", "210.00")],
    "fx_rates": [("2026-01-01", "USD", "0.5")],
    "settings": [("reporting_currency", "EUR")],
}
