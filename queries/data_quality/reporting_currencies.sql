-- name: reporting_currencies
-- One row per change of the reporting currency, oldest first.
--
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- returns currency: VARCHAR  reporting currency from then on
-- returns recorded_at: TIMESTAMP  when it was set, UTC
select r.currency, r.recorded_at
from reporting_currency as r
where $known_on is null or r.recorded_at <= $known_on
order by r.recorded_at
