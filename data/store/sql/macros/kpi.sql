-- Days in stock as they are set; null where they are not.
create or replace macro stock_days_at(in_known_on) as (
    select max(try_cast(setting.value as double))
    from setting_at(in_known_on) as setting
    where setting.key = 'days_in_stock'
);

-- One row per day with every figure that needs no forecast: `kpi` asks one day, `kpi_trend` the month ends.
-- in_days: DATE[], end of each day; the other macros named `_on` take it too. "90 days to D" is (D - 90, D].
-- in_dio: days in stock, in place of those that are set. A denominator that is not above 0 (more credited than billed) gives no
-- figure. What is overdue is never more than what is open: the three ways of DSO by balance add up and are no less
-- than 0 days, if customers are owed more than they owe.
create or replace macro kpi_on(in_days, in_known_on, in_currency, in_entity, in_segment, in_dio) as table
with balance_of_day as materialized (
    select
        balance.*,
        balance.open_amount + balance.unapplied as receivables,
        greatest(0, balance.open_amount) as owed_amount,
    from balance_on(
        list_concat(
            in_days,
            [day - 365 for day in in_days],
            [cast(date_trunc('month', day) as date) - 1 for day in in_days]
        ),
        in_known_on, in_currency, in_entity, in_segment
    ) as balance
),
overdue_of_day as materialized (
    select
        overdue.*,
        balance.owed_amount,
        balance.open_amount - overdue.overdue as not_due,
        greatest(0, balance.open_amount - overdue.overdue) as best_possible_amount,
    from overdue_on(in_days, in_known_on, in_currency, in_entity, in_segment) as overdue
    inner join balance_of_day as balance on balance.day = overdue.day
)
select
    balance.day,
    balance.receivables,
    balance.open_amount,
    overdue.owed_amount,
    overdue.best_possible_amount,
    overdue.owed_amount - overdue.best_possible_amount as delinquent_amount,
    balance.unapplied,
    overdue.overdue,
    overdue.overdue / above_zero(overdue.invoices_open) as overdue_share,
    overdue.d90_plus / above_zero(overdue.invoices_open) as d90_plus_share,
    coalesce(top.top10_amount, 0) / above_zero(overdue.invoices_open) as top10_share,
    dso.dso_countback,
    overdue.owed_amount / above_zero(billing.billings_90) * 90 as dso_balance_90,
    overdue.best_possible_amount / above_zero(billing.billings_90) * 90 as best_possible_dso,
    (overdue.owed_amount - overdue.best_possible_amount) / above_zero(billing.billings_90) * 90
        as average_days_delinquent,
    case
        when billing.billings_month > 0
            then
                greatest(0, opening.open_amount + billing.billings_month - balance.open_amount)
                / above_zero(opening.open_amount + billing.billings_month - overdue.not_due) * 100
    end as cei,
    payment.days_to_pay,
    payment.days_late,
    survival.days_to_pay_with_open,
    survival.days_late_with_open,
    on_time.on_time_share,
    case
        when billing.billings_365 >= 0
            then billing.billings_365 / above_zero((year_ago.receivables + balance.receivables) / 2)
    end as ar_turnover,
    record.promise_kept_share,
    record.promise_kept_amount_share,
    record.disputed_90 / above_zero(billing.billings_90) as dispute_rate,
    record.days_disputed,
    record.days_disputed_open,
    greatest(0, bill.bills_open) / above_zero(bill.bills_90) * 90 as dpo,
    coalesce(in_dio, stock_days_at(in_known_on)) as dio,
    overdue.owed_amount / above_zero(billing.billings_90) * 90 + coalesce(in_dio, stock_days_at(in_known_on))
    - greatest(0, bill.bills_open) / above_zero(bill.bills_90) * 90 as cash_conversion_cycle,
    billing.billings_90,
    billing.billings_365,
    billing.billings_month,
    opening.open_amount as opening_amount,
    dso.counted_billings,
    dso.first_invoice_date,
    payment.paid_90,
    payment.paid_days_to_pay,
    payment.paid_days_late,
    survival.closed_365,
    survival.issued_365,
from day_in(in_days) as asked
inner join balance_of_day as balance on balance.day = asked.day
inner join overdue_of_day as overdue on overdue.day = asked.day
inner join balance_of_day as opening on opening.day = cast(date_trunc('month', asked.day) as date) - 1
inner join balance_of_day as year_ago on year_ago.day = asked.day - 365
left join billing_on(in_days, in_known_on, in_currency, in_entity, in_segment) as billing on billing.day = asked.day
left join countback_on(in_days, in_known_on, in_currency, in_entity, in_segment) as dso on dso.day = asked.day
left join payment_on(in_days, in_known_on, in_currency, in_entity, in_segment) as payment on payment.day = asked.day
left join survival_on(in_days, in_known_on, in_currency, in_entity, in_segment) as survival on survival.day = asked.day
left join on_time_on(in_days, in_known_on, in_currency, in_entity, in_segment) as on_time on on_time.day = asked.day
left join top10_on(in_days, in_known_on, in_currency, in_entity, in_segment) as top on top.day = asked.day
left join follow_up_on(in_days, in_known_on, in_currency, in_entity, in_segment) as record on record.day = asked.day
left join bill_on(in_days, in_known_on, in_currency, in_entity, in_segment) as bill on bill.day = asked.day;
