-- name: list_coverage
-- One row: how far lists of open items take the place of payments in the 365 days to the day.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- returns listed_invoices: BIGINT  invoices of which a list settled something: no figure about when customers pay counts them
-- returns received_invoices: BIGINT  other invoices on which money came in
-- returns list_date: DATE  day of the latest list; null without one
with listed_invoice as (
    select listed.document_id, listed.listed_date
    from listed_document_at($as_of, $known_on, $currency, $entity, $segment) as listed
    where listed.invoice_type = 'invoice'
),
paid_invoice as (
    select item.document_id
    from item_at($known_on, $currency, $entity, $segment) as item
    where
        is_receipt(item.kind)
        and item.invoice_type = 'invoice'
        and item.due_date is not null
        and item.post_date > $as_of - 365
        and item.post_date <= $as_of
    group by item.document_id
    having sum(item.weight) > 0
)
select
    (select count(*) from listed_invoice as listed where listed.listed_date > $as_of - 365) as listed_invoices,
    (
        select count(*)
        from paid_invoice as paid
        where paid.document_id not in (select listed.document_id from listed_invoice as listed)
    ) as received_invoices,
    max(item.list_date) as list_date,
from open_item_at($known_on) as item
where item.list_date <= $as_of
order by list_date
