"""Columns that hold days, counts, shares and other numbers."""

from reports.columns.column import ReportColumn

MEASURES = {
    "charges": ReportColumn("Customer payments", "count", width=136),
    "score": ReportColumn("How likely", "share"),
    "entries": ReportColumn("Entries", "count"),
    "applied_share": ReportColumn("Share applied", "share", meaning="of all money received"),
    "known_entries": ReportColumn(
        "Entries judged",
        "count",
        width=170,
        meaning="of which somebody, or the bookkeeping, said what they are for",
    ),
    "error_share": ReportColumn("Wrong", "share", meaning="of the money applied"),
    "error_low": ReportColumn("At least", "share", meaning="95% interval of the share that is wrong"),
    "error_high": ReportColumn("At most", "share", meaning="95% interval of the share that is wrong"),
    "files": ReportColumn("Files", "count"),
    "repeated": ReportColumn("Known already", "count"),
    "statements": ReportColumn("Statements", "count"),
    "size": ReportColumn("Bytes", "count"),
    "accepted": ReportColumn("Accepted", "count", width=112),
    "added_days": ReportColumn(
        "Days added",
        "days",
        meaning="days late with the fault less days late without it, mean over customers by weight",
    ),
    "added_high": ReportColumn(
        "Days added, at most", "days", meaning="upper end of the 95% interval of the added days"
    ),
    "added_low": ReportColumn(
        "Days added, at least", "days", meaning="lower end of the 95% interval of the added days"
    ),
    "agreed_days": ReportColumn("Agreed", "days", width=84, phone_width=84),
    "agreed_least": ReportColumn(
        "Agreed, shortest", "days", meaning="shortest agreed term among the customers of a segment"
    ),
    "agreed_most": ReportColumn(
        "Agreed, longest", "days", meaning="longest agreed term among the customers of a segment"
    ),
    "applied_days": ReportColumn("Applied", "days", width=80),
    "applied_spread": ReportColumn("Spread", "number", width=76),
    "batch_id": ReportColumn("Batch", "count", width=76),
    "bias": ReportColumn(
        "Bias", "share", meaning="sum of forecast less received, part of the received, -1 and up"
    ),
    "came": ReportColumn("Came true", "number", meaning="part of the cases in which it happened, 0-1"),
    "came_true": ReportColumn(
        "Came true", "share", meaning="part of the signals after which the customer did get very late, 0-1"
    ),
    "bounces_365": ReportColumn("Came back, 365 days", "count"),
    "case_count": ReportColumn("Case count", "count", width=68, meaning="cases handed over to the agency"),
    "cases": ReportColumn("Cases", "count", meaning="customer months that a rule was tried on"),
    "compared": ReportColumn(
        "Compared", "count", meaning="invoices of customers that have them with and without the fault"
    ),
    "cost_share": ReportColumn(
        "Cost share",
        "share",
        width=104,
        meaning="the agency's costs as a part of what it recovered in ended cases, 0-1",
    ),
    "count": ReportColumn("Count", "count"),
    "count_others": ReportColumn(
        "Other invoices", "count", meaning="invoices of the customer without the fault"
    ),
    "count_with": ReportColumn(
        "Invoices with it", "count", meaning="invoices of the customer with the fault"
    ),
    "coverage_80": ReportColumn(
        "Inside 80% band",
        "share",
        meaning="part of the weeks in which the receipts fell inside the 80% band, 0-1",
    ),
    "coverage_95": ReportColumn(
        "Inside 95% band",
        "share",
        meaning="part of the weeks in which the receipts fell inside the 95% band, 0-1",
    ),
    "credit_notes": ReportColumn("Credit notes", "days"),
    "credit_notes_from": ReportColumn("Credit notes, first day", "days"),
    "credit_notes_to": ReportColumn("Credit notes, last day", "days"),
    "cumulative_13": ReportColumn(
        "Sum of 13 weeks", "share", meaning="error of the sum of 13 weeks, part of the received, 0-1"
    ),
    "customers": ReportColumn("Customers", "count"),
    "amount_share_31_60": ReportColumn("Amount, 31 to 60 days", "share", width=168),
    "amount_share_over_60": ReportColumn("Amount, over 60 days", "share", width=184),
    "amount_share_within_30": ReportColumn("Amount, within 30 days", "share", width=176),
    "bills": ReportColumn("Bills", "count"),
    "days": ReportColumn("Days", "days"),
    "days_beyond_agreed": ReportColumn("Past agreed", "days", width=82),
    "days_beyond_legal": ReportColumn("Past legal", "days", width=82),
    "days_from": ReportColumn("From day", "days"),
    "days_open": ReportColumn("Days open", "days", short="Days", phone_width=62),
    "days_others": ReportColumn(
        "Days late, others", "days", meaning="mean days late of the invoices without the fault"
    ),
    "days_overdue": ReportColumn("Days overdue", "days", short="Days", width=96, phone_width=62),
    "days_seen": ReportColumn("Days seen", "days"),
    "days_since_due": ReportColumn("Days since due", "days"),
    "days_to": ReportColumn("To day", "days"),
    "days_with": ReportColumn(
        "Days late with it", "days", meaning="mean days late of the invoices with the fault"
    ),
    "delinquency": ReportColumn("Delinquency", "days"),
    "discounts_taken": ReportColumn("Taken", "count"),
    "disputes": ReportColumn("Disputes", "count", width=72, meaning="disputes of the period"),
    "dso": ReportColumn("DSO", "days"),
    "documents": ReportColumn("Documents", "count"),
    "duplicate": ReportColumn("Duplicate", "count", width=84),
    "false_alarm_rate": ReportColumn(
        "False alarms",
        "share",
        meaning="part of the customer months without lateness that were signalled, 0-1",
    ),
    "faulty": ReportColumn("With it", "count", meaning="invoices with the fault"),
    "faulty_share": ReportColumn(
        "Share with it", "share", meaning="part of the invoices that have the fault, 0-1"
    ),
    "hit_rate": ReportColumn("Hits", "share", meaning="part of the lateness that was signalled before, 0-1"),
    "invoices": ReportColumn("Invoices", "count"),
    "late_invoices": ReportColumn(
        "Invoices beyond a term",
        "count",
        meaning="invoices paid or standing beyond the agreed or the legal term",
    ),
    "legal_days": ReportColumn("Legal", "days", width=72),
    "legal_least": ReportColumn(
        "Legal, shortest",
        "days",
        meaning="shortest term that the law allows among the customers of a segment",
    ),
    "legal_most": ReportColumn(
        "Legal, longest", "days", meaning="longest term that the law allows among the customers of a segment"
    ),
    "level": ReportColumn("Days late now", "days", meaning="days late lately"),
    "level_past": ReportColumn(
        "Share very late", "number", meaning="part of the payments that came very late, 0-1"
    ),
    "line": ReportColumn("Line", "count", width=64),
    "longest_days": ReportColumn("Longest", "days", meaning="longest of the resolved disputes"),
    "longest_open_days": ReportColumn(
        "Open, longest", "days", width=96, meaning="age of the oldest that is still open"
    ),
    "loss_rate": ReportColumn("Loss rate", "share"),
    "mean_days": ReportColumn("Mean days", "days", width=128),
    "median_days": ReportColumn("Median, days", "days", short="Days", width=104),
    "mix": ReportColumn("Customer mix", "days"),
    "months_since_due": ReportColumn("Months since due", "count"),
    "not_due_from": ReportColumn("Not due, first day", "days"),
    "not_due_to": ReportColumn("Not due, last day", "days"),
    "step_number": ReportColumn("Step", "count"),
    "steps_in_all": ReportColumn("Steps in all", "count"),
    "oldest_days_overdue": ReportColumn("Oldest, days overdue", "days", width=136),
    "open_invoices": ReportColumn("Open invoices", "count", width=108),
    "outside_agreed": ReportColumn(
        "Outside agreed", "count", meaning="customers that pay beyond the agreed term"
    ),
    "outside_legal": ReportColumn(
        "Outside legal", "count", meaning="customers that pay beyond the legal term"
    ),
    "overdue_from": ReportColumn("Overdue, first day", "days"),
    "overdue_invoices": ReportColumn("Overdue invoices", "count"),
    "overdue_to": ReportColumn("Overdue, last day", "days"),
    "paid_before": ReportColumn(
        "Paid invoices", "count", meaning="invoices that the customer paid before the as-of day"
    ),
    "parts_due": ReportColumn("Fell due, 365 days", "count"),
    "parts_on_time": ReportColumn("Of those on time", "count"),
    "payment_terms_days": ReportColumn("Payment term, days", "days"),
    "position": ReportColumn("Order", "count"),
    "probability_30_days_late": ReportColumn(
        "Chance > 30 days late", "chance", meaning="chance that the payment is more than 30 days late, 0-1"
    ),
    "probability_below_minimum": ReportColumn(
        "Chance below minimum",
        "chance",
        short="Chance",
        width=136,
        meaning="chance that the bank balance is below the minimum, 0-1",
    ),
    "probability_in_week": ReportColumn(
        "Chance this week",
        "chance",
        short="Chance",
        width=108,
        meaning="chance that the payment falls in the week, 0-1",
    ),
    "probability_never": ReportColumn(
        "Chance never paid", "chance", meaning="chance that the invoice is never paid, 0-1"
    ),
    "probability_paid_by": ReportColumn(
        "Chance paid by then",
        "chance",
        short="Chance",
        width=128,
        meaning="chance that the invoice is paid by the day of the target, 0-1",
    ),
    "probability_paid_by_due": ReportColumn(
        "Chance paid on time", "chance", meaning="chance that the invoice is paid by its due date, 0-1"
    ),
    "least_came_true": ReportColumn(
        "At least", "share", meaning="lower 80% bound of what came true, one-sided, 0-1"
    ),
    "raised": ReportColumn("Raised", "count", meaning="signals raised"),
    "recent_days_late": ReportColumn("Days late, lately", "days"),
    "recovered_share": ReportColumn(
        "Share recovered",
        "share",
        width=112,
        meaning="part of the claimed amount that the agency recovered in ended cases, 0-1",
    ),
    "rejected": ReportColumn("Rejected", "count", width=96),
    "resolved": ReportColumn("Resolved", "count", meaning="disputes closed"),
    "rows_read": ReportColumn("Rows read", "count", width=112),
    "running": ReportColumn("Running", "count", width=72, meaning="cases that the agency still works on"),
    "said": ReportColumn("Said", "number", meaning="chance that was forecast, 0-1"),
    "share": ReportColumn("Share", "share"),
    "share_billed_from": ReportColumn(
        "Billed, first day",
        "share",
        meaning="part of the billings that the segment had on the first day, 0-1",
    ),
    "share_billed_to": ReportColumn(
        "Billed, last day", "share", meaning="part of the billings that the segment had on the last day, 0-1"
    ),
    "share_collected": ReportColumn("Share collected", "share"),
    "share_of_overdue": ReportColumn("Share of overdue", "share"),
    "share_outside_agreed": ReportColumn("Paid after agreed", "share"),
    "share_outside_legal": ReportColumn("Paid after legal", "share"),
    "share_31_60": ReportColumn("31 to 60 days", "share", width=116),
    "share_late": ReportColumn("After the due date", "share", width=144),
    "share_over_60": ReportColumn("Over 60 days", "share", width=140),
    "share_within_30": ReportColumn("Within 30 days", "share", width=124),
    "shift": ReportColumn("Shift", "days", meaning="change of the days late"),
    "shortest_days": ReportColumn("Shortest", "days", meaning="shortest of the resolved disputes"),
    "signals": ReportColumn("Signals", "count", meaning="signals of the customer"),
    "still_open": ReportColumn("Open", "count", width=64, meaning="disputes still open"),
    "taken_days": ReportColumn("Taken", "days", width=72, phone_width=72),
    "term_days": ReportColumn("Counts as agreed", "days"),
    "terms": ReportColumn("Terms granted", "days"),
    "uptake_share": ReportColumn("Uptake", "share"),
    "usual_days_late": ReportColumn(
        "Days late, usually", "days", meaning="median days late of the customer by the model"
    ),
    "wape_1": ReportColumn(
        "Error week 1", "share", meaning="absolute errors of week 1 as a part of the received, 0 and up"
    ),
    "wape_1_4": ReportColumn(
        "Error weeks 1–4",
        "share",
        meaning="absolute errors of weeks 1 to 4 as a part of the received, 0 and up",
    ),
    "wape_5_8": ReportColumn(
        "Error weeks 5–8",
        "share",
        meaning="absolute errors of weeks 5 to 8 as a part of the received, 0 and up",
    ),
    "wape_9_13": ReportColumn(
        "Error weeks 9–13",
        "share",
        meaning="absolute errors of weeks 9 to 13 as a part of the received, 0 and up",
    ),
    "kpi_value": ReportColumn(
        "Value", "control total", meaning="of a figure in its unit; a share in percents"
    ),
    "weeks": ReportColumn("Weeks ahead", "count", meaning="weeks between the two forecasts, or ahead"),
    "weight_from": ReportColumn("Billed, first day", "number"),
    "weight_share": ReportColumn(
        "Weight", "share", meaning="weight of the customer's difference among all, 0-1"
    ),
    "weight_to": ReportColumn("Billed, last day", "number"),
}
