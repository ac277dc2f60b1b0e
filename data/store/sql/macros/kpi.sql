-- The figures, each defined once, for every day of a list: `kpi` asks one day, `kpi_trend` the month ends.
-- in_days: DATE[], end of each day; the filters are those of items.sql. "90 days to D" is (D - 90, D].

-- All figures together, one row per day. in_dio: days in stock, where they are known.
create or replace macro kpi_on(in_days, in_known_on, in_currency, in_entity, in_segment, in_dio) as table
with balance as materialized (
    select b.*, b.open_amount + b.unapplied as receivables, b.open_amount - b.overdue as not_due,
    from balance_on(
        list_concat(
            in_days,
            [one - 365 for one in in_days],
            [cast(date_trunc('month', one) as date) - 1 for one in in_days]
        ),
        in_known_on, in_currency, in_entity, in_segment
    ) as b
)
select
    b.day,
    b.receivables,
    b.open_amount,
    b.not_due,
    b.unapplied,
    b.overdue,
    b.overdue / nullif(b.open_amount, 0) as overdue_share,
    b.d90_plus / nullif(b.open_amount, 0) as d90_plus_share,
    coalesce(t.top10_amount, 0) / nullif(b.open_amount, 0) as top10_share,
    c.dso_countback,
    b.open_amount / nullif(f.billings_90, 0) * 90 as dso_balance_90,
    b.not_due / nullif(f.billings_90, 0) * 90 as best_possible_dso,
    b.overdue / nullif(f.billings_90, 0) * 90 as average_days_delinquent,
    (m.open_amount + f.billings_month - b.open_amount)
    / nullif(m.open_amount + f.billings_month - b.not_due, 0) * 100 as cei,
    p.days_to_pay,
    p.days_late,
    s.days_to_pay_with_open,
    s.days_late_with_open,
    o.on_time_share,
    f.billings_365 / nullif((y.receivables + b.receivables) / 2, 0) as ar_turnover,
    k.promise_kept_share,
    k.promise_kept_amount_share,
    k.disputed_90 / nullif(f.billings_90, 0) as dispute_rate,
    k.days_disputed,
    k.days_disputed_open,
    l.bills_open / nullif(l.bills_90, 0) * 90 as dpo,
    in_dio as dio,
    b.open_amount / nullif(f.billings_90, 0) * 90 + in_dio
    - l.bills_open / nullif(l.bills_90, 0) * 90 as cash_conversion_cycle,
    f.billings_90,
    f.billings_365,
    f.billings_month,
    m.open_amount as opening_amount,
    c.counted_billings,
    c.first_invoice_date,
    p.paid_90,
    p.paid_days_to_pay,
    p.paid_days_late,
    s.closed_365,
    s.issued_365,
from (select distinct unnest(in_days) as day) as q
inner join balance as b on b.day = q.day
inner join balance as m on m.day = cast(date_trunc('month', q.day) as date) - 1
inner join balance as y on y.day = q.day - 365
left join billing_on(in_days, in_known_on, in_currency, in_entity, in_segment) as f on f.day = q.day
left join countback_on(in_days, in_known_on, in_currency, in_entity, in_segment) as c on c.day = q.day
left join payment_on(in_days, in_known_on, in_currency, in_entity, in_segment) as p on p.day = q.day
left join survival_on(in_days, in_known_on, in_currency, in_entity, in_segment) as s on s.day = q.day
left join on_time_on(in_days, in_known_on, in_currency, in_entity, in_segment) as o on o.day = q.day
left join top10_on(in_days, in_known_on, in_currency, in_entity, in_segment) as t on t.day = q.day
left join follow_up_on(in_days, in_known_on, in_currency, in_entity, in_segment) as k on k.day = q.day
left join bill_on(in_days, in_known_on, in_currency, in_entity, in_segment) as l on l.day = q.day;
