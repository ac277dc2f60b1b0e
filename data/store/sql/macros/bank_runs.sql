-- One row per entry, or part of one, of an account as its statements have it, each once: an entry that two files of a
-- form give with the same reference of the bank is one, the later file counts; and of what two forms have of a day and
-- an amount, that of the form with more of it counts, of the form that tells most where they have as many.
create or replace macro stated_entry_at(in_known_on) as table
with entry_in_file as (
    select
        entry.*,
        coalesce(entry.form, '') as stated_form,
        coalesce(entry.batch_amount, entry.amount) as booked_amount,
        coalesce(entry.batch_entry, entry.entry_id) as booked_id,
        count(*) over (
            partition by entry.account, entry.currency, entry.entry_date, entry.amount, entry.form,
                entry.bank_reference, entry.batch_id
        ) as same_in_file,
    from bank_entry_at(in_known_on) as entry
),
entry_once as (
    select entry.*
    from entry_in_file as entry
    qualify
        entry.bank_reference is null
        or max(entry.same_in_file) over (
            partition by entry.account, entry.currency, entry.entry_date, entry.amount, entry.form, entry.bank_reference
        ) > 1
        or row_number() over (
            partition by entry.account, entry.currency, entry.entry_date, entry.amount, entry.form, entry.bank_reference
            order by entry.batch_id desc, entry.entry_id
        ) = 1
),
entry_in_form as (
    select
        entry.*,
        count(distinct entry.booked_id) over (
            partition by entry.account, entry.currency, entry.entry_date, entry.booked_amount, entry.stated_form
        ) as lines_in_form,
    from entry_once as entry
)
select entry.* exclude (stated_form, booked_amount, booked_id, same_in_file, lines_in_form)
from entry_in_form as entry
qualify dense_rank() over (
    partition by entry.account, entry.currency, entry.entry_date, entry.booked_amount
    order by entry.lines_in_form desc, form_rank(entry.stated_form)
) = 1;

-- A name or text reduced to its letters and digits, so that "Supplier B.V." is the counterparty "SUPPLIER BV".
create or replace macro letters_of(in_text) as
    regexp_replace(lower(strip_accents(in_text)), '[^\p{L}\p{N}]', '', 'g');

-- A text in capitals, words of letters and digits with a space on both sides.
create or replace macro in_words(in_text) as
    concat(' ', trim(regexp_replace(upper(in_text), '[^\p{L}\p{N}]+', ' ', 'g')), ' ');

-- Whether a text names a run: the name stands in it as words, or is long enough to be known where a bank broke it off
-- at the end of a line.
create or replace macro names_run(in_text, in_name) as
    coalesce(
        (length(letters_of(in_name)) >= 3 and contains(in_words(in_text), in_words(in_name)))
        or (length(letters_of(in_name)) >= 10 and contains(letters_of(in_text), letters_of(in_name))),
        false
    );

-- Whether two are one account: statements may have the number that an IBAN ends in, German ones after the code of the
-- bank.
create or replace macro is_same_account(in_iban, in_number) as
    in_iban = in_number
    or (length(in_number) >= 7 and ends_with(in_iban, in_number))
    or (
        contains(in_number, '/')
        and ends_with(in_iban, concat(split_part(in_number, '/', 1), lpad(split_part(in_number, '/', 2), 10, '0')))
    );

-- One row per run of ours, and per file of several that the bank may book as one: what it comes to, signed as on the
-- account, with the runs that are in it.
create or replace macro run_sum_at(in_known_on) as table
with run_total as (
    select
        payment.run_id,
        max(payment.kind) as kind,
        max(payment.account) as account,
        max(payment.currency) as currency,
        max(payment.run_date) as run_date,
        max(payment.run_reference) as run_reference,
        max(payment.message_id) as message_id,
        count(*) as payments,
        sum(case when payment.kind = 'collection' then payment.amount else -payment.amount end) as amount,
    from run_payment_at(in_known_on) as payment
    group by payment.run_id
)
select
    run.account,
    run.currency,
    run.run_date,
    run.run_reference,
    run.message_id,
    run.payments,
    cast(run.amount as decimal(18, 2)) as amount,
    [run.run_id] as runs,
from run_total as run
union all
select
    run.account,
    run.currency,
    run.run_date,
    null as run_reference,
    run.message_id,
    cast(sum(run.payments) as bigint) as payments,
    cast(sum(run.amount) as decimal(18, 2)) as amount,
    list(run.run_id order by run.run_id) as runs,
from run_total as run
where run.message_id is not null
group by run.account, run.currency, run.run_date, run.message_id, run.kind
having count(*) > 1;

-- One row per entry, or part of one, of an account, each once: as its statements have it, and where it is the sum of a
-- run of ours, the payments of that run in its place. It is that sum where amount and account are those of the run, and
-- it names the run, or is of its day, or of a few days from it, and no other run and no other entry is as good. An entry
-- that names another run, that is from somebody, or on which somebody decided, stays as it is.
create or replace macro booked_entry_at(in_known_on) as table
with stated_entry as materialized (
    select entry.* from stated_entry_at(in_known_on) as entry
),
sum_booked as materialized (
    select booked.* from run_sum_at(in_known_on) as booked
),
whole_entry as (
    select
        entry.account,
        entry.currency,
        entry.entry_id,
        entry.entry_date,
        coalesce(entry.value_date, entry.entry_date) as value_date,
        entry.amount,
        entry.counterparty is null as is_nameless,
        coalesce(entry.counterparty_account = entry.account, true) as is_from_nobody,
        concat_ws(
            ' ', entry.description, entry.reference, entry.end_to_end_id, entry.bank_reference
        ) as entry_text,
        try_cast(regexp_extract(entry.description, '/NRTX/([0-9]{1,9})', 1) as bigint) as stated_payments,
    from stated_entry as entry
    anti join cash_decision_at(in_known_on) as decision
        on
            decision.account = entry.account
            and decision.entry_id = entry.entry_id
            and decision.decision <> 'withdrawn'
    where entry.batch_entry is null and entry.return_reason is null
),
candidate as (
    select
        entry.*,
        booked.runs,
        booked.payments,
        names_run(entry.entry_text, booked.run_reference) or names_run(entry.entry_text, booked.message_id) as is_named,
        booked.run_date in (entry.entry_date, entry.value_date) as is_of_day,
        date_diff('day', booked.run_date, entry.entry_date) as days_later,
    from whole_entry as entry
    inner join sum_booked as booked
        on
            booked.currency = entry.currency
            and booked.amount = entry.amount
            and is_same_account(booked.account, entry.account)
            and abs(date_diff('day', booked.run_date, entry.entry_date)) <= 31
            and coalesce(entry.stated_payments = booked.payments, true)
),
entry_of_other_run as (
    select distinct candidate.account, candidate.currency, candidate.entry_id
    from candidate
    inner join sum_booked as other
        on is_same_account(other.account, candidate.account) and names_run(candidate.entry_text, other.run_reference)
),
ranked as (
    select
        candidate.account,
        candidate.currency,
        candidate.entry_id,
        candidate.runs,
        case
            when candidate.is_named then 1
            when candidate.is_of_day then 2
            when candidate.days_later between -3 and 7 then 3
        end as place,
    from candidate
    left join entry_of_other_run as other
        on
            other.account = candidate.account
            and other.currency = candidate.currency
            and other.entry_id = candidate.entry_id
    where
        (candidate.is_named or other.entry_id is null)
        and (candidate.is_from_nobody or (candidate.is_named and candidate.payments > 1))
        and (candidate.is_nameless or candidate.payments > 1)
),
best as (
    select ranked.*
    from ranked
    where ranked.place is not null
    qualify
        ranked.place = min(ranked.place) over (partition by ranked.account, ranked.currency, ranked.entry_id)
        and ranked.place = min(ranked.place) over (partition by ranked.runs)
),
only_one as (
    select best.*
    from best
    qualify
        count(*) over (partition by best.account, best.currency, best.entry_id) = 1
        and count(*) over (partition by best.runs) = 1
),
entry_of_run as materialized (
    select matched.account, matched.currency, matched.entry_id, matched.runs
    from only_one as matched
    where
        len(matched.runs) = 1
        or not exists (
            select 1 from only_one as single where len(single.runs) = 1 and list_contains(matched.runs, single.runs[1])
        )
),
payment_of_entry as (
    select
        matched.account as booked_account,
        matched.currency as booked_currency,
        matched.entry_id as booked_id,
        payment.* exclude (batch_id, line, recorded_at),
        concat_ws(' ', payment.description, '/MARF/' || payment.mandate_id) as payment_text,
        left(
            sha256(
                concat_ws(
                    chr(31), matched.entry_id, payment.amount, coalesce(payment.counterparty, ''),
                    coalesce(payment.description, ''), coalesce(payment.counterparty_account, '')
                )
            ),
            12
        ) as digest,
    from (
        select matched.account, matched.currency, matched.entry_id, unnest(matched.runs) as run_id
        from entry_of_run as matched
    ) as matched
    inner join run_payment_at(in_known_on) as payment on payment.run_id = matched.run_id
),
numbered_payment as (
    select
        payment.*,
        row_number() over (
            partition by payment.booked_account, payment.booked_currency, payment.booked_id, payment.digest,
                payment.end_to_end_id
            order by payment.run_id, length(payment.line_id), payment.line_id
        ) as ordinal,
    from payment_of_entry as payment
)
select entry.*
from stated_entry as entry
anti join entry_of_run as matched
    on
        matched.account = entry.account
        and matched.currency = entry.currency
        and matched.entry_id = entry.entry_id
union all
select
    entry.* replace (
        concat_ws(
            '/',
            entry.entry_date,
            concat(payment.digest, case when payment.ordinal > 1 then concat('-', payment.ordinal) end),
            coalesce(payment.end_to_end_id, entry.bank_reference)
        ) as entry_id,
        cast(case when entry.amount < 0 then -payment.amount else payment.amount end as decimal(18, 2)) as amount,
        payment.counterparty as counterparty,
        nullif(payment.payment_text, '') as description,
        payment.counterparty_account as counterparty_account,
        payment.reference as reference,
        payment.end_to_end_id as end_to_end_id,
        entry.entry_id as batch_entry,
        entry.amount as batch_amount
    ),
from stated_entry as entry
inner join numbered_payment as payment
    on
        payment.booked_account = entry.account
        and payment.booked_currency = entry.currency
        and payment.booked_id = entry.entry_id;
