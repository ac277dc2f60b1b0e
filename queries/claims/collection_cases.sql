-- name: collection_cases
-- One row per case handed over to a collection agency on or before the day, the latest first. Amounts as recorded by
-- now; a case that was closed after the day still runs on it.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param entity: VARCHAR = null  only this administration's, and those of all administrations
-- param segment: VARCHAR = null  only this segment
-- param customer: VARCHAR = null  only this customer
-- returns case_id: VARCHAR  the case
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns account_manager: VARCHAR  who looks after the customer
-- returns entity: VARCHAR  the administration whose claim it is; empty: of all
-- returns agency: VARCHAR  who collects
-- returns opened_date: DATE  day it was handed over
-- returns status: VARCHAR  open, paid, partly_paid, withdrawn or uncollectable
-- returns closed_date: DATE  day it was closed; null while it runs on the day
-- returns claimed: DECIMAL(18,2)  amount claimed when it was handed over
-- returns recovered: DECIMAL(18,2)  amount the agency collected so far
-- returns cost: DECIMAL(18,2)  amount the agency charged so far
select
    handover.case_id,
    handover.customer_id,
    coalesce(customer.customer_name, handover.customer_id) as customer_name,
    customer.account_manager,
    handover.entity,
    handover.agency,
    handover.opened_date,
    handover.status,
    handover.closed_date,
    handover.claimed,
    handover.recovered,
    handover.cost,
from agency_case_at($as_of, $known_on) as handover
left join customer_at($known_on) as customer on customer.customer_id = handover.customer_id
where
    ($segment is null or coalesce(customer.segment, '') = $segment)
    and ($customer is null or handover.customer_id = $customer)
    and ($entity is null or handover.entity in ('', $entity))
order by handover.opened_date desc, handover.case_id
