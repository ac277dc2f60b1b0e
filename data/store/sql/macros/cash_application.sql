-- What there is to apply the entries of the bank on, without what was applied from them before: the calculation is of
-- the books, not of its own answer.

-- One row per document.
create or replace macro cash_document_at(in_known_on) as table
select
    document.invoice_id as document_id,
    document.customer_id,
    coalesce(document.entity, '') as entity,
    document.currency,
    document.invoice_type,
    document.invoice_date,
    document.due_date,
    document.amount,
    document.discount_percent,
    document.discount_days,
    document.original_invoice_id,
    document.po_number,
    document.cancelled_date,
from invoice_at(in_known_on) as document;

-- One row per payment row that was applied from an entry of the bank.
create or replace macro bank_payment_at(in_known_on) as table
select payment.*
from settlement_at(in_known_on) as payment
where payment.bank_entry is not null;

-- One row per document and day on which something other than the bank settled it: by how much less is open of it.
create or replace macro settled_beside_bank_at(in_known_on) as table
with of_bank as (
    select distinct payment.payment_id from bank_payment_at(in_known_on) as payment
)
select item.document_id, item.post_date as day, cast(-sum(item.document_amount) as decimal(18, 2)) as amount
from item_at(in_known_on, null, null, null) as item
anti join of_bank on of_bank.payment_id = item.payment_id
where item.document_id is not null and item.due_date is not null and is_settlement(item.kind)
group by item.document_id, item.post_date
having sum(item.document_amount) <> 0;

-- One row per administration, '' for documents without one, that has payments of the bookkeeping, also where they count
-- for nothing.
create or replace macro bookkeeping_payments_at(in_known_on) as table
select coalesce(document.entity, payment.entity, '') as entity, count(*) as payments
from settlement_stated_at(in_known_on) as payment
left join invoice_at(in_known_on) as document on document.invoice_id = payment.invoice_id
where payment.bank_entry is null and is_payment(coalesce(payment.kind, 'payment'))
group by coalesce(document.entity, payment.entity, '');

-- One row per entry of the bank and invoice, or part on account, that somebody judged and nobody withdrew.
create or replace macro cash_judgement_at(in_known_on) as table
select decision.*
from cash_decision_at(in_known_on) as decision
where decision.decision <> 'withdrawn';

-- Those of them that change where the money goes.
create or replace macro standing_decision_at(in_known_on) as table
select judgement.*
from cash_judgement_at(in_known_on) as judgement
where judgement.decision <> 'checked';

-- One row per account of somebody else and customer that somebody confirmed it to be of.
create or replace macro confirmed_account_at(in_known_on) as table
select distinct entry.counterparty_account, decision.customer_id
from standing_decision_at(in_known_on) as decision
inner join booked_entry_at(in_known_on) as entry
    on entry.account = decision.account and entry.entry_id = decision.entry_id
where
    decision.decision = 'confirmed'
    and decision.customer_id is not null
    and entry.counterparty_account is not null;

-- One row per entry of the bank and invoice, and one for what is on none, as worked out for that moment (cash_rows.py).
create or replace macro cash_row_at(in_known_on) as table
select kept.* exclude (known_on, is_alone)
from in_memory.cash_row as kept
where kept.known_on is not distinct from cast(in_known_on as timestamp) and not kept.is_alone;

-- The same as it would be if nobody had decided anything.
create or replace macro cash_alone_at(in_known_on) as table
select kept.* exclude (known_on, is_alone)
from in_memory.cash_row as kept
where kept.known_on is not distinct from cast(in_known_on as timestamp) and kept.is_alone;

-- One row per entry of the bank, document and kind that its money settles beside itself, as worked out for that moment.
create or replace macro cash_settlement_at(in_known_on) as table
select kept.* exclude (known_on, is_alone)
from in_memory.cash_settlement as kept
where kept.known_on is not distinct from cast(in_known_on as timestamp) and not kept.is_alone;

-- One row per payment of the bookkeeping up to the end of a day that counts for nothing, as its money is applied from the
-- bank, and one per document on which the bookkeeping has more of it than the bank, with how much more.
create or replace macro replaced_case_at(in_as_of, in_known_on, in_currency, in_entity) as table
with replaced as (
    select payment.payment_id, payment.invoice_id, payment.payment_date, payment.currency, payment.amount
    from settlement_stated_at(in_known_on) as payment
    inner join replaced_payment_at(in_known_on) as known
        on known.payment_id = payment.payment_id and known.invoice_id is not distinct from payment.invoice_id
    left join invoice_at(in_known_on) as document on document.invoice_id = payment.invoice_id
    where
        payment.bank_entry is null
        and is_receipt(coalesce(payment.kind, 'payment'))
        and payment.payment_date <= in_as_of
        and (in_currency is null or payment.currency = in_currency)
        and (in_entity is null or coalesce(document.entity, payment.entity, '') = in_entity)
),
money_on_document as (
    select replaced.invoice_id, replaced.currency, replaced.payment_date, replaced.amount
    from replaced
    where replaced.invoice_id is not null
    union all
    select payment.invoice_id, payment.currency, payment.payment_date, -payment.amount
    from bank_payment_at(in_known_on) as payment
    where
        is_receipt(coalesce(payment.kind, 'payment'))
        and payment.payment_date <= in_as_of
        and payment.invoice_id in (select replaced.invoice_id from replaced)
)
select
    'payment_of_bank_too' as finding,
    replaced.payment_id as example,
    replaced.currency,
    replaced.payment_date as rate_day,
    replaced.amount,
from replaced
union all
select 'payment_not_on_bank', money.invoice_id, money.currency, max(money.payment_date), sum(money.amount)
from money_on_document as money
group by money.invoice_id, money.currency
having sum(money.amount) > 0;
