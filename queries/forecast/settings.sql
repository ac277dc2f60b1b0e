-- name: settings
-- One row per setting the company chose, as now valid.
--
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- returns key: VARCHAR  the setting
-- returns value: VARCHAR  what was chosen
select s.key, s.value
from setting_at($known_on) as s
where s.value is not null
order by s.key
