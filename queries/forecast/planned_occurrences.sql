-- name: planned_occurrences
-- One row per day a planned line falls on in the weeks after the day, also where a bill has come in its place, or the
-- bank has paid it already.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param weeks: INTEGER = 13  how many weeks ahead
-- returns pay_date: DATE  day the line falls on
-- returns line_id: VARCHAR  the planned line
-- returns label: VARCHAR  purpose of the line
-- returns category: VARCHAR  the line's
-- returns amount: DECIMAL(18,2)  out is positive
-- returns bill_id: VARCHAR  the bill it gives way to; null: none
-- returns entry_id: VARCHAR  the bank entry that paid it before its day; null: none
select line.pay_date, line.line_id, line.label, line.category, line.amount, line.bill_id, line.entry_id
from planned_occurrence_at($as_of, $known_on, $weeks) as line
order by line.pay_date, line.line_id
