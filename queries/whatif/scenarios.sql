-- name: scenarios
-- One row per what-if scenario somebody saved and did not throw away.
--
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- returns name: VARCHAR  as its maker calls it
-- returns toml: VARCHAR  the scenario, as `whatif` reads it
-- returns saved_at: TIMESTAMP  when it was saved, UTC
select scenario.name, scenario.toml, scenario.recorded_at as saved_at
from scenario_at($known_on) as scenario
where scenario.toml is not null
order by scenario.name
