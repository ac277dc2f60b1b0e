-- name: payments_out
-- One row per payment expected in the weeks after the day: what is left of bills on their due date, and planned lines.
-- A bill that is past due is expected on the first day. A planned line gives way to the bill that carries its id, or
-- its label as supplier and falls due within ten days of it, and to a bank entry that paid it before its day.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param weeks: INTEGER = 13  how many weeks ahead
-- returns pay_date: DATE  day the payment is expected
-- returns source: VARCHAR  bill or planned
-- returns line_id: VARCHAR  the bill, or the planned line
-- returns label: VARCHAR  supplier, or purpose of the line
-- returns category: VARCHAR  the line's; of a bill that of a line with its id or its supplier as label, else suppliers
-- returns amount: DECIMAL(38,2)  reporting currency, out is positive; null where a rate is missing
-- returns discount_until: DATE  last day on which a bill can be paid with its early-payment discount; null: none
-- returns discount_amount: DECIMAL(38,2)  what that saves, reporting currency; null: nothing
with days_ahead as (
    select $as_of + 1 as first_day, $as_of + cast(7 * $weeks as integer) as last_day
),
open_bill as (
    select
        bill.bill_id,
        bill.supplier,
        bill.currency,
        bill.bill_date as rate_day,
        bill.open_amount as amount,
        bill.discount_until,
        bill.discount_amount,
        greatest(bill.due_date, ahead.first_day) as pay_date,
    from open_bill_at($as_of, $known_on) as bill
    cross join days_ahead as ahead
    where greatest(bill.due_date, ahead.first_day) <= ahead.last_day
),
bill_payment as (
    select
        bill.pay_date,
        'bill' as source,
        bill.bill_id as line_id,
        bill.supplier as label,
        coalesce(
            (
                select min(line.category)
                from planned_cash_at($known_on) as line
                where bill.bill_id = line.line_id or bill.supplier = line.label
            ),
            'suppliers'
        ) as category,
        converted(bill.amount, bill.rate) as amount,
        bill.discount_until,
        converted(bill.discount_amount, bill.rate) as discount_amount,
    from with_rate('open_bill', $known_on, null) as bill
),
planned_payment as (
    select
        line.pay_date,
        'planned' as source,
        line.line_id,
        line.label,
        line.category,
        line.amount,
        null as discount_until,
        null as discount_amount,
    from planned_occurrence_at($as_of, $known_on, $weeks) as line
    where line.bill_id is null and line.entry_id is null
),
payment_expected as (
    select bill.* from bill_payment as bill
    union all
    select line.* from planned_payment as line
)
select
    payment.pay_date,
    payment.source,
    payment.line_id,
    payment.label,
    payment.category,
    cast(payment.amount as decimal(38, 2)) as amount,
    payment.discount_until,
    cast(payment.discount_amount as decimal(38, 2)) as discount_amount,
from payment_expected as payment
order by payment.pay_date, payment.source, payment.line_id
