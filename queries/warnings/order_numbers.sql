-- name: order_numbers
-- One row per invoice that names the customer's order, dated by the day.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param entity: VARCHAR = null  only this administration
-- returns invoice_id: VARCHAR  the invoice
-- returns po_number: VARCHAR  the order number on it
select i.invoice_id, i.po_number
from invoice_at($known_on) as i
where
    i.invoice_date <= $as_of
    and i.invoice_type = 'invoice'
    and coalesce(i.po_number, '') <> ''
    and ($entity is null or coalesce(i.entity, '') = $entity)
order by i.invoice_id
