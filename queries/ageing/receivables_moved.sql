-- name: receivables_moved
-- One row: why receivables changed between two days, by cause.
--
-- param as_of: DATE  last day, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param days: INTEGER = 7  how many days back the first day lies
-- returns opening_date: DATE  first day, end of day
-- returns opening: DECIMAL(38,2)  receivables on opening_date
-- returns invoiced: DECIMAL(38,2)  invoices since
-- returns credited: DECIMAL(38,2)  credit notes, cancellations and credits since, positive
-- returns received: DECIMAL(38,2)  payments less reversals since, on account too
-- returns written_off: DECIMAL(38,2)  write-offs since
-- returns closing: DECIMAL(38,2)  opening + invoiced - credited - received - written off
with flow as (
    select
        flow.kind,
        flow.post_date > $as_of - $days as is_since,
        sum(flow.amount) as amount,
    from flow_day_at($known_on, $currency, $entity, $segment) as flow
    where flow.post_date <= $as_of
    group by all
)
select
    $as_of - $days as opening_date,
    cast(coalesce(sum(flow.amount) filter (not flow.is_since), 0) as decimal(38, 2)) as opening,
    cast(coalesce(sum(flow.amount) filter (flow.is_since and flow.kind = 'invoice'), 0) as decimal(38, 2)) as invoiced,
    cast(
        coalesce(-sum(flow.amount) filter (flow.is_since and flow.kind in ('credit_note', 'cancellation', 'credit')), 0)
        as decimal(38, 2)
    ) as credited,
    cast(
        coalesce(-sum(flow.amount) filter (flow.is_since and is_receipt(flow.kind)), 0) as decimal(38, 2)
    ) as received,
    cast(
        coalesce(-sum(flow.amount) filter (flow.is_since and flow.kind = 'write_off'), 0) as decimal(38, 2)
    ) as written_off,
    cast(coalesce(sum(flow.amount), 0) as decimal(38, 2)) as closing,
from flow
order by all
