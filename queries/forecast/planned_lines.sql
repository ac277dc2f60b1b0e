-- name: planned_lines
-- One row per planned line, as now valid: what is paid or received without an invoice or a bill yet.
--
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- returns line_id: VARCHAR  the planned line
-- returns label: VARCHAR  what the line is for
-- returns category: VARCHAR  the line's
-- returns amount: DECIMAL(18,2)  out is negative
-- returns first_date: DATE  day it falls on first
-- returns repeat: VARCHAR  none, weekly, monthly, quarterly or yearly
-- returns until: DATE  last day it can fall on; null: no end
select p.line_id, p.label, p.category, p.amount, p.first_date, p.repeat, p.until
from planned_cash_at($known_on) as p
order by p.first_date, p.line_id
