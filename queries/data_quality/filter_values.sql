-- name: filter_values
-- One row per value a filter can take, with the documents that have it.
--
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns kind: VARCHAR  entity, currency, segment or account_manager
-- returns value: VARCHAR  the value; documents without one are not listed
-- returns documents: BIGINT  documents that have it, of any day
with document_count as (
    select part.entity, part.currency, part.segment, part.customer_id, count(*) as documents
    from receivable_at($known_on, null, null, null) as part
    where part.instalment <= 1
    group by all
),
-- Money on account can be in an administration, currency or segment that has no document.
flow_in_books as (
    select flow.entity, flow.currency, flow.segment
    from flow_day_at($known_on, null, null, null) as flow
    group by all
    having sum(flow.rows) <> 0
),
value_count as (
    select 'entity' as kind, document.entity as value, sum(document.documents) as documents
    from document_count as document
    group by all
    union all
    select 'currency', document.currency, sum(document.documents)
    from document_count as document
    group by all
    union all
    select 'segment', document.segment, sum(document.documents)
    from document_count as document
    group by all
    union all
    select 'account_manager', customer.account_manager, sum(document.documents)
    from document_count as document
    inner join customer_at($known_on) as customer on customer.customer_id = document.customer_id
    group by all
    union all
    select 'entity', flow.entity, 0
    from flow_in_books as flow
    union all
    select 'currency', flow.currency, 0
    from flow_in_books as flow
    union all
    select 'segment', flow.segment, 0
    from flow_in_books as flow
)
select
    counted.kind,
    counted.value,
    cast(sum(counted.documents) as bigint) as documents,
from value_count as counted
where counted.value <> ''
group by counted.kind, counted.value
order by counted.kind, counted.value
