-- name: ageing_segments
-- One row per segment with anything open: what is open and how much of it is past the due date.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- returns segment: VARCHAR  the customers' segment; empty where none is given
-- returns customers: BIGINT  customers with an open document
-- returns open_amount: DECIMAL(38,2)  open on the day, without money on account
-- returns overdue_amount: DECIMAL(38,2)  open on invoices past their due date; credit notes and overpayments are left out
-- returns overdue_share: DOUBLE  of what is open on invoices, credit notes and overpayments left out, 0-1; null if none is
with segment_balance as (
    select
        document.segment,
        count(distinct document.customer_id) as customers,
        sum(document.open_amount) as open_amount,
        coalesce(
            sum(document.open_amount) filter (
                is_overdue(document.invoice_type, document.open_amount, document.due_date, $as_of)
            ),
            0
        ) as overdue_amount,
        sum(document.open_amount) filter (document.invoice_type = 'invoice' and document.open_amount > 0)
            as invoices_open,
    from open_document_at($as_of, $known_on, $currency, $entity, $segment) as document
    group by document.segment
)
select
    balance.segment,
    balance.customers,
    balance.open_amount,
    balance.overdue_amount,
    ratio(balance.overdue_amount, balance.invoices_open) as overdue_share,
from segment_balance as balance
order by overdue_share desc nulls last, balance.segment
