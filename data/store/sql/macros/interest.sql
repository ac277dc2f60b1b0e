-- What interest debts bear, where one is paid before another.

-- One row per row of a table of documents (document_id, customer_id), with the interest agreed for late payment: for the
-- invoice, else for the customer; null where none is.
create or replace macro with_agreed_interest(in_rows, in_known_on) as table
with agreed_of_invoice as (
    select
        invoice.invoice_id,
        invoice.contract_interest_percent,
        invoice.contract_interest_kind,
        invoice.contract_interest_compound,
    from invoice_at(in_known_on) as invoice
    where invoice.contract_interest_percent is not null
)
select
    entry.*,
    coalesce(customer.customer_type, 'business') as customer_type,
    coalesce(invoice.contract_interest_percent, customer.contract_interest_percent) as contract_interest_percent,
    -- An agreement about an invoice is whole: nothing of the customer's is mixed into it.
    case when invoice.invoice_id is not null
        then invoice.contract_interest_kind else customer.contract_interest_kind
    end as contract_interest_kind,
    case when invoice.invoice_id is not null
        then invoice.contract_interest_compound else customer.contract_interest_compound
    end as contract_interest_compound,
from query_table(in_rows) as entry
left join agreed_of_invoice as invoice on invoice.invoice_id = entry.document_id
left join customer_at(in_known_on) as customer on customer.customer_id = entry.customer_id;

-- One row per row of a table of debts, with the percentage a year that an invoice paid late bears on a day: agreed, else
-- the statutory one. Before the first rate that is known: 0.
create or replace macro with_interest(in_debts, in_as_of, in_known_on) as table
with statutory as (
    select rate.kind, max_by(rate.percent, rate.valid_from) as percent
    from published_interest() as rate
    where rate.valid_from <= in_as_of
    group by rate.kind
)
select
    debt.* exclude (
        customer_type, contract_interest_percent, contract_interest_kind, contract_interest_compound
    ),
    coalesce(
        case
            when debt.contract_interest_kind = 'surcharge' then debt.contract_interest_percent + statutory.percent
            else debt.contract_interest_percent
        end,
        statutory.percent,
        0
    ) as interest_percent,
from with_agreed_interest(in_debts, in_known_on) as debt
left join statutory
    on statutory.kind = case when debt.customer_type = 'consumer' then 'consumer' else 'commercial' end;
