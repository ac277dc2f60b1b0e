-- name: disputes
-- One row per dispute about a document in the books, opened on or before the day; open ones first, largest first.
-- A dispute that names an unknown document has no row; the findings list it.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param customer: VARCHAR = null  only this customer
-- returns invoice_id: VARCHAR  the document
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns account_manager: VARCHAR  who looks after the customer
-- returns opened_date: DATE  day it was opened
-- returns closed_date: DATE  day it was closed; null while open on the day
-- returns reason: VARCHAR  why, as recorded
-- returns amount: DECIMAL(38,2)  amount disputed
-- returns days_open: BIGINT  days from opening to closing, or to the day, 0 or more
-- returns is_open: BOOLEAN  not closed on or before the day
select
    dispute.invoice_id,
    dispute.customer_id,
    coalesce(customer.customer_name, dispute.customer_id) as customer_name,
    customer.account_manager,
    dispute.opened_date,
    dispute.closed_date,
    dispute.reason,
    cast(dispute.amount as decimal(38, 2)) as amount,
    date_diff('day', dispute.opened_date, coalesce(dispute.closed_date, $as_of)) as days_open,
    dispute.is_open,
from dispute_amount_at($as_of, $known_on, $currency, $entity) as dispute
left join customer_at($known_on) as customer on customer.customer_id = dispute.customer_id
where
    ($segment is null or coalesce(customer.segment, '') = $segment)
    and ($customer is null or dispute.customer_id = $customer)
order by is_open desc, amount desc, dispute.invoice_id, dispute.opened_date
