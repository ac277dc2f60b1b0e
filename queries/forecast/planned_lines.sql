-- name: planned_lines
-- One row per planned line, as now valid: what is paid or received without an invoice or a bill yet.
--
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns line_id: VARCHAR  the planned line
-- returns label: VARCHAR  purpose of the line
-- returns category: VARCHAR  the line's
-- returns amount: DECIMAL(18,2)  out is negative
-- returns first_date: DATE  day it falls on first
-- returns repeat: VARCHAR  none, weekly, monthly, quarterly or yearly
-- returns until: DATE  last day it can fall on; null: no end
select line.line_id, line.label, line.category, line.amount, line.first_date, line.repeat, line.until
from planned_cash_at($known_on) as line
order by line.first_date, line.line_id
