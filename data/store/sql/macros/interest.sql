-- What interest debts bear, where one is paid before another.

-- One row per row of a table of debts, with the percentage a year that an invoice paid late bears on a day: agreed for
-- the invoice, else for the customer, else the statutory one. Before the first rate that is known: 0.
create or replace macro with_interest(in_debts, in_as_of, in_known_on) as table
with statutory as (
    select rate.kind, max_by(rate.percent, rate.valid_from) as percent
    from published_interest() as rate
    where rate.valid_from <= in_as_of
    group by rate.kind
),
agreed_of_invoice as (
    select invoice.invoice_id, invoice.contract_interest_percent, invoice.contract_interest_kind
    from invoice_at(in_known_on) as invoice
    where invoice.contract_interest_percent is not null
),
agreed_of_customer as (
    select
        customer.customer_id,
        case when customer.customer_type = 'consumer' then 'consumer' else 'commercial' end as rate_kind,
        customer.contract_interest_percent,
        customer.contract_interest_kind,
    from customer_at(in_known_on) as customer
),
debt_with_agreement as (
    select
        debt.*,
        coalesce(customer.rate_kind, 'commercial') as rate_kind,
        coalesce(invoice.contract_interest_percent, customer.contract_interest_percent) as agreed_percent,
        -- An agreement about an invoice is whole: nothing of the customer's is mixed into it.
        case when invoice.invoice_id is not null
            then invoice.contract_interest_kind else customer.contract_interest_kind
        end as agreed_kind,
    from query_table(in_debts) as debt
    left join agreed_of_invoice as invoice on invoice.invoice_id = debt.document_id
    left join agreed_of_customer as customer on customer.customer_id = debt.customer_id
)
select
    debt.* exclude (rate_kind, agreed_percent, agreed_kind),
    coalesce(
        case when debt.agreed_kind = 'surcharge' then debt.agreed_percent + statutory.percent else debt.agreed_percent end,
        statutory.percent,
        0
    ) as interest_percent,
from debt_with_agreement as debt
left join statutory on statutory.kind = debt.rate_kind;
