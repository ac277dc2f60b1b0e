-- What cash is applied from and on; run one by one, as known at $known_on (null: now).

select
    entry.account, entry.entry_id, entry.entry_date, entry.currency, entry.amount, entry.counterparty, entry.description,
    entry.counterparty_account, entry.reference, entry.end_to_end_id, entry.bank_reference, entry.bank_code,
    entry.return_reason,
from booked_entry_at(cast($known_on as timestamp)) as entry
order by entry.entry_date, entry.account, entry.entry_id;

select document.* from cash_document_at(cast($known_on as timestamp)) as document order by document.document_id;

select settled.* from settled_beside_bank_at(cast($known_on as timestamp)) as settled
order by settled.document_id, settled.day;

select customer.customer_id, customer.customer_name, coalesce(customer.parent_id, '') as "group",
from customer_at(cast($known_on as timestamp)) as customer
order by customer.customer_id;

select known.counterparty_account, known.customer_id
from confirmed_account_at(cast($known_on as timestamp)) as known
order by known.counterparty_account, known.customer_id;

select bill.bill_id, bill.supplier, bill.bill_date, bill.currency, bill.amount
from bill_at(cast($known_on as timestamp)) as bill
order by bill.bill_id;

select
    decision.account, decision.entry_id, decision.invoice_id, decision.customer_id,
    case
        when decision.decision = 'rejected' then 'other'
        when decision.invoice_id is not null then 'invoice'
        else 'on_account'
    end as kind,
    decision.amount, decision.decision as status, decision.decided_by, decision.recorded_at as decided_at,
    decision.settles, decision.settled_amount,
from standing_decision_at(cast($known_on as timestamp)) as decision
order by decision.account, decision.entry_id, decision.invoice_id;

select
    payment.provider, payment.line_id, payment.payout_id, payment.payout_date, payment.kind, payment.created_date,
    payment.currency, payment.gross, payment.fee, payment.net, payment.reference, payment.invoice_number,
    payment.order_number,
from provider_payment_at(cast($known_on as timestamp)) as payment
where payment.payout_id is not null
order by payment.provider, payment.payout_id, payment.line_id;

select distinct own.account
from (
    select entry.account from bank_entry_at(cast($known_on as timestamp)) as entry
    union all
    select balance.account from bank_balance_at(cast($known_on as timestamp)) as balance
    union all
    select statement.account from bank_statement_at(cast($known_on as timestamp)) as statement
) as own
order by own.account;

select
    payment.payment_id, payment.customer_id, payment.invoice_id, payment.payment_date, payment.currency, payment.amount,
    coalesce(payment.kind, 'payment') as kind, payment.bank_account, payment.bank_entry,
from bank_payment_at(cast($known_on as timestamp)) as payment
order by payment.payment_id, payment.invoice_id;

-- When the payments of each entry were first put in the books as they stand: what was taken back and followed again
-- is as old as it was.
with first_recorded as (
    select
        payment.*,
        (
            select min(version.recorded_at)
            from settlement as version
            where
                version.bank_entry is not null
                and version.payment_id = payment.payment_id
                and version.invoice_id is not distinct from payment.invoice_id
                and version.payment_date = payment.payment_date
                and version.amount = payment.amount
                and version.kind is not distinct from payment.kind
        ) as first_recorded_at,
    from bank_payment_at(cast($known_on as timestamp)) as payment
)
select
    payment.bank_account as account,
    payment.bank_entry as entry_id,
    max(payment.first_recorded_at) as recorded_at,
from first_recorded as payment
group by payment.bank_account, payment.bank_entry
order by payment.bank_account, payment.bank_entry;

-- Money that the bookkeeping says came in on a document since statements are held, one row per document and payment.
select
    payment.invoice_id as document_id, payment.payment_id, payment.payment_date as day,
    cast(sum(payment.amount) as decimal(18, 2)) as amount,
from settlement_at(cast($known_on as timestamp)) as payment
where
    payment.bank_entry is null
    and payment.invoice_id is not null
    and is_payment(coalesce(payment.kind, 'payment'))
    and payment.payment_date >= (
        select min(entry.entry_date) from booked_entry_at(cast($known_on as timestamp)) as entry
    )
group by payment.invoice_id, payment.payment_id, payment.payment_date
order by payment.payment_date, payment.payment_id, payment.invoice_id;
