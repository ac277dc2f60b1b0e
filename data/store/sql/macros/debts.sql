-- What is owed on a document after set-off, in the currency shown.

-- The same rows as fresh_set_off_at, worked out before; an error where those of the day were not.
create or replace macro kept_set_off_at(in_as_of, in_known_on) as table
-- Materialized, so that it is looked at whatever rows and columns are asked for.
with day as materialized (
    select
        case
            when
                exists (
                    select 1
                    from in_memory.set_off_day as kept
                    where kept.as_of = in_as_of and kept.known_on is not distinct from in_known_on
                )
                then true
            else cast(error('The set-off of this day has not been worked out.') as boolean)
        end as is_kept,
)
select pair.* exclude (as_of, known_on)
from in_memory.set_off as pair
inner join day on day.is_kept
where pair.as_of = in_as_of and pair.known_on is not distinct from in_known_on;

-- Those against what is open.
create or replace macro set_off_at(in_as_of, in_known_on) as table
select pair.* exclude (is_written_off)
from kept_set_off_at(in_as_of, in_known_on) as pair
where not pair.is_written_off;

-- Those against debts that were written off and not waived: credit that open debts leave, or a note that names the
-- invoice; with what was to be paid of the debt, in the currency of the document.
create or replace macro write_off_set_off_at(in_as_of, in_known_on) as table
select
    pair.document_id,
    coalesce(pair.credit_document_id, pair.credit_payment_id) as credit_id,
    pair.is_named,
    pair.due_date,
    greatest(pair.set_off_date, pair.due_date) as set_off_date,
    debt.amount as written_off_amount,
    pair.amount,
from kept_set_off_at(in_as_of, in_known_on) as pair
inner join written_off_debt_at(in_as_of, in_known_on) as debt on debt.document_id = pair.document_id
where pair.is_written_off;

-- An amount of a document in the currency shown, at the rate of its open amount; the whole converts to the whole.
create or replace macro share_shown(in_share, in_document_open_amount, in_open_amount) as
    case
        when in_share = in_document_open_amount then in_open_amount
        when in_document_open_amount = in_open_amount then in_share
        else converted(in_share, cast(in_open_amount / in_document_open_amount as decimal(18, 10)))
    end;

-- What is left of the open amount of a document in the currency shown; in_set_off, in its own currency: null, nothing.
create or replace macro owed_share(in_set_off, in_document_open_amount, in_open_amount) as
    share_shown(in_document_open_amount - coalesce(in_set_off, 0), in_document_open_amount, in_open_amount);

-- The numbers in a text with commas between them, each once.
create or replace macro numbers_once(in_numbers) as
    array_to_string(list_sort(list_distinct(string_split(in_numbers, ', '))), ', ');

-- The numbers of all parts of a document, each once: those of a part stand in one text with commas between them.
create or replace macro all_numbers(in_numbers) as
    numbers_once(string_agg(in_numbers, ', '));

-- One row per part that takes part in a set-off: how much its open amount falls by (a credit's, negative, rises), how
-- much of that by notes that name an invoice or by a discount taken, and the numbers of the credit a debt is set off
-- against. in_pairs names the rows of set_off_at.
create or replace macro set_off_part_of(in_pairs) as table
with side as (
    select
        pair.document_id,
        pair.instalment,
        pair.amount,
        pair.is_named,
        pair.credit = 'discount' as is_discount,
        coalesce(pair.credit_document_id, pair.credit_payment_id) as credit_id,
    from query_table(in_pairs) as pair
    union all
    select
        pair.credit_document_id,
        pair.credit_instalment,
        -pair.amount,
        pair.is_named,
        false as is_discount,
        null as credit_id,
    from query_table(in_pairs) as pair
    where pair.credit_document_id is not null
)
select
    side.document_id,
    side.instalment,
    sum(side.amount) as amount,
    coalesce(sum(side.amount) filter (side.is_named or side.is_discount), 0) as named_amount,
    string_agg(distinct side.credit_id, ', ' order by side.credit_id) as set_off_with,
from side
group by side.document_id, side.instalment;

-- The same for the set-offs of a day.
create or replace macro set_off_part_at(in_as_of, in_known_on) as table
with pair as materialized (
    select pair.* from set_off_at(in_as_of, in_known_on) as pair
)
select part.* from set_off_part_of('pair') as part;

-- One row per document and day it falls due with something open, as open_document_at, with what of that is owed and
-- the numbers of the credit it is set off against, and until when which discount can still be taken. in_pairs names the
-- rows of set_off_at of the day.
create or replace macro owed_document_of(in_pairs, in_as_of, in_known_on, in_currency, in_entity, in_segment) as table
with part_after_set_off as (
    select
        part.*,
        cast(coalesce(set_off.amount, 0) as decimal(38, 2)) as document_set_off_amount,
        cast(part.document_open_amount - coalesce(set_off.amount, 0) as decimal(38, 2)) as document_owed_amount,
        set_off.set_off_with,
        case when offer.amount < document_owed_amount then offer.last_date end as discount_until,
        case when offer.amount < document_owed_amount then cast(offer.amount as decimal(38, 2)) end
            as document_discount_amount,
    from open_document_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as part
    left join set_off_part_of(in_pairs) as set_off
        on set_off.document_id = part.document_id and set_off.instalment = part.instalment
    left join discount_offer_at(in_as_of, in_known_on) as offer
        on offer.invoice_id = part.document_id and part.instalment = 0
)
select
    part.*,
    cast(share_shown(part.document_discount_amount, part.document_open_amount, part.open_amount) as decimal(38, 2))
        as discount_amount,
    cast(share_shown(part.document_owed_amount, part.document_open_amount, part.open_amount) as decimal(38, 2))
        as owed_amount,
from part_after_set_off as part;

-- The same for the set-offs of that day.
create or replace macro owed_document_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as table
with pair as materialized (
    select pair.* from set_off_at(in_as_of, in_known_on) as pair
)
select part.*
from owed_document_of('pair', in_as_of, in_known_on, in_currency, in_entity, in_segment) as part;

-- One row per invoice and day it falls due with something open: parts of an invoice that fall due on one day are owed,
-- and asked for, as one amount.
create or replace macro owed_day_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as table
select
    part.customer_id,
    part.segment,
    part.entity,
    part.currency,
    part.document_id,
    part.invoice_date,
    part.due_date,
    sum(part.document_open_amount) as document_open_amount,
    sum(part.open_amount) as open_amount,
    sum(part.document_owed_amount) as document_owed_amount,
    sum(part.owed_amount) as owed_amount,
    all_numbers(part.set_off_with) as set_off_with,
    max(part.discount_until) as discount_until,
    max(part.document_discount_amount) as document_discount_amount,
    max(part.discount_amount) as discount_amount,
from owed_document_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as part
where part.open_amount > 0 and part.invoice_type = 'invoice'
group by
    part.customer_id, part.segment, part.entity, part.currency, part.document_id, part.invoice_date, part.due_date;
