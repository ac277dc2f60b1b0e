-- One row per day: the bills of the 90 days to it and what of all bills is unpaid at its end. Supplier bills know no
-- segment or administration: under such a filter both are empty.
create or replace macro bill_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with bill_in_view as (
    select bill.bill_date, bill.paid_date, bill.amount, bill.currency, bill.bill_date as rate_day
    from bill_at(in_known_on) as bill
    where (in_currency is null or bill.currency = in_currency) and in_entity is null and in_segment is null
),
bills_of_day as (
    select bill.bill_date, bill.paid_date, sum(converted(bill.amount, bill.rate)) as amount
    from with_rate('bill_in_view', in_known_on, in_currency) as bill
    group by all
)
select
    point.day,
    sum(bill.amount) filter (bill.bill_date > point.day - 90) as bills_90,
    coalesce(sum(bill.amount) filter (still_runs(bill.paid_date, point.day)), 0) as bills_open,
from day_in(in_days) as point
left join bills_of_day as bill on bill.bill_date <= point.day
group by point.day;
