-- name: settings
-- One row per setting the company chose, as now valid.
--
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns key: VARCHAR  the setting
-- returns value: VARCHAR  the value chosen
select setting.key, setting.value
from setting_at($known_on) as setting
where setting.value is not null
order by setting.key
