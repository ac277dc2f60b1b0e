-- The code of the rule that sets a customer's legal term. If a fact it needs is not known, the code names that fact,
-- and the term is the longest that can hold. A large debtor of a small or medium creditor pays within 30 days whether
-- it is a business or a public body, so that its kind need not be known.
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

-- One row: the settings that payment terms depend on.
create or replace macro term_setting_at(in_known_on) as table
select
    max(setting.value) filter (setting.key = 'company_size') as company_size,
    regexp_replace(
        lower(coalesce(max(setting.value) filter (setting.key = 'large_size_classes'), 'large,groot')),
        '\s*,\s*',
        ',',
        'g'
    ) as large_classes,
    coalesce(max(setting.value) filter (setting.key = 'vat_period'), 'quarter') as vat_period,
from setting_at(in_known_on) as setting;

-- One row per customer that is in the customer list or has a document: its agreed and its legal term. term_days is the
-- term that counts as agreed: 30 days, by law, where none was.
create or replace macro customer_term_at(in_known_on) as table
with known_customer as (
    select customer.customer_id from customer_at(in_known_on) as customer
    union
    select invoice.customer_id from invoice_at(in_known_on) as invoice
),
customer_with_basis as (
    select
        known.customer_id,
        coalesce(customer.customer_name, known.customer_id) as customer_name,
        coalesce(customer.segment, '') as segment,
        customer.account_manager,
        customer.customer_type,
        customer.size_class,
        customer.credit_limit,
        coalesce(longest_term_days(customer.payment_terms), customer.payment_terms_days) as agreed_days,
        cast(
            greatest(coalesce(longest_term_days(customer.payment_terms), customer.payment_terms_days, 30), 0) as integer
        ) as term_days,
        legal_term_basis(
            customer.customer_type, customer.size_class, setting.company_size, setting.large_classes
        ) as legal_basis,
    from known_customer as known
    left join customer_at(in_known_on) as customer on customer.customer_id = known.customer_id
    cross join term_setting_at(in_known_on) as setting
)
select customer.*, cast(legal_term_days(customer.legal_basis) as bigint) as legal_days
from customer_with_basis as customer;
