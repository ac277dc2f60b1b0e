-- The day an age is counted from: the invoice date, or the due date as usual.
create or replace macro aged_from(in_basis, in_invoice_date, in_due_date) as
    case when in_basis = 'invoice' then in_invoice_date else in_due_date end;

-- The number of the bucket an age falls in: 0 is not due, in_limits the last day of each bucket but the final one.
-- The final bucket is tested first: most rows of a ledger are old and settled.
create or replace macro bucket_of(in_days, in_limits) as
    case
        when in_days > in_limits[len(in_limits)] then len(in_limits) + 1
        when in_days <= 0 then 0
        when in_days <= in_limits[1] then 1
        when in_days <= in_limits[2] then 2
        when in_days <= in_limits[3] then 3
        when in_days <= in_limits[4] then 4
        when in_days <= in_limits[5] then 5
        when in_days <= in_limits[6] then 6
        when in_days <= in_limits[7] then 7
        else 8
    end;

-- Whether what is open on a part is credit: all of a credit note, and what was paid too much on an invoice.
create or replace macro is_credit(in_invoice_type, in_open_amount) as
    in_invoice_type <> 'invoice' or in_open_amount < 0;

-- One row per customer and bucket with an amount at the end of a day: 0 is not due, and up; -1 is money on account.
-- With in_credits 'apart' the buckets hold invoices, and credit stands in -2.
create or replace macro aged_amount_at(
    in_as_of, in_known_on, in_currency, in_entity, in_segment, in_limits, in_basis, in_credits
) as table
with credit as (
    select
        document.customer_id,
        bucket_of(date_diff('day', aged_from(in_basis, document.invoice_date, document.due_date), in_as_of), in_limits)
            as bucket,
        document.open_amount as amount,
    from open_document_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as document
    where in_credits = 'apart' and is_credit(document.invoice_type, document.open_amount)
),
amount_in_bucket as (
    select
        item.customer_id,
        case
            when item.due_date is null then -1
            when in_basis = 'invoice' then bucket_of(date_diff('day', item.invoice_date, in_as_of), in_limits)
            else bucket_of(date_diff('day', item.due_date, in_as_of), in_limits)
        end as bucket,
        item.amount,
    from item_at(in_known_on, in_currency, in_entity, in_segment) as item
    where item.post_date <= in_as_of
    union all
    select credit.customer_id, credit.bucket, -credit.amount as amount from credit
    union all
    select credit.customer_id, -2 as bucket, credit.amount from credit
)
select amounts.customer_id, amounts.bucket, sum(amounts.amount) as amount,
from amount_in_bucket as amounts
group by amounts.customer_id, amounts.bucket
having sum(amounts.amount) <> 0;

-- One row per owner in a table of (owner_id, bucket, amount): its amounts side by side.
create or replace macro bucket_columns_of(in_amounts) as table
select
    amounts.owner_id,
    coalesce(sum(amounts.amount) filter (amounts.bucket = 0), 0) as bucket_0,
    coalesce(sum(amounts.amount) filter (amounts.bucket = 1), 0) as bucket_1,
    coalesce(sum(amounts.amount) filter (amounts.bucket = 2), 0) as bucket_2,
    coalesce(sum(amounts.amount) filter (amounts.bucket = 3), 0) as bucket_3,
    coalesce(sum(amounts.amount) filter (amounts.bucket = 4), 0) as bucket_4,
    coalesce(sum(amounts.amount) filter (amounts.bucket = 5), 0) as bucket_5,
    coalesce(sum(amounts.amount) filter (amounts.bucket = 6), 0) as bucket_6,
    coalesce(sum(amounts.amount) filter (amounts.bucket = 7), 0) as bucket_7,
    coalesce(sum(amounts.amount) filter (amounts.bucket = 8), 0) as bucket_8,
    coalesce(sum(amounts.amount) filter (amounts.bucket = 9), 0) as bucket_9,
    coalesce(sum(amounts.amount) filter (amounts.bucket = -2), 0) as credits,
    coalesce(sum(amounts.amount) filter (amounts.bucket = -1), 0) as unapplied,
    sum(amounts.amount) as total,
from query_table(in_amounts) as amounts
group by amounts.owner_id;
