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

-- One row per administration, '' for documents without one, that has payments of the bookkeeping.
create or replace macro bookkeeping_payments_at(in_known_on) as table
select coalesce(document.entity, payment.entity, '') as entity, count(*) as payments
from settlement_at(in_known_on) as payment
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
