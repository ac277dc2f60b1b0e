-- name: order_numbers
-- One row per invoice that names the customer's order, dated by the day.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param entity: VARCHAR = null  only this administration
-- returns invoice_id: VARCHAR  the invoice
-- returns po_number: VARCHAR  the order number on it
select invoice.invoice_id, invoice.po_number
from invoice_at($known_on) as invoice
where
    invoice.invoice_date <= $as_of
    and invoice.invoice_type = 'invoice'
    and coalesce(invoice.po_number, '') <> ''
    and ($entity is null or coalesce(invoice.entity, '') = $entity)
order by invoice.invoice_id
