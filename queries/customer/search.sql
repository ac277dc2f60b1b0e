-- name: search
-- One row per customer, or document dated by the day, whose number, name or order number holds all words of a text.
-- Case and accents do not count. A whole number goes first, then a name or number that starts with the text.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param text: VARCHAR = null  the words, with spaces between them; null: no rows
-- param limit: INTEGER = 8  no more rows of customers than this, and no more of documents
-- returns kind: VARCHAR  customer, invoice or credit_note
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns invoice_id: VARCHAR  the document; null for a customer
-- returns po_number: VARCHAR  the customer's order number
-- returns invoice_date: DATE  date of the document
-- returns amount: DECIMAL(18,2)  amount of the document
-- returns currency: VARCHAR  currency of the document itself
with asked as (
    select
        lower(strip_accents(trim($text))) as words,
        list_filter(string_split(lower(strip_accents($text)), ' '), lambda word: word <> '') as each_word,
),
named as (
    select known.customer_id, coalesce(customer.customer_name, known.customer_id) as customer_name,
    from known_customer_at($known_on) as known
    left join customer_at($known_on) as customer on customer.customer_id = known.customer_id
),
matching_customer as (
    select
        'customer' as kind,
        named.customer_id,
        named.customer_name,
        lower(strip_accents(named.customer_id)) as number,
        lower(strip_accents(named.customer_name)) as name,
        asked.words,
    from named, asked
    where
        len(asked.each_word) > 0
        and len(list_filter(
            asked.each_word,
            lambda word: not contains(lower(strip_accents(named.customer_id || ' ' || named.customer_name)), word)
        )) = 0
),
matching_document as (
    select
        document.invoice_type as kind,
        document.customer_id,
        document.invoice_id,
        document.po_number,
        document.invoice_date,
        document.amount,
        document.currency,
        lower(strip_accents(document.invoice_id)) as number,
        asked.words,
    from invoice_at($known_on) as document, asked
    where
        document.invoice_date <= $as_of
        and len(asked.each_word) > 0
        and len(list_filter(
            asked.each_word,
            lambda word: not contains(
                lower(strip_accents(document.invoice_id || ' ' || coalesce(document.po_number, ''))), word
            )
        )) = 0
),
first_customer as (
    select
        customer.*,
        row_number() over (
            order by
                customer.number <> customer.words,
                not starts_with(customer.name, customer.words),
                not starts_with(customer.number, customer.words),
                customer.name,
                customer.customer_id
        ) as place,
    from matching_customer as customer
),
first_document as (
    select
        document.*,
        row_number() over (
            order by
                document.number <> document.words,
                not starts_with(document.number, document.words),
                document.invoice_date desc,
                document.invoice_id
        ) as place,
    from matching_document as document
),
result as (
    select
        1 as part, customer.place, customer.kind, customer.customer_id, customer.customer_name,
        null as invoice_id, null as po_number, null as invoice_date, null as amount, null as currency,
    from first_customer as customer
    where customer.place <= $limit
    union all
    select
        2 as part, document.place, document.kind, document.customer_id, coalesce(named.customer_name, document.customer_id),
        document.invoice_id, document.po_number, document.invoice_date, document.amount, document.currency,
    from first_document as document
    left join named on named.customer_id = document.customer_id
    where document.place <= $limit
)
select
    result.kind,
    result.customer_id,
    result.customer_name,
    result.invoice_id,
    result.po_number,
    result.invoice_date,
    result.amount,
    result.currency,
from result
order by result.part, result.place
