-- Early-payment discount: what is payable until when, and where it was taken.

-- Days after the last day of a discount on which it is still granted.
create or replace macro discount_grace_at(in_known_on) as (
    select coalesce(max(try_cast(setting.value as integer)), 0)
    from setting_at(in_known_on) as setting
    where setting.key = 'discount_grace_days'
);

create or replace macro discount_last_date(in_invoice_date, in_discount_days, in_known_on) as
    in_invoice_date + cast(in_discount_days + discount_grace_at(in_known_on) as integer);

-- One row per invoice with a discount: its last day, the amount it is a share of (VAT included, less the notes that
-- name it by the day), and the discount itself. Amounts in the currency of the document.
create or replace macro invoice_discount_at(in_as_of, in_known_on) as table
with invoice_with_base as (
    select
        invoice.invoice_id,
        invoice.customer_id,
        invoice.amount,
        invoice.vat_amount,
        invoice.discount_percent,
        discount_last_date(invoice.invoice_date, invoice.discount_days, in_known_on) as last_date,
        greatest(invoice.amount - coalesce(noted.amount, 0), 0) as base,
    from invoice_at(in_known_on) as invoice
    left join note_total_at(in_as_of, in_known_on) as noted
        on
            noted.invoice_id = invoice.invoice_id
            and noted.customer_id = invoice.customer_id
            and noted.currency = invoice.currency
    where
        invoice.invoice_type = 'invoice'
        and invoice.discount_percent > 0
        and invoice.discount_days is not null
        and invoice.invoice_date <= in_as_of
)
select
    invoice.invoice_id,
    invoice.customer_id,
    invoice.last_date,
    cast(invoice.base as decimal(18, 2)) as base,
    cast(
        round(cast(invoice.base as decimal(18, 2)) * cast(invoice.discount_percent / 100 as decimal(18, 10)), 2)
        as decimal(18, 2)
    ) as amount,
    -- The discount lowers the price, and with it the VAT, by the same share.
    cast(
        round(
            cast(invoice.base as decimal(18, 2)) * cast(invoice.discount_percent / 100 as decimal(18, 10))
            * cast(invoice.vat_amount / nullif(invoice.amount, 0) as decimal(18, 10)),
            2
        ) as decimal(18, 2)
    ) as vat_amount,
from invoice_with_base as invoice;

-- One row per invoice whose discount was taken: from the day on which what had come in by its last day came to the rest
-- (taken_date), until the day on which some of that came back (lost_date; null: it did not); amount: of the discount, in
-- the currency of the document.
create or replace macro discount_taken_at(in_known_on) as table
with discounted_invoice as materialized (
    select
        invoice.invoice_id,
        invoice.customer_id,
        invoice.currency,
        invoice.amount,
        discount_last_date(invoice.invoice_date, invoice.discount_days, in_known_on) as last_date,
        cast(invoice.discount_percent / 100 as decimal(18, 10)) as share,
    from invoice_at(in_known_on) as invoice
    where
        invoice.invoice_type = 'invoice' and invoice.discount_percent > 0 and invoice.discount_days is not null
),
receipt as materialized (
    select
        item.document_id,
        item.post_date,
        item.event_date,
        -sum(item.document_amount) as amount,
    from item_at(in_known_on, null, null, null) as item
    inner join discounted_invoice as invoice on invoice.invoice_id = item.document_id
    where is_receipt(item.kind) and item.due_date is not null
    group by item.document_id, item.post_date, item.event_date
    having sum(item.document_amount) <> 0
),
noted as (
    select paid.document_id, paid.post_date, -sum(note.amount) as amount
    from (select distinct receipt.document_id, receipt.post_date from receipt) as paid
    inner join discounted_invoice as invoice on invoice.invoice_id = paid.document_id
    inner join invoice_at(in_known_on) as note
        on
            note.original_invoice_id = paid.document_id
            and note.customer_id = invoice.customer_id
            and note.currency = invoice.currency
    where
        note.invoice_type = 'credit_note'
        and note.invoice_date <= paid.post_date
        and (note.cancelled_date is null or note.cancelled_date > paid.post_date)
    group by paid.document_id, paid.post_date
),
state_on_day as (
    select
        paid.document_id,
        paid.post_date,
        paid.event_date,
        sum(paid.amount) over (
            partition by paid.document_id order by paid.post_date, paid.event_date
            rows between unbounded preceding and current row
        ) as paid,
        invoice.last_date,
        greatest(invoice.amount - coalesce(noted.amount, 0), 0) as base,
        invoice.share,
    from receipt as paid
    inner join discounted_invoice as invoice on invoice.invoice_id = paid.document_id
    left join noted on noted.document_id = paid.document_id and noted.post_date = paid.post_date
),
state_with_rest as materialized (
    select
        state.*,
        state.base - round(cast(state.base as decimal(18, 2)) * state.share, 2) as least_amount,
    from state_on_day as state
),
taken as (
    select state.document_id, min(state.post_date) as taken_date
    from state_with_rest as state
    where
        state.event_date <= state.last_date
        and state.base > 0
        and state.paid >= state.least_amount
        and state.paid < state.base
    group by state.document_id
)
select
    taken.document_id,
    taken.taken_date,
    max(state.base - state.least_amount) filter (state.post_date = taken.taken_date) as amount,
    min(state.post_date) filter (
        state.post_date > taken.taken_date and state.paid < state.least_amount
    ) as lost_date,
from taken
inner join state_with_rest as state on state.document_id = taken.document_id
group by taken.document_id, taken.taken_date;

-- One row per invoice whose last day for a discount is not over at the end of a day: until when, and how much. Where it
-- was taken already, nothing is owed.
create or replace macro discount_offer_at(in_as_of, in_known_on) as table
select discount.invoice_id, discount.last_date, discount.amount
from invoice_discount_at(in_as_of, in_known_on) as discount
where discount.last_date >= in_as_of and discount.amount > 0;
