"""The KPIs, in the order in which the definitions list them."""

from types import MappingProxyType

from reports.columns.column import ReportColumn

KPIS = MappingProxyType(
    {
        "receivables": ReportColumn("Receivables", "money", in_row_currency=True),
        "open_amount": ReportColumn("Open", "money", width=112),
        "unapplied": ReportColumn("On account", "money", in_row_currency=True),
        "overdue": ReportColumn("Overdue", "money", better="down"),
        "overdue_share": ReportColumn("Overdue share", "share", better="down"),
        "d90_plus_share": ReportColumn("Share over 90 days", "share", better="down"),
        "top10_share": ReportColumn("Top 10 share", "share", better="down"),
        "dso_countback": ReportColumn("DSO, countback", "days", short="DSO", better="down"),
        "dso_balance_90": ReportColumn("DSO, balance 90", "days", better="down"),
        "best_possible_dso": ReportColumn("Best possible DSO", "days", better="down"),
        "average_days_delinquent": ReportColumn("Days delinquent", "days", better="down"),
        "cei": ReportColumn("Collection (CEI)", "score", better="up"),
        "days_to_pay": ReportColumn("Days to pay", "days", better="down"),
        "days_late": ReportColumn("Days late", "days", short="Days", phone_width=62, better="down"),
        "days_to_pay_with_open": ReportColumn("To pay, with open", "days", better="down"),
        "days_late_with_open": ReportColumn("Late, with open", "days", better="down"),
        "on_time_share": ReportColumn("Paid on time", "share", better="up"),
        "ar_turnover": ReportColumn("AR turnover", "number", better="up"),
        "promise_kept_share": ReportColumn("Promises kept", "share", better="up"),
        "promise_kept_amount_share": ReportColumn("Promised and received", "share", better="up"),
        "dispute_rate": ReportColumn("Dispute rate", "share", better="down"),
        "days_disputed": ReportColumn("Days disputed", "days", better="down"),
        "days_disputed_open": ReportColumn("Dispute age, open", "days", better="down"),
        "dpo": ReportColumn("Supplier days (DPO)", "days", short="DPO"),
        "dio": ReportColumn("Stock days (DIO)", "days", better="down"),
        "cash_conversion_cycle": ReportColumn("Cash cycle", "days", better="down"),
        "billings_90": ReportColumn("Billed, 90 days", "money"),
        "billings_365": ReportColumn("Billed, 365 days", "money"),
    }
)
