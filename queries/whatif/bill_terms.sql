-- name: bill_terms
-- One row: how long after their bill date the suppliers' bills fall due, over all bills of the day and before.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns bills: BIGINT  how many bills
-- returns median_days: DOUBLE  median of the days from bill date to due date; null without bills
select
    count(*) as bills,
    cast(median(date_diff('day', bill.bill_date, bill.due_date)) as double) as median_days,
from bill_at($known_on) as bill
where bill.bill_date <= $as_of
order by bills
