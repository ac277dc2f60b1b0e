-- One row per dispute opened by the end of a day, as it stood then: closed_date is null while it is open, whatever
-- came later.
create or replace macro dispute_state_at(in_as_of, in_known_on) as table
select
    dispute.invoice_id,
    dispute.opened_date,
    case when dispute.closed_date <= in_as_of then dispute.closed_date end as closed_date,
    dispute.reason,
    dispute.amount,
    still_runs(dispute.closed_date, in_as_of) as is_open,
from dispute_at(in_known_on) as dispute
where dispute.opened_date <= in_as_of;

-- One row per dispute that is open at the end of a day.
create or replace macro open_dispute_at(in_as_of, in_known_on) as table
select dispute.invoice_id, dispute.opened_date, dispute.reason, dispute.amount
from dispute_state_at(in_as_of, in_known_on) as dispute
where dispute.is_open;

-- One row per document and run of days on which it was in dispute, up to a day; the runs of a document do not overlap.
create or replace macro dispute_days_at(in_as_of, in_known_on) as table
with days_in_dispute as (
    select
        dispute.invoice_id,
        dispute.opened_date as first_day,
        coalesce(dispute.closed_date - 1, in_as_of) as last_day,
    from dispute_state_at(in_as_of, in_known_on) as dispute
),
days_not_counted as (
    select
        dispute.invoice_id,
        greatest(
            dispute.first_day,
            -- greatest() skips a null: the first dispute of a document counts as a whole.
            1 + max(dispute.last_day) over (
                partition by dispute.invoice_id
                order by dispute.first_day, dispute.last_day
                rows between unbounded preceding and 1 preceding
            )
        ) as first_day,
        dispute.last_day,
    from days_in_dispute as dispute
)
select run.invoice_id, run.first_day, run.last_day
from days_not_counted as run
where run.last_day >= run.first_day;

-- One row per dispute opened by the end of a day about a document in the books, with its amount in the currency shown,
-- at the rate of the document's date.
create or replace macro dispute_amount_at(in_as_of, in_known_on, in_currency, in_entity) as table
with disputed_document as (
    select
        dispute.*,
        document.customer_id,
        document.currency,
        document.invoice_date as rate_day,
    from dispute_state_at(in_as_of, in_known_on) as dispute
    inner join document_at(in_known_on, in_currency, in_entity) as document
        on document.invoice_id = dispute.invoice_id
)
select
    rated.invoice_id,
    rated.customer_id,
    rated.opened_date,
    rated.closed_date,
    rated.reason,
    converted(rated.amount, rated.rate) as amount,
    rated.is_open,
from with_rate('disputed_document', in_known_on, in_currency) as rated;
