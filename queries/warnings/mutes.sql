-- name: mutes
-- One row per customer and rule that is muted on the day: why, and until when.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns customer_id: VARCHAR  the customer
-- returns rule: VARCHAR  the rule; null: every rule
-- returns muted_date: DATE  first day it is muted
-- returns until: DATE  last day it is muted
-- returns reason: VARCHAR  why, as written
with last_mute as (
    select mute.*
    from mute_at($known_on) as mute
    where mute.muted_date <= $as_of
    qualify row_number() over (partition by mute.customer_id, mute.rule order by mute.muted_date desc) = 1
)
select
    mute.customer_id,
    mute.rule,
    mute.muted_date,
    mute.until,
    mute.reason,
from last_mute as mute
where mute.until >= $as_of
order by mute.customer_id, mute.rule
