-- Terms as books write them: `30` days after the invoice date; `eom+30`, 30 days after the end of its month; `30+eom`,
-- the end of the month 30 days later; `15-next`, day 15 of the next month; `30%@14 rest@eom+30`, in instalments.

-- The day a single term gives; a month without the day named ends it.
create or replace macro term_due_date(in_term, in_date) as
    case
        when in_term like 'eom%'
            then last_day(in_date) + coalesce(try_cast(nullif(in_term[5:], '') as integer), 0)
        when in_term like '%+eom' then last_day(in_date + cast(split_part(in_term, '+', 1) as integer))
        when in_term like '%-next'
            then last_day(in_date) + cast(
                least(cast(split_part(in_term, '-', 1) as bigint), day(last_day(last_day(in_date) + 1))) as integer
            )
        else in_date + cast(in_term as integer)
    end;

-- The last single term of terms: the whole, or that of the last instalment.
create or replace macro last_term(in_terms) as
    case when contains(in_terms, '@') then regexp_extract(in_terms, '@([^@]*)$', 1) else in_terms end;

-- The terms that count: those of the document, else of its customer; written ones come before days.
create or replace macro agreed_terms(in_document_terms, in_document_days, in_customer_terms, in_customer_days) as
    coalesce(
        in_document_terms,
        cast(in_document_days as varchar),
        in_customer_terms,
        cast(in_customer_days as varchar),
        '30'
    );

-- The most days that terms can come to, null without terms: a month has 31 days, and begins on its first.
create or replace macro longest_term_days(in_terms) as
    case
        when in_terms is not null
            then coalesce(cast(nullif(regexp_extract(last_term(in_terms), '[0-9]+'), '') as bigint), 0)
                + case when regexp_matches(last_term(in_terms), 'eom|next') then 30 else 0 end
    end;

-- One row per instalment of the documents of a table or step whose terms are instalments: its day, and its amount to
-- the cent; the last takes the rest. in_rows names rows with `invoice_id`, `invoice_date`, `amount` and `terms`.
create or replace macro term_instalment(in_rows) as table
with written_part as (
    select
        document.invoice_id,
        document.invoice_date,
        document.amount,
        unnest(string_split(document.terms, ' ')) as words,
        generate_subscripts(string_split(document.terms, ' '), 1) as place,
        len(string_split(document.terms, ' ')) as places,
    from query_table(in_rows) as document
    where contains(document.terms, '@')
),
part_so_far as (
    select
        part.*,
        -- No more than the document: of two cents in four parts the first two take one each.
        case
            when part.place = part.places then abs(part.amount)
            else least(
                abs(part.amount),
                sum(
                    round(
                        cast(abs(part.amount) as decimal(28, 2))
                        * coalesce(try_cast(split_part(part.words, '%', 1) as decimal(8, 2)), 0) / 100,
                        2
                    )
                ) over (partition by part.invoice_id order by part.place rows between unbounded preceding and current row)
            )
        end as amount_so_far,
    from written_part as part
),
dated_part as (
    select
        part.invoice_id,
        term_due_date(split_part(part.words, '@', 2), part.invoice_date) as due_date,
        cast(part.place as varchar) as part,
        cast(
            sign(part.amount) * (
                part.amount_so_far
                - lag(part.amount_so_far, 1, 0) over (partition by part.invoice_id order by part.place)
            ) as decimal(18, 2)
        ) as amount,
    from part_so_far as part
)
select part.*
from dated_part as part
where part.amount <> 0;
