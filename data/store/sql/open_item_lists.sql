-- What lists of open items no longer show. `loaded_frame` holds the rows of the lists of a load: `list_date`, `list`,
-- `entity`, `invoice_id` and `batch_id` of their file; `empty_frame` the lists without rows: `list_date`, `batch_id` and
-- the `entity` they are of, null for all. Run one by one on the writer's connection, in this order.

-- One row per list compared and document that was on it before (open_amount 0.00: it was settled by a list since), or on
-- the same one as an earlier file had it. is_gone: it is not on the list compared. Compared are the loaded lists, and of
-- the documents on them the next list in the store.
create or replace temp table list_pair as
with item_row as materialized (
    select item.* from list_row_at(null) as item
),
loaded_row as (
    select loaded.list, loaded.entity, loaded.list_date, loaded.invoice_id, max(loaded.batch_id) as batch_id
    from loaded_frame as loaded
    group by all
),
loaded_list as (
    select loaded.list, loaded.entity, loaded.list_date, max(loaded.batch_id) as batch_id
    from (
        select shown.list, shown.entity, shown.list_date, shown.batch_id from loaded_row as shown
        union all
        -- Of which list it is shows in those before it.
        select distinct '' as list, known.entity, empty.list_date, empty.batch_id
        from empty_frame as empty
        inner join item_row as known
            on known.list = '' and (empty.entity is null or known.entity = empty.entity)
        where known.list_date <= empty.list_date
    ) as loaded
    group by loaded.list, loaded.entity, loaded.list_date
),
list_in_order as (
    select
        known.*,
        lead(known.list_date) over (partition by known.list, known.entity order by known.list_date) as next_date,
    from (
        select item.list, item.entity, item.list_date from item_row as item
        where item.open_amount <> 0
        union
        select loaded.list, loaded.entity, loaded.list_date from loaded_list as loaded
    ) as known
),
list_compared as (
    select loaded.*, cast(null as date) as only_from
    from loaded_list as loaded
    union all by name
    select known.list, known.entity, known.next_date as list_date, known.list_date as only_from
    from list_in_order as known
    inner join loaded_list as loaded
        on loaded.list = known.list and loaded.entity = known.entity and loaded.list_date = known.list_date
    anti join loaded_list as next_loaded
        on
            next_loaded.list = known.list
            and next_loaded.entity = known.entity
            and next_loaded.list_date = known.next_date
    where known.next_date is not null
),
row_until as (
    select
        item.*,
        lead(item.list_date) over (partition by item.invoice_id order by item.list_date) as next_date,
    from item_row as item
),
earlier_row as (
    select
        compared.list,
        compared.entity,
        compared.list_date,
        compared.only_from,
        earlier.invoice_id,
        earlier.list_date as earlier_date,
        earlier.currency,
        earlier.open_amount,
        earlier.next_date is distinct from compared.list_date as is_gone,
    from list_compared as compared
    inner join row_until as earlier
        on
            earlier.list = compared.list
            and earlier.entity = compared.entity
            and earlier.list_date < compared.list_date
    where
        (earlier.next_date is null or earlier.next_date >= compared.list_date)
        and (compared.only_from is null or compared.only_from = earlier.list_date)
    union all
    -- A file loaded later than this one is not its to miss.
    select
        compared.list,
        compared.entity,
        compared.list_date,
        compared.only_from,
        earlier.invoice_id,
        earlier.list_date as earlier_date,
        earlier.currency,
        earlier.open_amount,
        true as is_gone,
    from list_compared as compared
    inner join item_row as earlier
        on
            earlier.list = compared.list
            and earlier.entity = compared.entity
            and earlier.list_date = compared.list_date
            and earlier.batch_id < compared.batch_id
    anti join loaded_row as loaded
        on
            loaded.list = earlier.list
            and loaded.entity = earlier.entity
            and loaded.list_date = earlier.list_date
            and loaded.invoice_id = earlier.invoice_id
    where earlier.open_amount <> 0
),
pair as (
    select
        earlier.list,
        earlier.entity,
        earlier.list_date,
        earlier.only_from,
        earlier.invoice_id,
        max(earlier.earlier_date) as earlier_date,
        arg_max(earlier.currency, earlier.earlier_date) as currency,
        arg_max(earlier.open_amount, earlier.earlier_date) as open_amount,
        bool_or(earlier.is_gone) as is_gone,
    from earlier_row as earlier
    group by all
)
select pair.*
from pair
-- Of the next list in the store only the documents of the loaded one are looked at.
left join loaded_row as loaded
    on
        loaded.list = pair.list
        and loaded.entity = pair.entity
        and loaded.list_date = pair.only_from
        and loaded.invoice_id = pair.invoice_id
where pair.only_from is null or loaded.invoice_id is not null;

-- One row per document that is gone, in its currency, with what is open of it in the books at the end of the day of the
-- list (0.00: it is settled there too); of one that is not in the books, what the list before showed. Of several lists
-- that show it no longer the first one counts.
with gone_on_list as (
    select
        'open_items' as kind,
        pair.invoice_id,
        cast(null as varchar) as payment_id,
        document.customer_id,
        pair.list_date as day,
        pair.currency,
        cast(
            case when document.invoice_id is null then any_value(pair.open_amount) else coalesce(sum(item.amount), 0) end
            as decimal(18, 2)
        ) as amount,
        document.invoice_type,
        document.due_date,
        pair.list,
        pair.entity,
        pair.earlier_date,
        any_value(pair.open_amount) <> 0 as was_open,
    from list_pair as pair
    left join invoice_at(null) as document on document.invoice_id = pair.invoice_id
    left join item
        on item.document_id = pair.invoice_id and item.due_date is not null and item.post_date <= pair.list_date
    where pair.is_gone and (document.invoice_id is null or document.currency = pair.currency)
    group by
        pair.invoice_id, document.invoice_id, document.customer_id, pair.list_date, pair.currency, document.invoice_type,
        document.due_date, pair.list, pair.entity, pair.earlier_date
)
select gone.* exclude (earlier_date, was_open)
from gone_on_list as gone
where gone.amount <> 0 or gone.was_open
qualify row_number() over (
    partition by gone.invoice_id, gone.earlier_date order by gone.amount = 0, gone.day, gone.list, gone.entity
) = 1
order by gone.day, gone.invoice_id;

-- One row: how many documents the lists before held, and whether a list on which some are gone has shrunk: below the part
-- $shrunk of the one before it, in documents or in amounts of a currency, or with less than the part $repeated of them.
with earlier as (
    select
        pair.list,
        pair.entity,
        pair.list_date,
        pair.currency,
        count(*) as documents,
        count(*) filter (pair.is_gone) as gone,
        sum(abs(pair.open_amount)) as amount,
    from list_pair as pair
    where pair.open_amount <> 0
    group by all
),
present as (
    select
        coalesce(item.list, '') as list,
        coalesce(item.entity, '') as entity,
        item.list_date,
        item.currency,
        count(*) as documents,
        sum(abs(item.open_amount)) as amount,
    from open_item_at(null) as item
    anti join list_pair as pair
        on
            pair.is_gone
            and pair.invoice_id = item.invoice_id
            and pair.list = coalesce(item.list, '')
            and pair.entity = coalesce(item.entity, '')
            and pair.list_date = item.list_date
    where item.open_amount <> 0
    group by all
),
by_currency as (
    select
        earlier.*,
        coalesce(present.documents, 0) as present_documents,
        coalesce(present.amount, 0) < $shrunk * earlier.amount as is_less,
    from earlier
    left join present
        on
            present.list = earlier.list
            and present.entity = earlier.entity
            and present.list_date = earlier.list_date
            and present.currency = earlier.currency
),
by_list as (
    select
        sum(compared.documents) as documents,
        sum(compared.gone) as gone,
        sum(compared.present_documents) < $shrunk * sum(compared.documents)
        or sum(compared.documents) - sum(compared.gone) < $repeated * sum(compared.documents)
        or bool_or(compared.is_less) as has_shrunk,
    from by_currency as compared
    group by compared.list, compared.entity, compared.list_date
)
select
    cast(coalesce(sum(by_list.documents), 0) as bigint) as held,
    coalesce(bool_or(by_list.has_shrunk) filter (by_list.gone > 0), false) as has_shrunk,
from by_list;
