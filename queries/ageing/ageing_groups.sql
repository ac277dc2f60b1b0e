-- name: ageing_groups
-- One row per account manager, country or parent customer with anything open or on account: open amount by days past
-- the due date. A customer without a parent is its own; a parent's parent counts, so that a group is whole.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param by: VARCHAR = account_manager  what the rows are: account_manager, country or parent
-- param limits: INTEGER[] = 30,60,90  last day of each bucket but the final one
-- param basis: VARCHAR = due  age counts from the due date (due) or the invoice date (invoice)
-- param credits: VARCHAR = in  credit notes and overpayments stand in the buckets (in) or in a column of their own (apart)
-- returns group_id: VARCHAR  the account manager, the country or the id of the parent; empty where none is recorded
-- returns group_name: VARCHAR  the parent's name, or its id where it is not in the customer list; else as group_id
-- returns customers: BIGINT  customers in it with anything open or on account
-- returns bucket_0: DECIMAL(38,2)  not due yet
-- returns bucket_1: DECIMAL(38,2)  1 day to the first limit
-- returns bucket_2: DECIMAL(38,2)  up to the second limit
-- returns bucket_3: DECIMAL(38,2)  up to the third limit
-- returns bucket_4: DECIMAL(38,2)  up to the fourth limit
-- returns bucket_5: DECIMAL(38,2)  up to the fifth limit
-- returns bucket_6: DECIMAL(38,2)  up to the sixth limit
-- returns bucket_7: DECIMAL(38,2)  up to the seventh limit
-- returns bucket_8: DECIMAL(38,2)  up to the eighth limit
-- returns bucket_9: DECIMAL(38,2)  beyond the last limit
-- returns credits: DECIMAL(38,2)  only with credits apart: credit notes and overpayments, negative
-- returns unapplied: DECIMAL(38,2)  money on account, negative
-- returns total: DECIMAL(38,2)  all of it: what the group owes
-- returns credit_limit: DECIMAL(38,2)  of a parent: the limit recorded on the parent itself, for the whole group; else null
-- returns limit_left: DECIMAL(38,2)  credit_limit less total, negative if the group is over its limit; null without a limit
--
-- shape: bucket_columns
with recursive amount_by_bucket as (
    select amounts.*,
    from aged_amount_at($as_of, $known_on, $currency, $entity, $segment, $limits, $basis, $credits) as amounts
),
customer_record as (
    select
        customer.customer_id,
        customer.customer_name,
        customer.account_manager,
        customer.country,
        customer.credit_limit,
        nullif(customer.parent_id, customer.customer_id) as parent_id,
    from customer_at($known_on) as customer
),
-- Up from each customer, ten steps at most: parents that name one another end where the steps end.
ancestor as (
    select owing.customer_id, owing.customer_id as ancestor_id, 0 as steps, [owing.customer_id] as path
    from (select distinct amounts.customer_id from amount_by_bucket as amounts) as owing
    union all
    select below.customer_id, record.parent_id, below.steps + 1, list_append(below.path, record.parent_id)
    from ancestor as below
    inner join customer_record as record on record.customer_id = below.ancestor_id
    where record.parent_id is not null and below.steps < 10 and not list_contains(below.path, record.parent_id)
),
-- Of parents that name one another the first id of the ring stands for all of them.
top_ancestor as (
    select
        ancestor.customer_id,
        case
            when bool_or(list_contains(ancestor.path, record.parent_id))
                then list_min(arg_max(ancestor.path, ancestor.steps))
            else arg_max(ancestor.ancestor_id, ancestor.steps)
        end as parent_id,
    from ancestor
    left join customer_record as record on record.customer_id = ancestor.ancestor_id
    group by ancestor.customer_id
),
grouped_amount as (
    select
        case $by
            when 'country' then coalesce(record.country, '')
            when 'parent' then top.parent_id
            else coalesce(record.account_manager, '')
        end as owner_id,
        amounts.customer_id,
        amounts.bucket,
        amounts.amount,
    from amount_by_bucket as amounts
    inner join top_ancestor as top on top.customer_id = amounts.customer_id
    left join customer_record as record on record.customer_id = amounts.customer_id
),
group_size as (
    select amounts.owner_id, count(distinct amounts.customer_id) as customers,
    from grouped_amount as amounts
    group by amounts.owner_id
)
select
    totals.owner_id as group_id,
    case when $by = 'parent' then coalesce(record.customer_name, totals.owner_id) else totals.owner_id end
        as group_name,
    size.customers,
    totals.* exclude (owner_id),
    cast(case when $by = 'parent' then record.credit_limit end as decimal(38, 2)) as credit_limit,
    cast(case when $by = 'parent' then record.credit_limit - totals.total end as decimal(38, 2)) as limit_left,
from bucket_columns_of('grouped_amount') as totals
inner join group_size as size on size.owner_id = totals.owner_id
left join customer_record as record on record.customer_id = totals.owner_id and $by = 'parent'
order by totals.total desc, totals.owner_id
