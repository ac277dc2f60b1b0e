-- name: kpi_trend
-- One row per month end up to the day: the figures of `kpi` on that day.
-- Without `from` the last 24 month ends, from the first invoice on.
--
-- param as_of: DATE  no month end after this day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param dio: DOUBLE = null  days in stock; null: as the setting days_in_stock has them
-- param from: DATE = null  no month end before this day
-- param to: DATE = null  no month end after this day
-- returns as_of: DATE  the day, end of it
-- returns receivables: DECIMAL(38,2)  open amounts less money on account, incl. VAT
-- returns open_amount: DECIMAL(38,2)  open amounts of all documents; credit notes count negative
-- returns unapplied: DECIMAL(38,2)  money on account, negative
-- returns overdue: DECIMAL(38,2)  open amounts of invoices past their due date; the due day itself is not overdue; credit notes and overpayments have no overdue
-- returns overdue_share: DOUBLE  overdue part of what is open on invoices, credit notes and overpayments left out, 0-1; null if none is
-- returns d90_plus_share: DOUBLE  part of what is open on invoices more than 90 days past due, 0-1
-- returns top10_share: DOUBLE  part of what is open on invoices owed by the ten customers with most of it, 0-1
-- returns dso_countback: DOUBLE  days of sales outstanding: calendar months of billings walked back until they add up to the open amounts, 0 or more
-- returns dso_balance_90: DOUBLE  days: open amounts / billings of the 90 days x 90, 0 or more; null where billings are not above 0
-- returns best_possible_dso: DOUBLE  days: open amounts less overdue / billings of the 90 days x 90, 0 or more; null where billings are not above 0
-- returns average_days_delinquent: DOUBLE  days: dso_balance_90 less best_possible_dso, 0 or more
-- returns cei: DOUBLE  collection effectiveness over the calendar month to the day, of 100: (opening + billings - open) / (opening + billings - not due), 0-100; null where billings are not above 0
-- returns days_to_pay: DOUBLE  mean days from invoice date to payment, by amount, over payments of the 90 days
-- returns days_late: DOUBLE  mean days from due date to payment, by amount, over payments of the 90 days; early is negative
-- returns days_to_pay_with_open: DOUBLE  Kaplan-Meier median days from invoice date to closing, invoices of the 365 days, open ones censored, 0 or more; null if more than half is open
-- returns days_late_with_open: DOUBLE  the same from the due date
-- returns on_time_share: DOUBLE  of the amounts that fell due in the 90 days, the part settled on or before the due date, 0-1
-- returns ar_turnover: DOUBLE  billings of the 365 days / mean of receivables at their beginning and end, times a year; null where one of the two is below 0
-- returns promise_kept_share: DOUBLE  promises kept of all due by then, by count, 0-1; settled in full from the day made to the day promised
-- returns promise_kept_amount_share: DOUBLE  the same by amount, 0-1
-- returns dispute_rate: DOUBLE  amount disputed in the 90 days / billings of the 90 days, 0 or more; null where billings are not above 0
-- returns days_disputed: DOUBLE  mean days from opening to closing, disputes closed in the 365 days, 0 or more
-- returns days_disputed_open: DOUBLE  mean age in days of disputes still open, 0 or more
-- returns dpo: DOUBLE  days payables outstanding: open bills / bills of the 90 days x 90, 0 or more; null under an entity or segment filter
-- returns dio: DOUBLE  days in stock, as given or set
-- returns cash_conversion_cycle: DOUBLE  dso_balance_90 + dio - dpo, in days; null unless dio and dpo are known
-- returns billings_90: DECIMAL(38,2)  invoices less credit notes of the 90 days, incl. VAT; a cancellation counts negative on its day
-- returns billings_365: DECIMAL(38,2)  the same over 365 days
select
    kpi.day as as_of,
    kpi.receivables,
    kpi.open_amount,
    kpi.unapplied,
    kpi.overdue,
    kpi.overdue_share,
    kpi.d90_plus_share,
    kpi.top10_share,
    kpi.dso_countback,
    kpi.dso_balance_90,
    kpi.best_possible_dso,
    kpi.average_days_delinquent,
    kpi.cei,
    kpi.days_to_pay,
    kpi.days_late,
    kpi.days_to_pay_with_open,
    kpi.days_late_with_open,
    kpi.on_time_share,
    kpi.ar_turnover,
    kpi.promise_kept_share,
    kpi.promise_kept_amount_share,
    kpi.dispute_rate,
    kpi.days_disputed,
    kpi.days_disputed_open,
    kpi.dpo,
    kpi.dio,
    kpi.cash_conversion_cycle,
    kpi.billings_90,
    kpi.billings_365,
from kpi_on(
    [
        month_end
        for month_end in [
            last_day(cast(month as date))
            for month in generate_series(
                date_trunc('month', coalesce($from, cast($as_of + 1 - interval 24 month as date))),
                date_trunc('month', least($as_of, coalesce($to, $as_of))),
                interval 1 month
            )
        ]
        if month_end <= $as_of and month_end <= coalesce($to, $as_of)
    ],
    $known_on, $currency, $entity, $segment, $dio
) as kpi
where $from is not null or kpi.first_invoice_date <= kpi.day
order by as_of
