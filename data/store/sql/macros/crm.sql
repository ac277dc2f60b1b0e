-- Which customer of the books a company of a CRM is. A customer that only a CRM knows has its number there for its own
-- (`hubspot:1001`), or its name (`hubspot:name:Acme`).

-- A name as it is compared: without capitals, accents, spaces and signs, and with one spelling of each legal form.
-- Jansen B.V. is JANSEN BV, but neither Jansen nor Jansen N.V.
create or replace macro customer_name_key(in_name) as
    nullif(
        regexp_replace(
            regexp_replace(
                regexp_replace(lower(strip_accents(in_name)), '\blimited\b', 'ltd', 'g'), '\bincorporated\b', 'inc', 'g'
            ),
            '[^\p{L}\p{N}&+]+',
            '',
            'g'
        ),
        ''
    );

-- One row per number of a CRM and customer it is by name: the only one of the books with that name, if no two companies
-- of the CRM have it; else, for a number that is a name, the only company of the CRM with it.
-- in_numbers names the numbers, with `crm_number`, `crm`, `is_name` and `name_key`.
create or replace macro crm_name_link(in_numbers, in_known_on) as table
with listed_customer as (
    select customer.customer_id, customer.crm_id, customer_name_key(customer.customer_name) as name_key
    from customer_version_at(in_known_on) as customer
    where exists (select 1 from query_table(in_numbers))
),
book_customer as (
    select customer.name_key, min(customer.customer_id) as customer_id
    from listed_customer as customer
    where customer.customer_id is distinct from customer.crm_id
    group by customer.name_key
    having count(*) = 1
),
crm_company as (
    select
        split_part(customer.customer_id, ':', 1) as crm,
        customer.name_key,
        min(customer.customer_id) as customer_id,
        count(*) as companies,
    from listed_customer as customer
    where customer.customer_id = customer.crm_id and customer.customer_id not like '%:name:%'
    group by all
)
select number.crm_number, coalesce(book.customer_id, company.customer_id) as customer_id
from query_table(in_numbers) as number
left join book_customer as book on book.name_key = number.name_key
left join crm_company as company on company.crm = number.crm and company.name_key = number.name_key
where
    coalesce(company.companies, 0) <= 1
    and (book.customer_id is not null or (number.is_name and company.customer_id is not null));

-- One row per number of a CRM whose customer in the books is known: because the CRM has our number, or by name.
create or replace macro crm_link_at(in_known_on) as table
with numbered as (
    select customer.crm_id as crm_number, min(customer.customer_id) as customer_id
    from customer_version_at(in_known_on) as customer
    where customer.crm_id <> customer.customer_id
    group by customer.crm_id
),
crm_number as (
    select
        customer.customer_id as crm_number,
        split_part(customer.customer_id, ':', 1) as crm,
        customer.customer_id like '%:name:%' as is_name,
        customer_name_key(customer.customer_name) as name_key,
    from customer_version_at(in_known_on) as customer
    where
        customer.customer_id = customer.crm_id
        and customer.customer_id not in (select numbered.crm_number from numbered)
)
select numbered.* from numbered
union all
select link.* from crm_name_link('crm_number', in_known_on) as link;

-- One row per customer. What a CRM knows of whom to speak to fills what the books leave open, and is no customer itself.
create or replace macro customer_at(in_known_on) as table
with link as materialized (
    select link.* from crm_link_at(in_known_on) as link
),
crm_detail as (
    select
        link.customer_id,
        min(customer.email) as email,
        min(customer.phone) as phone,
        min(customer.contact_name) as contact_name,
        min(customer.contact_function) as contact_function,
        min(customer.street) as street,
        min(customer.postcode) as postcode,
        min(customer.city) as city,
    from link
    inner join customer_version_at(in_known_on) as customer on customer.customer_id = link.crm_number
    group by link.customer_id
)
select
    customer.* replace (
        coalesce(customer.email, detail.email) as email,
        coalesce(customer.phone, detail.phone) as phone,
        coalesce(customer.contact_name, detail.contact_name) as contact_name,
        case when customer.contact_name is null then coalesce(customer.contact_function, detail.contact_function)
            else customer.contact_function end as contact_function,
        coalesce(customer.street, detail.street) as street,
        case when customer.street is null then coalesce(customer.postcode, detail.postcode) else customer.postcode end
            as postcode,
        case when customer.street is null then coalesce(customer.city, detail.city) else customer.city end as city
    )
from customer_version_at(in_known_on) as customer
left join crm_detail as detail on detail.customer_id = customer.customer_id
where customer.customer_id not in (select link.crm_number from link);

-- One row per contact, of the customer it was with: also of one that a CRM calls by its own number or by name.
create or replace macro contact_at(in_known_on) as table
with name_number as (
    select distinct
        contact.customer_id as crm_number,
        split_part(contact.customer_id, ':', 1) as crm,
        true as is_name,
        customer_name_key(regexp_extract(contact.customer_id, '^[a-z]+:name:(.*)$', 1)) as name_key,
    from contact_version_at(in_known_on) as contact
    where contact.customer_id like '%:name:%'
),
link as (
    select link.* from crm_link_at(in_known_on) as link
),
name_link as (
    select link.* from crm_name_link('name_number', in_known_on) as link
)
select contact.* replace (
    coalesce(company.customer_id, link.customer_id, named_company.customer_id, named.customer_id, contact.customer_id)
    as customer_id
)
from contact_version_at(in_known_on) as contact
left join link on link.crm_number = contact.customer_id
left join link as company on company.crm_number = link.customer_id
left join name_link as named on named.crm_number = contact.customer_id
left join link as named_company on named_company.crm_number = named.customer_id;
