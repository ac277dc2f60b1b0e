-- name: notice_ends
-- One row per channel: the fourteen days of a 14-day notice that is sent on the day, counted from its receipt.
--
-- param as_of: DATE  day the notice is sent
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns channel: VARCHAR  e-mail or letter
-- returns received_date: DATE  day it counts as received
-- returns notice_end: DATE  last of the fourteen days
with notice as (
    select unnest(['e-mail', 'letter']) as channel, $as_of as contact_date, cast(null as date) as received_date
)
select notice.channel, notice.received_date, notice_end(notice.received_date) as notice_end
from with_receipt('notice', $known_on) as notice
order by notice.channel
