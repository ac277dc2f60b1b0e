"""The currencies in use today."""

from data.importers.currencies import active_currencies


def test_active_currencies_are_money_of_today():
    assert {"EUR", "USD", "GBP", "CHF", "JPY", "PLN"} <= active_currencies()
    assert not {"NLG", "DEM", "XXX", "XTS", "XAU", "HRK"} & active_currencies()


CODES = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")


def test_currencies_of_a_thousandth_are_refused_in_words(read):
    header = "payment_id,customer_id,invoice_id,payment_date,currency,amount"
    result = read(
        "payments.csv", header, *(f"P{code},C1,F1,2026-01-05,{code},1.00" for code in (*CODES, "NLG"))
    )
    reasons = list(map(str, result.rejects["reason"]))
    assert [
        code for code, reason in zip(CODES, reasons, strict=False) if "three decimals" not in reason
    ] == []
    assert "is not a current ISO 4217 currency code" in reasons[-1]
    settings = read("settings.csv", "key,value", *(f"reporting_currency,{code}" for code in CODES[:1]))
    assert "at most two decimals" in str(settings.rejects["reason"][0])
