-- One row per document within the filters, as known on a moment; entity is '' where none is given.
create or replace macro document_at(in_known_on, in_currency, in_entity) as table
select invoice.* exclude (entity), coalesce(invoice.entity, '') as entity
from invoice_at(in_known_on) as invoice
where
    (in_currency is null or invoice.currency = in_currency)
    and (in_entity is null or coalesce(invoice.entity, '') = in_entity);

-- One row per invoice that notes name, by the customer and currency of the notes: how much they are by the end of a day.
create or replace macro note_total_at(in_as_of, in_known_on) as table
select note.original_invoice_id as invoice_id, note.customer_id, note.currency, -sum(note.amount) as amount
from invoice_at(in_known_on) as note
where
    note.invoice_type = 'credit_note'
    and note.original_invoice_id is not null
    and note.invoice_date <= in_as_of
    and still_runs(note.cancelled_date, in_as_of)
group by all;

-- One row per invoice that was credited as a whole by the end of a day, by notes that name it or in the books, and on
-- which no money came: it says nothing about how its customer pays.
create or replace macro credited_invoice_at(in_as_of, in_known_on) as table
with noted as (
    select total.* from note_total_at(in_as_of, in_known_on) as total
),
credited_document as (
    select noted.invoice_id as document_id from noted
    union
    select item.document_id
    from item_at(in_known_on, null, null, null) as item
    where item.kind = 'credit' and item.document_id is not null
),
settled as (
    select
        item.document_id,
        -coalesce(sum(item.document_amount) filter (item.kind = 'credit'), 0) as credited,
        -coalesce(sum(item.document_amount) filter (is_receipt(item.kind)), 0) as received,
    from item_at(in_known_on, null, null, null) as item
    where
        item.post_date <= in_as_of
        and item.due_date is not null
        and item.document_id in (select credited.document_id from credited_document as credited)
    group by item.document_id
)
select invoice.invoice_id
from invoice_at(in_known_on) as invoice
inner join credited_document as credited on credited.document_id = invoice.invoice_id
left join noted
    on
        noted.invoice_id = invoice.invoice_id
        and noted.customer_id = invoice.customer_id
        and noted.currency = invoice.currency
left join settled on settled.document_id = invoice.invoice_id
where
    invoice.invoice_type = 'invoice'
    and greatest(coalesce(noted.amount, 0), coalesce(settled.credited, 0)) >= invoice.amount
    and coalesce(settled.received, 0) = 0;
