-- name: setting_dates
-- One row per setting the company chose, as now valid, with the instant it was saved or loaded.
--
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns key: VARCHAR  the setting
-- returns recorded_at: TIMESTAMP  when it was saved or loaded, UTC
select setting.key, setting.recorded_at
from setting_at($known_on) as setting
where setting.value is not null
order by setting.key
