-- From Odoo's rows, all text, to entries, documents and reconciliations with types. Run as one script on a connection
-- in memory that holds the tables `line_text`, `move_text`, `partial_text` and `company_text`. Amounts keep all their
-- decimals: one that has more than two is refused with its document, like that of any file, and never rounded.

-- A text of the database for a native file: control characters would refuse the row, and spaces around an id too.
create or replace temp macro clean(in_text) as
    nullif(
        regexp_replace(
            regexp_replace(in_text, '\p{Cc}+', ' ', 'g'),
            '^[\p{Z}\x{200B}\x{2060}\x{FEFF}]+|[\p{Z}\x{200B}\x{2060}\x{FEFF}]+$', '', 'g'
        ),
        ''
    );

-- An amount with all its decimals. Few amounts need the wide type, and text takes a hundred times as long to get there.
create or replace temp macro exact(in_text) as
    coalesce(
        cast(
            case
                when regexp_full_match(in_text, '-?[0-9]{1,14}([.][0-9]{1,4}0*)?') then cast(in_text as decimal(18, 4))
            end as decimal(38, 10)
        ),
        cast(in_text as decimal(38, 10))
    );

-- One row per company: its name as the administration, with its number where several bear the name.
create or replace temp table company as
select
    cast(company.id as bigint) as company_id,
    coalesce(clean(company.name), 'Company') || case
        when count(*) over (partition by coalesce(clean(company.name), 'Company')) > 1 then ' (' || company.id || ')'
        else ''
    end as entity,
    company.currency,
    -- Invoice numbers are unique per company only. The first company keeps them as they are.
    case when cast(company.id as bigint) > min(cast(company.id as bigint)) over () then '@' || company.id else '' end
        as mark,
from company_text as company;

-- One row per move with an entry: what it is called in the books. A number that two journals of one company gave goes to
-- the older move as it is.
create or replace temp table move as
with typed_move as (
    select
        cast(move.id as bigint) as move_id,
        move.move_type,
        clean(move.name) as name,
        clean(move.ref) as ref,
        cast(move.invoice_date_due as date) as invoice_date_due,
        coalesce(move.payment_state = 'blocked', false) as is_blocked,
        cast(move.reversed_entry_id as bigint) as reversed_move_id,
        exact(move.total) as total,
        exact(move.untaxed) as untaxed,
        move.move_type in ('out_invoice', 'out_refund', 'out_receipt') as is_invoice,
        move.is_exchange = 'true' as is_exchange,
        coalesce(move.payment_id, move.statement_line_id, move.paid_move_id, move.banked_move_id) is not null
        or move.journal_type in ('bank', 'cash', 'credit') as is_money,
        exact(coalesce(move.paid_amount, move.banked_amount)) as cash_amount,
        coalesce(move.paid_currency_id, move.banked_currency_id) as cash_currency_id,
        move.is_expense = 'true' as is_expense,
        move.is_discount = 'true' as is_discount,
        cast(cast(move.write_date as timestamp) as date) as write_day,
    from move_text as move
),
move_of_company as (
    select cast(line.move_id as bigint) as move_id, min(cast(line.company_id as bigint)) as company_id
    from line_text as line
    group by line.move_id
),
numbered_move as (
    select
        move.*,
        case when coalesce(move.name, '/') = '/' then 'Odoo ' || move.move_id else move.name end
        || coalesce(company.mark, '') as number,
    from typed_move as move
    inner join move_of_company as owner on owner.move_id = move.move_id
    left join company on company.company_id = owner.company_id
),
repeated_number as (
    select move.number, min(move.move_id) as first_move_id
    from numbered_move as move
    group by move.number
    having count(*) > 1
)
select
    move.*,
    move.number || case when move.move_id > repeated.first_move_id then '~' || move.move_id else '' end as label,
from numbered_move as move
left join repeated_number as repeated on repeated.number = move.number;

-- One row per reconciliation: the entries on both sides, and what it takes off each.
create or replace temp table reconciliation as
select
    cast(part.id as bigint) as partial_id,
    cast(part.debit_line_id as bigint) as debit_line_id,
    cast(part.credit_line_id as bigint) as credit_line_id,
    exact(part.amount) as amount,
    cast(part.max_date as date) as max_date,
    cast(part.exchange_move_id as bigint) as exchange_move_id,
from partial_text as part;

-- One row per entry. role: part of a document, or the kind of what settles documents.
create or replace temp table entry as
with typed_line as (
    select
        cast(line.id as bigint) as line_id,
        cast(line.move_id as bigint) as move_id,
        cast(line.company_id as bigint) as company_id,
        coalesce(cast(line.partner_id as bigint), 0) as partner_id,
        cast(line.date as date) as date,
        cast(line.date_maturity as date) as date_maturity,
        exact(line.balance) as balance,
        exact(line.amount_currency) as amount_currency,
        line.currency_id,
        line.currency_id is distinct from company.currency_id as is_foreign,
        line.is_blocked = 'true' as is_blocked,
        coalesce(line.payment_id, line.statement_line_id) is not null as is_money,
        cast(cast(line.write_date as timestamp) as date) as write_day,
    from line_text as line
    left join company_text as company on company.id = line.company_id
),
exchange_move as (
    select distinct part.exchange_move_id as move_id from reconciliation as part where part.exchange_move_id is not null
)
select
    line.* exclude (is_money, is_blocked, write_day),
    move.is_invoice,
    line.is_blocked or move.is_blocked as is_blocked,
    case when move.is_blocked then move.write_day else line.write_day end as write_day,
    coalesce(line.date_maturity, move.invoice_date_due, line.date) as due_date,
    case
        when line.balance = 0 then 'credit'
        when move.is_invoice then 'document'
        -- An entry that changes the value in the company's currency and no amount of the currency it is in.
        when
            move.is_exchange
            or (line.is_foreign and line.amount_currency = 0)
            or line.move_id in (select exchange.move_id from exchange_move as exchange)
            then 'exchange'
        when line.is_money or move.is_money then 'payment'
        when move.is_expense and line.balance < 0 then 'write_off'
        else 'document'
    end as role,
from typed_line as line
inner join move on move.move_id = line.move_id;

-- One row per entry of a document. The entries of an invoice are its instalments; any other entry is a document of its
-- own, and so is each entry of an invoice that comes to nothing.
create or replace temp table document_entry as
with whole_invoice as (
    select
        entry.move_id,
        entry.company_id,
        entry.partner_id,
        entry.date,
        min(entry.line_id) as first_line_id,
    from entry
    where entry.role = 'document' and entry.is_invoice
    group by entry.move_id, entry.company_id, entry.partner_id, entry.date
    having count(*) > 1 and sum(entry.balance) <> 0
)
select entry.*, coalesce(invoice.first_line_id, entry.line_id) as document_no,
from entry
left join whole_invoice as invoice
    on
        invoice.move_id = entry.move_id
        and invoice.company_id = entry.company_id
        and invoice.partner_id = entry.partner_id
        and invoice.date = entry.date
        and entry.is_invoice
where entry.role = 'document';

-- One row per document.
create or replace temp table document as
with whole_document as (
    select
        entry.document_no,
        entry.move_id,
        entry.company_id,
        entry.partner_id,
        entry.date,
        sum(entry.balance) as amount,
        count(*) as entries,
        max(entry.due_date) as due_date,
    from document_entry as entry
    group by all
),
-- The documents of moves that are several.
numbered_document as (
    select
        document.document_no,
        row_number() over (partition by document.move_id order by document.document_no) as number,
    from whole_document as document
    where document.move_id in (
        select document.move_id from whole_document as document group by document.move_id having count(*) > 1
    )
)
select
    document.*,
    move.label || coalesce(' #' || several.number, '') as invoice_id,
    case
        when several.number is null and abs(move.total) = abs(document.amount) then move.total - move.untaxed
    end as vat_amount,
    case when move.move_type = 'out_invoice' then move.ref end as po_number,
    case when several.number is null then move.reversed_move_id end as reversed_move_id,
from whole_document as document
inner join move on move.move_id = document.move_id
left join numbered_document as several on several.document_no = document.document_no;
