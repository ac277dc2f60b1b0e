-- Payment terms: the agreed term of a customer and the longest term the law allows.

-- What the legal term of a customer rests on. What is not known is named, never taken for something: the term that
-- goes with it is then the longest that can hold. A large debtor of a small or medium creditor pays within 30 days
-- whether it is a business or a public body, so that its kind need not be known.
create or replace macro legal_term_basis(in_customer_type, in_size_class, in_company_size, in_large_classes) as
    case
        when in_customer_type = 'public' then 'public'
        when in_customer_type = 'consumer' then 'consumer'
        when contains(concat(',', in_large_classes, ','), concat(',', lower(in_size_class), ','))
            then
                case
                    when in_company_size in ('small', 'medium') then 'large_debtor'
                    when in_customer_type is null then 'kind_unknown'
                    when in_company_size is null then 'company_unknown'
                    else 'business'
                end
        when in_customer_type is null then 'kind_unknown'
        when in_size_class is null and in_company_size is distinct from 'large' then 'size_unknown'
        else 'business'
    end;

-- Art. 6:119a and 6:119b BW: 30 days for public bodies and for large debtors of small and medium creditors, else 60.
-- The law has no longest term for consumers.
create or replace macro legal_term_days(in_basis) as
    case
        when in_basis in ('public', 'large_debtor') then 30
        when in_basis <> 'consumer' then 60
    end;

create or replace macro term_setting_at(in_known_on) as table
select
    max(s.value) filter (s.key = 'company_size') as company_size,
    regexp_replace(
        lower(coalesce(max(s.value) filter (s.key = 'large_size_classes'), 'large,groot')), '\s*,\s*', ',', 'g'
    ) as large_classes,
    coalesce(max(s.value) filter (s.key = 'vat_period'), 'quarter') as vat_period,
from setting_at(in_known_on) as s;

-- One row per customer that is in the customer list or has a document. term_days is what counts as agreed: 30 days,
-- as the law says, where nothing was.
create or replace macro customer_term_at(in_known_on) as table
with known as (
    select c.customer_id from customer_at(in_known_on) as c
    union
    select i.customer_id from invoice_at(in_known_on) as i
)
select
    k.customer_id,
    coalesce(c.customer_name, k.customer_id) as customer_name,
    coalesce(c.segment, '') as segment,
    c.account_manager,
    c.customer_type,
    c.size_class,
    c.credit_limit,
    c.payment_terms_days as agreed_days,
    cast(greatest(coalesce(c.payment_terms_days, 30), 0) as integer) as term_days,
    legal_term_basis(c.customer_type, c.size_class, s.company_size, s.large_classes) as legal_basis,
    cast(
        legal_term_days(legal_term_basis(c.customer_type, c.size_class, s.company_size, s.large_classes)) as bigint
    ) as legal_days,
from known as k
left join customer_at(in_known_on) as c on c.customer_id = k.customer_id
cross join term_setting_at(in_known_on) as s;
