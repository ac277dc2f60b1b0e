-- One row per page, or run of pages, of a statement that came in several files, with whether it goes on from the row
-- before it: a page after the first, of the same number or the very next page, from where that one ended. Pages that
-- another row of the same statement holds as well are left out.
create or replace macro statement_page_at(in_known_on) as table
with page as (
    select page.*, case page.part when 'first' then 1 when 'middle' then 2 else 3 end as place
    from bank_statement_at(in_known_on) as page
    where
        page.part is not null
        and not exists (
            select 1
            from bank_statement_at(in_known_on) as wider
            where
                wider.account = page.account
                and wider.currency = page.currency
                and wider.number = page.number
                and wider.from_date <= page.from_date
                and wider.to_date >= page.to_date
                and wider.first_page <= page.first_page
                and wider.last_page >= page.last_page
                and wider.last_page - wider.first_page > page.last_page - page.first_page
        )
)
select
    page.*,
    row_number() over page_order as position,
    coalesce(
        page.place > 1
        and lag(page.place) over page_order < 3
        and coalesce(lag(page.closing) over page_order = page.opening, true)
        and coalesce(lag(page.last_page) over page_order < page.first_page, true)
        and (
            lag(page.number) over page_order is not distinct from page.number
            or (
                lag(page.closing) over page_order = page.opening
                and lag(page.last_page) over page_order = page.first_page - 1
            )
        ),
        false
    ) as goes_on,
from page
window page_order as (
    partition by page.account, page.currency
    order by page.to_date, length(page.number), page.number, page.place, page.first_page, page.statement_id
);

-- One row per statement; one that came in several forms, or in several files, or in pages, is one.
create or replace macro statement_at(in_known_on) as table
with page_of_statement as (
    select
        page.*,
        count(*) filter (not page.goes_on) over (
            partition by page.account, page.currency order by page.position
        ) as nth_statement,
    from statement_page_at(in_known_on) as page
),
whole as (
    select
        page.account,
        page.currency,
        first(page.number order by page.position) as number,
        min(page.from_date) as from_date,
        max(page.to_date) as to_date,
        first(page.opening order by page.position) as opening,
        last(page.closing order by page.position) as closing,
        cast(sum(page.entries) as bigint) as entries,
        cast(sum(page.credits) as decimal(18, 2)) as credits,
        cast(sum(page.debits) as decimal(18, 2)) as debits,
    from page_of_statement as page
    group by page.account, page.currency, page.nth_statement
    union all
    select
        statement.account,
        statement.currency,
        statement.number,
        statement.from_date,
        statement.to_date,
        statement.opening,
        statement.closing,
        cast(statement.entries as bigint) as entries,
        statement.credits,
        statement.debits,
    from bank_statement_at(in_known_on) as statement
    where statement.part is null
)
select
    whole.*,
    cast(whole.closing - (whole.opening + whole.credits - whole.debits) as decimal(18, 2)) as difference,
from whole
qualify row_number() over (
    partition by whole.account, whole.currency, whole.from_date, whole.to_date, whole.opening, whole.closing,
        whole.entries, whole.credits, whole.debits
    order by whole.number
) = 1;

-- One row per account, currency and day with entries: what they come to.
create or replace macro bank_day_at(in_known_on) as table
select entry.account, entry.currency, entry.entry_date, sum(entry.amount) as amount
from booked_entry_at(in_known_on) as entry
group by entry.account, entry.currency, entry.entry_date;

-- One row per statement with both balances and the one before it of the same account, with what lies between: the
-- opening less the closing before it. None for the first, and none for a statement that begins within the days of
-- another, which tells of the days before it. A statement that begins on the last day of another may hold that day as
-- well, as downloads of a bank do: then it begins with the balance at the end of an earlier day, declared or from the
-- entries of that day.
create or replace macro statement_gap_at(in_known_on) as table
with balanced_statement as (
    select
        statement.*,
        row_number() over in_order as position,
        coalesce(
            max(statement.to_date) over (
                partition by statement.account, statement.currency
                order by statement.from_date
                range between unbounded preceding and interval 1 day preceding
            ) > statement.from_date
            or max(statement.to_date) over (
                partition by statement.account, statement.currency, statement.from_date
            ) > statement.to_date,
            false
        ) as is_within_another,
    from statement_at(in_known_on) as statement
    where statement.opening is not null and statement.closing is not null
    window in_order as (
        partition by statement.account, statement.currency
        order by statement.to_date, statement.from_date, length(statement.number), statement.number
    )
),
last_of_day as (
    select balanced.account, balanced.currency, balanced.to_date, max_by(balanced.closing, balanced.position) as closing
    from balanced_statement as balanced
    group by balanced.account, balanced.currency, balanced.to_date
),
statement_with_earlier as (
    select statement.*, earlier.to_date as earlier_to_date, earlier.closing as earlier_closing
    from balanced_statement as statement
    asof left join last_of_day as earlier
        on
            earlier.account = statement.account
            and earlier.currency = statement.currency
            and earlier.to_date < statement.from_date
),
-- One row per statement that begins on the day on which others before it end: the closing of the last of them.
statement_of_same_day as (
    select
        statement.account,
        statement.currency,
        statement.position,
        max_by(adjacent.closing, adjacent.position) as closing,
    from balanced_statement as statement
    inner join balanced_statement as adjacent
        on
            adjacent.account = statement.account
            and adjacent.currency = statement.currency
            and adjacent.to_date = statement.from_date
            and adjacent.position < statement.position
    group by statement.account, statement.currency, statement.position
)
select
    statement.account,
    statement.currency,
    statement.number,
    statement.from_date,
    statement.to_date,
    case when same_day.closing is not null then statement.from_date else statement.earlier_to_date end
        as previous_to_date,
    case
        when statement.is_within_another then null
        when
            exists (
                select 1
                from balanced_statement as previous
                where
                    previous.account = statement.account
                    and previous.currency = statement.currency
                    and previous.closing = statement.opening
                    and previous.position <> statement.position
                    and previous.to_date <= statement.from_date
                    and previous.to_date >= coalesce(statement.earlier_to_date, statement.from_date)
            )
            or coalesce(same_day.closing - entries.amount = statement.opening, false)
            then 0.00
        else statement.opening - coalesce(same_day.closing, statement.earlier_closing)
    end::decimal(18, 2) as gap,
from statement_with_earlier as statement
left join statement_of_same_day as same_day
    on
        same_day.account = statement.account
        and same_day.currency = statement.currency
        and same_day.position = statement.position
left join bank_day_at(in_known_on) as entries
    on
        entries.account = statement.account
        and entries.currency = statement.currency
        and entries.entry_date = statement.from_date;

-- One row per payout of a payment provider and currency: what its lines come to and what was paid out, which is below
-- zero on the balance there.
create or replace macro provider_payout_at(in_known_on) as table
with payout_sum as (
    select
        payment.provider,
        payment.payout_id,
        payment.currency,
        max(payment.payout_date) as payout_date,
        count(*) filter (where payment.kind = 'charge') as charges,
        coalesce(sum(payment.gross) filter (where payment.kind = 'charge'), 0) as gross,
        coalesce(sum(payment.gross) filter (where payment.kind = 'refund'), 0) as refunds,
        coalesce(sum(payment.gross) filter (where payment.kind = 'chargeback'), 0) as chargebacks,
        coalesce(sum(payment.gross) filter (where payment.kind = 'adjustment'), 0) as adjustments,
        coalesce(sum(payment.fee) filter (where payment.kind <> 'payout'), 0)
        + coalesce(sum(payment.gross) filter (where payment.kind = 'fee'), 0) as fees,
        coalesce(sum(payment.net) filter (where payment.kind <> 'payout'), 0) as net,
        -sum(payment.net) filter (where payment.kind = 'payout') as payout,
    from provider_payment_at(in_known_on) as payment
    where payment.payout_id is not null
    group by payment.provider, payment.payout_id, payment.currency
)
select
    payout.provider,
    payout.payout_id,
    payout.currency,
    payout.payout_date,
    payout.charges,
    cast(payout.gross as decimal(18, 2)) as gross,
    cast(payout.refunds as decimal(18, 2)) as refunds,
    cast(payout.chargebacks as decimal(18, 2)) as chargebacks,
    cast(payout.adjustments as decimal(18, 2)) as adjustments,
    cast(payout.fees as decimal(18, 2)) as fees,
    cast(payout.net as decimal(18, 2)) as net,
    cast(payout.payout as decimal(18, 2)) as payout,
    cast(payout.payout - payout.net as decimal(18, 2)) as difference,
from payout_sum as payout;

-- One row per oddity of the statements and payouts up to the end of a day, with its size, which is never below zero, so
-- that two of them do not add up to nothing: a statement of which opening and entries do not come to the closing, one
-- that lacks one of its balances, one that does not begin where the one before it ended, and a payout of other lines.
create or replace macro statement_case_at(in_as_of, in_known_on, in_currency) as table
select
    'statement_not_following' as finding,
    statement.account,
    abs(statement.difference) as amount,
    statement.currency,
from statement_at(in_known_on) as statement
where
    statement.difference <> 0
    and statement.to_date <= in_as_of
    and (in_currency is null or statement.currency = in_currency)
union all
select 'statement_without_balance', statement.account, null, null
from statement_at(in_known_on) as statement
where
    (statement.opening is null) <> (statement.closing is null)
    and statement.to_date <= in_as_of
    and (in_currency is null or statement.currency = in_currency)
union all
select 'statements_apart', statement.account, abs(statement.gap), statement.currency
from statement_gap_at(in_known_on) as statement
where
    statement.gap <> 0
    and statement.to_date <= in_as_of
    and (in_currency is null or statement.currency = in_currency)
union all
select 'payout_apart', payout.provider || ' ' || payout.payout_id, abs(payout.difference), payout.currency
from provider_payout_at(in_known_on) as payout
where
    payout.difference <> 0
    and payout.payout_date <= in_as_of
    and (in_currency is null or payout.currency = in_currency);

-- One row per account, currency and day with a balance at its end: the declared one, or the declared one before it plus
-- the entries since. Entries without a declared balance before them give no row.
create or replace macro bank_closing_at(in_known_on) as table
with entries_since_balance as (
    select
        entries.account,
        entries.currency,
        entries.entry_date,
        entries.amount,
        balance.balance_date,
        balance.balance,
    from bank_day_at(in_known_on) as entries
    asof inner join bank_balance_at(in_known_on) as balance
        on
            balance.account = entries.account
            and balance.currency = entries.currency
            and balance.balance_date <= entries.entry_date
)
select balance.account, balance.currency, balance.balance_date, cast(balance.balance as decimal(38, 2)) as balance
from bank_balance_at(in_known_on) as balance
union all
select
    entries.account,
    entries.currency,
    entries.entry_date,
    entries.balance + sum(entries.amount) over (
        partition by entries.account, entries.currency, entries.balance_date order by entries.entry_date
    ),
from entries_since_balance as entries
where entries.entry_date > entries.balance_date;
