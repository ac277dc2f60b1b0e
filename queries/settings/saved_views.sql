-- name: saved_views
-- One row per view of a screen that was saved under a name and not removed, by name.
--
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns name: VARCHAR  the name it was saved under
-- returns address: VARCHAR  its screen and what the address asks for
select saved_view.name, saved_view.address
from saved_view_at($known_on) as saved_view
where saved_view.address is not null
order by saved_view.name
