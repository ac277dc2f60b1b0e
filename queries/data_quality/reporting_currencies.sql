-- name: reporting_currencies
-- One row per change of the reporting currency, oldest first.
--
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- returns currency: VARCHAR  reporting currency from then on
-- returns recorded_at: TIMESTAMP  when it was set, UTC
select base.currency, base.recorded_at
from reporting_currency as base
where $known_on is null or base.recorded_at <= $known_on
order by base.recorded_at
