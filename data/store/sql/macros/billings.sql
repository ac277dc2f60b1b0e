-- One row per day with billings: invoices less credit notes, incl. VAT; a cancellation takes billing back on its own
-- day.
create or replace macro billing_day_at(in_known_on, in_currency, in_entity, in_segment) as table
select
    flow.post_date,
    sum(flow.amount) as amount,
    coalesce(sum(flow.rows) filter (flow.kind = 'invoice'), 0) as invoices,
from flow_day_at(in_known_on, in_currency, in_entity, in_segment) as flow
where is_billing(flow.kind)
group by flow.post_date;

-- One row per span of days, administration and currency of which a general ledger states the turnover, up to a day:
-- beside it the invoices less credit notes dated in those days, in the currency of the documents. A span that several
-- batches of bookings make up is one.
create or replace macro turnover_comparison_at(in_as_of, in_known_on, in_currency, in_entity) as table
with stated_turnover as (
    select
        stated.from_date,
        stated.to_date,
        coalesce(stated.entity, '') as entity,
        stated.currency,
        sum(stated.amount) as amount,
    from turnover_at(in_known_on) as stated
    where
        stated.to_date <= in_as_of
        and (in_currency is null or stated.currency = in_currency)
        and (in_entity is null or coalesce(stated.entity, '') = in_entity)
    group by all
),
billing_of_day as (
    select item.entity, item.currency, item.post_date as day, sum(item.document_amount) as amount
    from item_at(in_known_on, null, in_entity, null) as item
    where is_billing(item.kind) and item.post_date <= in_as_of
    group by all
)
select
    stated.from_date,
    stated.to_date,
    stated.entity,
    stated.currency,
    cast(stated.amount as decimal(38, 2)) as ledger_turnover,
    cast(coalesce(sum(billing.amount), 0) as decimal(38, 2)) as invoiced_amount,
    cast(coalesce(sum(billing.amount), 0) - stated.amount as decimal(38, 2)) as turnover_difference,
from stated_turnover as stated
left join billing_of_day as billing
    on
        billing.entity = stated.entity
        and billing.currency = stated.currency
        and billing.day between stated.from_date and stated.to_date
group by stated.from_date, stated.to_date, stated.entity, stated.currency, stated.amount;

-- One row per day: what was billed in the 90 and 365 days to it, and in its calendar month so far.
create or replace macro billing_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
select
    point.day,
    coalesce(sum(billing.amount) filter (billing.post_date > point.day - 90), 0) as billings_90,
    coalesce(sum(billing.amount), 0) as billings_365,
    coalesce(sum(billing.amount) filter (billing.post_date >= date_trunc('month', point.day)), 0) as billings_month,
from day_in(in_days) as point
left join billing_day_at(in_known_on, in_currency, in_entity, in_segment) as billing
    on billing.post_date > point.day - 365 and billing.post_date <= point.day
group by point.day;

-- One row per day: days of sales outstanding by countback, calendar months walked back until they add up to what is
-- open. counted_billings: of the months walked, the last one as a whole.
create or replace macro countback_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with open_on_day as materialized (
    select balance.day, balance.open_amount
    from balance_on(in_days, in_known_on, in_currency, in_entity, in_segment) as balance
),
billing_day as materialized (
    select billing.* from billing_day_at(in_known_on, in_currency, in_entity, in_segment) as billing
),
first_invoice as (
    select min(billing.post_date) as day from billing_day as billing where billing.invoices > 0
),
month_walked as (
    select
        balance.day,
        balance.open_amount as rest,
        cast(unnest(generate_series(
            date_trunc('month', first.day), date_trunc('month', balance.day), interval 1 month
        )) as date) as month_start,
    from open_on_day as balance
    cross join first_invoice as first
    where balance.open_amount > 0 and first.day <= balance.day
),
billings_of_month as (
    select
        month.day,
        month.rest,
        month.month_start,
        date_diff('day', month.month_start, least(last_day(month.month_start), month.day)) + 1 as month_days,
        coalesce(sum(billing.amount), 0) as amount,
    from month_walked as month
    left join billing_day as billing
        on
            billing.post_date >= month.month_start
            and billing.post_date <= least(last_day(month.month_start), month.day)
    group by all
),
billings_so_far as (
    select
        month.*,
        sum(month.amount) over back as amount_so_far,
        sum(month.month_days) over back as days_so_far,
    from billings_of_month as month
    window back as (partition by month.day order by month.month_start desc)
),
month_reached as (
    select
        month.day,
        max_by(
            month.days_so_far - month.month_days
            + (month.rest - (month.amount_so_far - month.amount)) / nullif(month.amount, 0) * month.month_days,
            month.month_start
        ) filter (month.amount_so_far >= month.rest) as days_reached,
        max_by(month.amount_so_far, month.month_start) filter (month.amount_so_far >= month.rest) as amount_reached,
        sum(month.month_days) as days_in_all,
        sum(month.amount) as amount_in_all,
    from billings_so_far as month
    group by month.day
)
select
    balance.day,
    balance.open_amount as rest,
    coalesce(reached.amount_reached, reached.amount_in_all, 0) as counted_billings,
    case
        when balance.open_amount <= 0 then 0
        else coalesce(reached.days_reached, cast(reached.days_in_all as double), 0)
    end as dso_countback,
    first.day as first_invoice_date,
from open_on_day as balance
cross join first_invoice as first
left join month_reached as reached on reached.day = balance.day;
