-- name: contacts
-- One row per contact with a customer by the day, out and in; the oldest first.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param customer: VARCHAR = null  only this customer
-- returns customer_id: VARCHAR  the customer
-- returns invoice_id: VARCHAR  the document it was about; null where none is named
-- returns contact_date: DATE  day of the contact
-- returns channel: VARCHAR  how, as recorded
-- returns direction: VARCHAR  out (to the customer) or in (from it)
-- returns kind: VARCHAR  what it was: friendly_reminder, call, reply, as recorded
select
    c.customer_id,
    c.invoice_id,
    c.contact_date,
    c.channel,
    c.direction,
    c.kind,
from contact_at($known_on) as c
where c.contact_date <= $as_of and ($customer is null or c.customer_id = $customer)
order by c.contact_date, c.customer_id, c.invoice_id, c.kind, c.channel, c.direction
