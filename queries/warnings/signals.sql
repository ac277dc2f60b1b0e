-- name: signals
-- One row per early warning that was kept, raised by the day: with its numbers of that day, and when it cleared.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param customer: VARCHAR = null  only this customer
-- returns rule: VARCHAR  the rule
-- returns customer_id: VARCHAR  the customer
-- returns raised_date: DATE  day it was kept first
-- returns since_date: DATE  first day it held
-- returns value: DECIMAL(18,10)  the number that was compared
-- returns limit_value: DECIMAL(18,10)  the limit it was compared with
-- returns invoices: VARCHAR  numbers of the documents it was about, a JSON array
-- returns cleared_date: DATE  day it was seen to be gone; null while it holds
select
    signal.rule,
    signal.customer_id,
    signal.raised_date,
    signal.since_date,
    signal.value,
    signal.limit_value,
    signal.invoices,
    case when signal.cleared_date <= $as_of then signal.cleared_date end as cleared_date,
from signal_at($known_on) as signal
where signal.raised_date <= $as_of and ($customer is null or signal.customer_id = $customer)
order by signal.raised_date desc, signal.rule, signal.customer_id, signal.since_date
