-- name: contacts
-- One row per contact with a customer by the day, out and in; the oldest first.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param customer: VARCHAR = null  only this customer
-- returns customer_id: VARCHAR  the customer
-- returns invoice_id: VARCHAR  the document it was about; null where none is named
-- returns contact_date: DATE  day of the contact
-- returns channel: VARCHAR  how, as recorded
-- returns direction: VARCHAR  out (to the customer) or in (from it)
-- returns kind: VARCHAR  kind of contact: friendly_reminder, call, reply, as recorded
-- returns received_date: DATE  day it counts as received: as recorded, else by its channel
-- returns contact_id: VARCHAR  number of the contact; one about several invoices has a row for each
-- returns person: VARCHAR  who was spoken to
-- returns outcome: VARCHAR  promised, no_answer, call_back, dispute, wrong_invoice or other; null: not recorded
-- returns note: VARCHAR  what was noted of it
-- returns next_contact_date: DATE  day until which the customer is left alone; null: as long as after any contact
-- returns contact_amount: DECIMAL(18,2)  promised or disputed in it, of all its invoices together
-- returns promised_date: DATE  day promised in it; null: none
-- returns contact_recorded_at: TIMESTAMP  instant it was recorded (UTC)
-- returns is_since_books: BOOLEAN  recorded after the books were last loaded
with contact_by_day as (
    select contact.*
    from contact_at($known_on) as contact
    where contact.contact_date <= $as_of and ($customer is null or contact.customer_id = $customer)
),
promised_day as (
    select promise.contact_id, max(promise.promised_date) as promised_date
    from promise_at($known_on) as promise
    where promise.contact_id is not null
    group by promise.contact_id
)
select
    contact.customer_id,
    contact.invoice_id,
    contact.contact_date,
    contact.channel,
    contact.direction,
    contact.kind,
    contact.received_date,
    contact.contact_id,
    contact.person,
    contact.outcome,
    contact.note,
    contact.next_date as next_contact_date,
    contact.amount as contact_amount,
    promise.promised_date,
    contact.recorded_at as contact_recorded_at,
    contact.recorded_at > coalesce((select max(batch.recorded_at) from batch), contact.recorded_at) as is_since_books,
from with_receipt('contact_by_day', $known_on) as contact
left join promised_day as promise on promise.contact_id = contact.contact_id
order by contact.contact_date, contact.customer_id, contact.invoice_id, contact.kind, contact.channel, contact.direction, contact.contact_id
