-- name: scenarios
-- One row per what-if scenario that was saved and not deleted.
--
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns name: VARCHAR  the name it was saved under
-- returns toml: VARCHAR  the scenario, as `whatif` reads it
-- returns saved_at: TIMESTAMP  when it was saved, UTC
select scenario.name, scenario.toml, scenario.recorded_at as saved_at
from scenario_at($known_on) as scenario
where scenario.toml is not null
order by scenario.name
