-- name: discounts
-- One row per customer with invoices on which an early-payment discount was agreed and whose last day for it was in the
-- 365 days to the day: how often it was taken, and what it cost. A discount is taken by what came in by its last day,
-- whether the books have the discount already or not.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param customer: VARCHAR = null  only this customer
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns segment: VARCHAR  the customer's segment
-- returns invoices: BIGINT  invoices with a discount whose last day for it is over
-- returns discounts_taken: BIGINT  of those, paid in time for it
-- returns uptake_share: DOUBLE  share of those invoices on which it was taken, 0-1
-- returns discount_cost: DECIMAL(38,2)  discount on those on which it was taken, VAT included
-- returns discount_vat: DECIMAL(38,2)  VAT in it; null where the VAT of none of them is known
with invoice_offered as (
    select
        document.invoice_id,
        document.customer_id,
        document.currency,
        document.invoice_date as rate_day,
        discount.amount,
        discount.vat_amount,
        taken.document_id is not null as is_taken,
    from document_at($known_on, $currency, $entity) as document
    inner join invoice_discount_at($as_of, $known_on) as discount on discount.invoice_id = document.invoice_id
    left join (
        select taken.document_id
        from discount_taken_at($known_on) as taken
        where taken.taken_date <= $as_of and still_runs(taken.lost_date, $as_of)
    ) as taken on taken.document_id = document.invoice_id
    where
        (discount.last_date <= $as_of or taken.document_id is not null)
        and discount.last_date > $as_of - 365
        and ($customer is null or document.customer_id = $customer)
)
select
    offered.customer_id,
    coalesce(any_value(customer.customer_name), offered.customer_id) as customer_name,
    coalesce(any_value(customer.segment), '') as segment,
    count(*) as invoices,
    count(*) filter (offered.is_taken) as discounts_taken,
    ratio(count(*) filter (offered.is_taken), count(*)) as uptake_share,
    cast(
        coalesce(sum(converted(offered.amount, offered.rate)) filter (offered.is_taken), 0) as decimal(38, 2)
    ) as discount_cost,
    cast(sum(converted(offered.vat_amount, offered.rate)) filter (offered.is_taken) as decimal(38, 2))
        as discount_vat,
from with_rate('invoice_offered', $known_on, $currency) as offered
left join customer_at($known_on) as customer on customer.customer_id = offered.customer_id
where $segment is null or coalesce(customer.segment, '') = $segment
group by offered.customer_id
order by discount_cost desc, offered.customer_id
