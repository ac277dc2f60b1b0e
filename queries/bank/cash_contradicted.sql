-- name: cash_contradicted
-- One row per entry of a bank account that the program had applied when somebody first decided on it: how much of that
-- stands by what people decided, and how much they contradict.
--
-- param as_of: DATE  no entry booked after this day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns account: VARCHAR  the account of the company
-- returns entry_id: VARCHAR  number of the entry, unique on the account
-- returns currency: VARCHAR  of the amounts
-- returns applied_amount: DECIMAL(38,2)  what the program had applied of it
-- returns contradicted_amount: DECIMAL(38,2)  of that, what people said is for something else, or no money of a customer
with entry_decided as (
    select decision.account, decision.entry_id, min(decision.recorded_at) as decided_at
    from journal.cash_decision as decision
    where $known_on is null or decision.recorded_at <= $known_on
    group by decision.account, decision.entry_id
),
-- A later version states the payment of an entry whole, with 0.00 for what it no longer settles.
applied_before as (
    select
        payment.bank_account as account,
        payment.bank_entry as entry_id,
        payment.invoice_id,
        payment.currency,
        payment.amount,
        payment.recorded_at,
    from settlement as payment
    inner join entry_decided
        on entry_decided.account = payment.bank_account
        and entry_decided.entry_id = payment.bank_entry
        and payment.recorded_at < entry_decided.decided_at
    where is_payment(coalesce(payment.kind, 'payment'))
    qualify
        payment.recorded_at
        = max(payment.recorded_at) over (partition by payment.bank_account, payment.bank_entry)
),
decision_of_entry as (
    select
        decision.account,
        decision.entry_id,
        bool_or(decision.decision = 'confirmed') as has_confirmed,
        bool_or(decision.decision = 'rejected' and decision.invoice_id is null) as is_not_ours,
    from standing_decision_at($known_on) as decision
    group by decision.account, decision.entry_id
),
line_judged as (
    select
        line.account,
        line.entry_id,
        line.currency,
        line.amount,
        case
            when other.entry_id is null then 0
            when own.decision = 'rejected' or other.is_not_ours then line.amount
            when own.decision = 'confirmed' then greatest(line.amount - own.amount, 0)
            when other.has_confirmed then line.amount
            else 0
        end as contradicted,
    from applied_before as line
    left join decision_of_entry as other on other.account = line.account and other.entry_id = line.entry_id
    left join standing_decision_at($known_on) as own
        on own.account = line.account
        and own.entry_id = line.entry_id
        and own.invoice_id is not distinct from line.invoice_id
    where line.amount > 0
)
select
    judged.account,
    judged.entry_id,
    judged.currency,
    sum(judged.amount) as applied_amount,
    cast(sum(judged.contradicted) as decimal(38, 2)) as contradicted_amount,
from line_judged as judged
inner join booked_entry_at($known_on) as entry
    on entry.account = judged.account and entry.entry_id = judged.entry_id and entry.entry_date <= $as_of
group by judged.account, judged.entry_id, judged.currency
order by judged.account, judged.entry_id
