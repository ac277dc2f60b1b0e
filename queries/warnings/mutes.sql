-- name: mutes
-- One row per customer and rule that is muted on the day: why, and until when.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- returns customer_id: VARCHAR  the customer
-- returns rule: VARCHAR  the rule; null: every rule
-- returns muted_date: DATE  first day it is muted
-- returns until: DATE  last day it is muted
-- returns reason: VARCHAR  why, as written
with last_said as (
    select m.*
    from mute_at($known_on) as m
    where m.muted_date <= $as_of
    qualify row_number() over (partition by m.customer_id, m.rule order by m.muted_date desc) = 1
)
select
    l.customer_id,
    l.rule,
    l.muted_date,
    l.until,
    l.reason,
from last_said as l
where l.until >= $as_of
order by l.customer_id, l.rule
