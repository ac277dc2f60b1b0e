"""Columns that hold amounts of money and rates."""

from reports.columns.column import ReportColumn

AMOUNTS = {
    "amount": ReportColumn("Amount", "money", width=112),
    "amount_due": ReportColumn("Amount due", "money"),
    "amount_on_time": ReportColumn("Paid on time", "money"),
    "asked_amount": ReportColumn("To be asked for", "money"),
    "balance": ReportColumn("Balance", "money", in_row_currency=True),
    "bank_balance": ReportColumn("Bank balance", "money"),
    "base": ReportColumn("Base", "money"),
    "billed_amount": ReportColumn("Billed, 365 days", "money"),
    "blocked_amount": ReportColumn(
        "Money waiting",
        "money",
        width=100,
        phone_width=100,
        meaning="open amount of the documents in dispute",
    ),
    "bucket_total": ReportColumn("Sum of buckets", "money", width=120, in_row_currency=True),
    "contact_amount": ReportColumn("Promised or disputed", "money", in_row_currency=True),
    "change_7d": ReportColumn("In 7 days", "money"),
    "claimed": ReportColumn("Claimed", "money", width=100),
    "closed": ReportColumn("Bank, real", "money", meaning="bank balance at the end of the week, as it was"),
    "closing": ReportColumn("Closing balance", "money"),
    "closing_base": ReportColumn(
        "Closing, base", "money", meaning="bank balance at the end of the week without the levers"
    ),
    "closing_change": ReportColumn(
        "Closing, difference",
        "money",
        short="Difference",
        width=136,
        meaning="bank balance of the scenario less that of the base case",
    ),
    "closing_difference": ReportColumn(
        "Bank, difference", "money", meaning="bank balance as it was less the forecast one"
    ),
    "closing_p10": ReportColumn(
        "Closing, low (10%)", "money", meaning="bank balance that one forecast path in ten stays below"
    ),
    "closing_p90": ReportColumn(
        "Closing, high (90%)", "money", meaning="bank balance that one forecast path in ten goes above"
    ),
    "collection_costs": ReportColumn("Collection costs", "money"),
    "contract_interest_percent": ReportColumn("Agreed interest, % a year", "rate"),
    "cost": ReportColumn("Agency's costs", "money", width=128),
    "credit_limit": ReportColumn("Credit limit", "money"),
    "billings": ReportColumn("Billed", "money"),
    "credited": ReportColumn("Credited", "money", in_row_currency=True),
    "credits": ReportColumn("To be set off", "money", width=112, in_row_currency=True),
    "current_amount": ReportColumn("At day's rate", "money"),
    "current_rate": ReportColumn("Rate of the day", "rate"),
    "denominator": ReportColumn("Divided by", "money"),
    "difference": ReportColumn("Difference", "money", in_row_currency=True),
    "discount_cost": ReportColumn("Discount given", "money"),
    "discount_vat": ReportColumn("VAT in it", "money"),
    "discounts": ReportColumn("Discounts", "money", in_row_currency=True),
    "exchange": ReportColumn("Exchange differences", "money", in_row_currency=True),
    "discount_amount": ReportColumn("Discount", "money"),
    "discount_given": ReportColumn(
        "Discount given", "money", meaning="early-payment discount that customers take under the scenario"
    ),
    "fee_amount": ReportColumn(
        "Costs in the letter",
        "money",
        short="Costs",
        width=120,
        meaning="fixed administration costs that the letter names, besides the amount",
    ),
    "disputed_amount": ReportColumn("Disputed amount", "money"),
    "document_open_amount": ReportColumn("Open, own currency", "money", in_row_currency=True),
    "document_promised_amount": ReportColumn("Promised, own currency", "money"),
    "expected": ReportColumn("Expected", "money", width=104, meaning="receipts that the forecast expected"),
    "expected_amount": ReportColumn(
        "Expected this week",
        "money",
        short="Expected",
        width=124,
        meaning="open amount times the chance that it is paid in the week",
    ),
    "expected_loss": ReportColumn("Expected loss", "money"),
    "expected_now": ReportColumn(
        "Expected now", "money", meaning="receipts that the forecast of today expects"
    ),
    "forecast": ReportColumn("Forecast", "money", meaning="receipts of the week as forecast"),
    "forecast_closing": ReportColumn(
        "Bank, forecast", "money", meaning="bank balance at the end of the week as forecast"
    ),
    "forecast_payments": ReportColumn("Out, forecast", "money", meaning="payments of the week as forecast"),
    "forecast_receipts": ReportColumn("In, forecast", "money", meaning="receipts of the week as forecast"),
    "from_future_invoices": ReportColumn(
        "Still to be billed", "money", meaning="receipts expected from invoices that are still to be sent"
    ),
    "from_open_invoices": ReportColumn(
        "From open invoices", "money", meaning="receipts expected from invoices that are open"
    ),
    "headroom": ReportColumn(
        "Headroom", "money", meaning="expected bank balance and credit line above the minimum"
    ),
    "headroom_p10": ReportColumn(
        "Headroom, low (10%)", "money", meaning="the same for the balance that one path in ten stays below"
    ),
    "held_up": ReportColumn(
        "Cash it holds up", "money", meaning="cash that the added days keep from coming in"
    ),
    "high_effect": ReportColumn(
        "Effect, high", "money", meaning="change of the result at the high end of the assumption"
    ),
    "interest": ReportColumn("Interest", "money"),
    "interest_beyond_agreed": ReportColumn("Interest", "money", width=84),
    "interest_beyond_legal": ReportColumn("Interest, legal", "money"),
    "interest_saved": ReportColumn(
        "Interest saved", "money", meaning="interest on the change of the balance, at the cost of money"
    ),
    "discount": ReportColumn("Discount", "money", width=92),
    "invoiced": ReportColumn("Invoiced", "money", in_row_currency=True),
    "ledger_balance": ReportColumn("General ledger", "money", in_row_currency=True),
    "ledger_difference": ReportColumn("Ledger difference", "money", width=136, in_row_currency=True),
    "limit_value": ReportColumn("Limit", "rate"),
    "low_effect": ReportColumn(
        "Effect, low", "money", meaning="change of the result at the low end of the assumption"
    ),
    "lowest": ReportColumn(
        "Lowest balance", "money", meaning="lowest expected bank balance within the horizon"
    ),
    "money_at_risk": ReportColumn(
        "Money at risk", "money", meaning="open amount of the customers with a signal"
    ),
    "most_change": ReportColumn(
        "Largest difference",
        "money",
        width=136,
        meaning="largest difference in any week up to the horizon, cumulated, with its sign",
    ),
    "numerator": ReportColumn("Divided", "money"),
    "invoices_open": ReportColumn("Open on invoices", "money"),
    "limit_left": ReportColumn("Room under limit", "money"),
    "other": ReportColumn("Other", "money", width=92),
    "owed_overdue_amount": ReportColumn("Owed, overdue", "money"),
    "paid": ReportColumn("Paid", "money"),
    "open_amount_excl_vat": ReportColumn("Open, excl. VAT", "money"),
    "open_now": ReportColumn("Open now", "money", meaning="open amount today"),
    "owed_amount": ReportColumn("Owed", "money"),
    "realised_difference": ReportColumn("Realised difference", "money"),
    "set_off_amount": ReportColumn("Set off", "money"),
    "opening": ReportColumn("Opening balance", "money", in_row_currency=True),
    "overdue_amount": ReportColumn("Overdue", "money"),
    "paid_amount": ReportColumn("Paid, 365 days", "money"),
    "paid_out": ReportColumn("Paid out", "money", meaning="payments of the week, as they were"),
    "payments": ReportColumn("Payments", "money", meaning="payments of the week; out is positive"),
    "payments_change": ReportColumn(
        "Payments, difference",
        "money",
        short="Payments ±",
        width=156,
        meaning="payments of the scenario less those of the base case",
    ),
    "permanent": ReportColumn(
        "Never comes",
        "money",
        width=104,
        meaning="part of the difference that does not come in later: credited or written off",
    ),
    "principal": ReportColumn("Principal", "money"),
    "rate_percent": ReportColumn("% a year", "rate"),
    "receipts": ReportColumn("Receipts", "money", meaning="receipts expected in the week"),
    "receipts_change": ReportColumn(
        "Receipts, difference",
        "money",
        short="Receipts ±",
        width=156,
        meaning="receipts of the scenario less those of the base case",
    ),
    "receipts_change_high": ReportColumn(
        "Receipts, high", "money", short="High ±", meaning="upper end of the band of that difference"
    ),
    "receipts_change_low": ReportColumn(
        "Receipts, low", "money", short="Low ±", meaning="lower end of the band of that difference"
    ),
    "receipts_difference": ReportColumn(
        "In, difference", "money", meaning="receipts as they were less the forecast ones"
    ),
    "receipts_p10": ReportColumn(
        "Receipts, low (10%)", "money", meaning="receipts that one forecast path in ten stays below"
    ),
    "receipts_p90": ReportColumn(
        "Receipts, high (90%)", "money", meaning="receipts that one forecast path in ten goes above"
    ),
    "received": ReportColumn("Received", "money", width=104, in_row_currency=True),
    "recent_paid_amount": ReportColumn("Paid, 90 days", "money"),
    "recovered": ReportColumn("Recovered", "money", width=100),
    "reporting_balance": ReportColumn("Converted balance", "money"),
    "settled_otherwise": ReportColumn("Settled without cash", "money"),
    "simple": ReportColumn(
        "Best simple method", "money", meaning="receipts of the week by the best simple method"
    ),
    "so_far": ReportColumn("Added up", "money", meaning="amounts of this row and the rows above it"),
    "standing_beyond_agreed": ReportColumn("Beyond agreed", "money"),
    "standing_beyond_legal": ReportColumn("Beyond legal", "money"),
    "sum_accepted": ReportColumn("Control total, accepted", "control total", width=210),
    "sum_read": ReportColumn("Control total, read", "control total", width=180),
    "timing": ReportColumn(
        "Earlier or later",
        "money",
        width=108,
        meaning="part of the difference that only moves: paid earlier or later than expected",
    ),
    "to_costs": ReportColumn("To costs", "money"),
    "to_interest": ReportColumn("To interest", "money"),
    "to_principal": ReportColumn("To principal", "money"),
    "total": ReportColumn("Total", "money"),
    "unconverted_amount": ReportColumn("Not converted", "money", in_row_currency=True),
    "unpaid_amount": ReportColumn("Unpaid", "money"),
    "unrealised_difference": ReportColumn("Unrealised difference", "money"),
    "vat_unpaid": ReportColumn("VAT in it", "money"),
    "worth": ReportColumn("Worth acting", "money", meaning="what acting today brings in, by the model"),
    "written_off": ReportColumn("Written off", "money", in_row_currency=True),
    "written_off_amount": ReportColumn("Written off, still owed", "money"),
}
