-- name: collection_cases
-- One row per case handed over to a collection agency on or before the day, the latest first.
-- Amounts as recorded; a case that was closed after the day still runs on it, with what is known of it now.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param segment: VARCHAR = null  only this segment
-- param customer: VARCHAR = null  only this customer
-- returns case_id: VARCHAR  the case
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns account_manager: VARCHAR  who looks after the customer
-- returns agency: VARCHAR  who collects
-- returns opened_date: DATE  day it was handed over
-- returns status: VARCHAR  open, paid, partly_paid, withdrawn or uncollectable
-- returns closed_date: DATE  day it was closed; null while it runs on the day
-- returns claimed: DECIMAL(18,2)  what was claimed when it was handed over
-- returns recovered: DECIMAL(18,2)  what the agency collected so far
-- returns cost: DECIMAL(18,2)  what the agency charged so far
select
    k.case_id,
    k.customer_id,
    coalesce(c.customer_name, k.customer_id) as customer_name,
    c.account_manager,
    k.agency,
    k.opened_date,
    case when k.closed_date > $as_of then 'open' else k.status end as status,
    case when k.closed_date <= $as_of then k.closed_date end as closed_date,
    k.claimed,
    k.recovered,
    k.cost,
from collection_case_at($known_on) as k
left join customer_at($known_on) as c on c.customer_id = k.customer_id
where
    k.opened_date <= $as_of
    and ($segment is null or coalesce(c.segment, '') = $segment)
    and ($customer is null or k.customer_id = $customer)
order by k.opened_date desc, k.case_id
