-- Lists of open items: what they settle. Each row of a list says what is open of a document at the end of a day.

-- One row per document, currency and day of a list it stands on: what is open of it. If several lists of one day hold a
-- document, the one that shows more of it counts.
create or replace macro listed_amount_at(in_known_on) as table
select item.invoice_id, item.currency, item.list_date, item.list, item.open_amount
from open_item_at(in_known_on) as item
qualify row_number() over (
    partition by item.invoice_id, item.currency, item.list_date
    order by abs(item.open_amount) desc, item.open_amount desc, item.list
) = 1;

-- One row per document and day of a list it stands on, in whatever currency, with the list and the administration that
-- show it: of several lists of one day the one that shows more of it.
create or replace macro list_row_at(in_known_on) as table
select
    item.invoice_id,
    item.list_date,
    coalesce(item.list, '') as list,
    coalesce(item.entity, '') as entity,
    item.currency,
    item.open_amount,
    item.batch_id,
from open_item_at(in_known_on) as item
qualify row_number() over (
    partition by item.invoice_id, item.list_date
    order by abs(item.open_amount) desc, item.open_amount desc, item.list, item.entity
) = 1;

-- One row per document and day on which what lists settle of it changes: by how much it falls (negative: it is open
-- again), with the day of the list that says so.
-- At the end of the day of a list the document is open as the list says, so that lists have settled by then what the
-- books have open without them, less that. Money that is dated after the last list and that would leave the document
-- overpaid is what the list had seen already: the settlement makes room for it. A list before the date of the document
-- counts on that date.
-- in_documents names the documents, with `invoice_id`, `currency`, `invoice_date`, `amount` and `cancelled_date`;
-- in_movements what settles them besides lists, with `invoice_id`, `applied_date` and `amount`.
create or replace macro listed_settlement_of(in_documents, in_movements, in_known_on) as table
with document_on_list as (
    select document.invoice_id, document.invoice_date, document.amount, document.cancelled_date, listed.list_date,
        listed.list, listed.open_amount,
    from listed_amount_at(in_known_on) as listed
    inner join query_table(in_documents) as document
        on document.invoice_id = listed.invoice_id and document.currency = listed.currency
),
document as (
    select distinct listed.invoice_id, listed.invoice_date, listed.amount, listed.cancelled_date
    from document_on_list as listed
),
movement as (
    select
        listed.invoice_id,
        greatest(listed.list_date, listed.invoice_date) as day,
        0 as amount,
        arg_max(listed.open_amount, listed.list_date) as open_amount,
        max(listed.list_date) as list_date,
        arg_max_null(listed.list, listed.list_date) as list,
    from document_on_list as listed
    group by listed.invoice_id, day
    union all by name
    select document.invoice_id, document.invoice_date as day, document.amount
    from document
    union all by name
    select document.invoice_id, greatest(document.cancelled_date, document.invoice_date) as day, -document.amount as amount
    from document
    where document.cancelled_date is not null
    union all by name
    select settlement.invoice_id, settlement.applied_date as day, -settlement.amount as amount
    from query_table(in_movements) as settlement
    where settlement.invoice_id in (select document.invoice_id from document)
),
movement_of_day as (
    select
        movement.invoice_id,
        movement.day,
        sum(movement.amount) as amount,
        max(movement.open_amount) as open_amount,
        max(movement.list_date) as list_date,
        max(movement.list) as list,
    from movement
    group by movement.invoice_id, movement.day
),
balance as (
    select
        movement.invoice_id,
        movement.day,
        sign(document.amount) as side,
        sign(document.amount) * sum(movement.amount) over so_far as booked_amount,
        sign(document.amount) * movement.open_amount as open_amount,
        movement.list_date,
        movement.list,
        count(movement.list_date) over so_far as lists,
    from movement_of_day as movement
    inner join document on document.invoice_id = movement.invoice_id
    window so_far as (partition by movement.invoice_id order by movement.day)
),
balance_since_list as (
    select
        balance.invoice_id,
        balance.day,
        balance.side,
        first_value(balance.list_date) over since_list as list_date,
        first_value(balance.list) over since_list as list,
        first_value(balance.booked_amount - balance.open_amount) over since_list as settled_amount,
        min(balance.booked_amount) over since_list - least(0, first_value(balance.open_amount) over since_list)
            as room_left,
    from balance
    where balance.lists > 0
    window since_list as (
        partition by balance.invoice_id, balance.lists
        order by balance.day
        rows between unbounded preceding and current row
    )
),
settled_by_lists as (
    select
        since.invoice_id,
        since.day,
        since.list_date,
        since.list,
        since.side * least(since.settled_amount, greatest(0, since.room_left)) as amount,
    from balance_since_list as since
),
change as (
    select
        settled.* exclude (amount),
        settled.amount - lag(settled.amount, 1, 0) over (partition by settled.invoice_id order by settled.day) as amount,
    from settled_by_lists as settled
)
select change.* exclude (amount), cast(change.amount as decimal(18, 2)) as amount
from change
where change.amount <> 0;

-- One row per document of which lists settled something by the end of a day: how much, how much came in besides, when
-- the last of it was settled, and what is open; amounts in the currency shown.
create or replace macro listed_document_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as table
with listed_document as (
    select item.document_id
    from item_at(in_known_on, in_currency, in_entity, in_segment) as item
    where is_listed(item.kind) and item.post_date <= in_as_of
    group by item.document_id
    having sum(item.weight) > 0
),
posted_item as (
    select item.*
    from item_at(in_known_on, in_currency, in_entity, in_segment) as item
    where
        item.post_date <= in_as_of
        and item.due_date is not null
        and item.document_id in (select listed.document_id from listed_document as listed)
)
select
    item.document_id,
    item.customer_id,
    item.invoice_type,
    item.invoice_date,
    -coalesce(sum(item.amount) filter (is_listed(item.kind)), 0) as listed_amount,
    -coalesce(sum(item.amount) filter (is_receipt(item.kind)), 0) as received_amount,
    coalesce(sum(item.weight) filter (is_receipt(item.kind)), 0) > 0 as is_paid_too,
    max(item.post_date) filter (is_listed(item.kind)) as listed_date,
    sum(item.amount) as open_amount,
from unreversed('posted_item') as item
group by item.document_id, item.customer_id, item.invoice_type, item.invoice_date
having
    sum(item.weight) filter (is_document(item.kind)) > 0
    and coalesce(sum(item.document_amount) filter (is_listed(item.kind)), 0) <> 0;

-- One row per document that is open at the end of the day of the latest list of its name though that list does not show
-- it: nobody said that the list is complete.
create or replace macro missing_from_list_at(in_as_of, in_known_on) as table
with item_row as (
    select item.* from list_row_at(in_known_on) as item
    where item.list_date <= in_as_of
),
latest_list as (
    select item.list, item.entity, max(item.list_date) as list_date
    from item_row as item
    where item.open_amount <> 0
    group by item.list, item.entity
),
latest_row as (
    select item.invoice_id, max(item.list_date) as list_date, arg_max(item.list, item.list_date) as list,
        arg_max(item.entity, item.list_date) as entity,
    from item_row as item
    group by item.invoice_id
)
select last_row.invoice_id as document_id, latest.list_date
from latest_row as last_row
inner join latest_list as latest
    on latest.list = last_row.list and latest.entity = last_row.entity and latest.list_date > last_row.list_date
inner join item_at(in_known_on, null, null, null) as item
    on item.document_id = last_row.invoice_id and item.due_date is not null and item.post_date <= latest.list_date
group by last_row.invoice_id, latest.list_date
having sum(item.document_amount) <> 0;

-- One row per oddity of lists of open items up to the end of a day: a document they settled without any payment, one that
-- is open though it is on its list no longer, one that is on a list and not in the books, or in another currency, and one
-- that two lists of a day disagree about. amount in the currency shown; null where there is none.
create or replace macro list_case_at(in_as_of, in_known_on, in_currency, in_entity) as table
with listed_row as (
    select item.*
    from open_item_at(in_known_on) as item
    where item.list_date <= in_as_of and item.open_amount <> 0
),
known_document as (
    select document.invoice_id, document.currency, coalesce(document.entity, '') as entity
    from invoice_at(in_known_on) as document
    where document.invoice_id in (select listed.invoice_id from listed_row as listed)
),
row_in_view as (
    select listed.*, document.currency as document_currency
    from listed_row as listed
    inner join known_document as document on document.invoice_id = listed.invoice_id
    where
        (in_currency is null or document.currency = in_currency)
        and (in_entity is null or document.entity = in_entity)
)
select 'settled_by_lists_only' as finding, listed.document_id as example, listed.listed_amount as amount
from listed_document_at(in_as_of, in_known_on, in_currency, in_entity, null) as listed
where not listed.is_paid_too
union all
select 'missing_from_list', part.document_id, sum(part.open_amount)
from open_document_at(in_as_of, in_known_on, in_currency, in_entity, null) as part
inner join missing_from_list_at(in_as_of, in_known_on) as missing on missing.document_id = part.document_id
group by part.document_id
union all
select 'list_without_invoice', listed.invoice_id, null
from listed_row as listed
anti join known_document as document on document.invoice_id = listed.invoice_id
where (in_currency is null or listed.currency = in_currency) and (in_entity is null or coalesce(listed.entity, '') = in_entity)
group by listed.invoice_id
union all
select 'list_other_currency', listed.invoice_id, null
from row_in_view as listed
where listed.currency <> listed.document_currency
group by listed.invoice_id
union all
select 'lists_disagree', listed.invoice_id, null
from row_in_view as listed
where listed.currency = listed.document_currency
group by listed.invoice_id, listed.list_date
having count(distinct listed.open_amount) > 1;
