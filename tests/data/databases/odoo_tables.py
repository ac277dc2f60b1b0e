"""Tables of Odoo's accounting as versions 14 to 18 have them: of their columns those that matter to a reader.

What differs per version: OCA/OpenUpgrade, upgrade_analysis.txt of the module account.
"""

COMMON = """
    create table ir_module_module (id integer primary key, name varchar, latest_version varchar);
    create table ir_config_parameter (id integer primary key, key varchar, value text);
    create table res_currency (id integer primary key, name varchar);
    create table res_company (id integer primary key, name varchar, partner_id integer, currency_id integer);
    create table res_country (id integer primary key, code varchar);
    create table account_journal (id integer primary key, type varchar, company_id integer);
    create table account_payment_term (id integer primary key);
    create table account_bank_statement_line (
        id integer primary key, move_id integer, amount numeric, currency_id integer
    );
    create table account_payment (
        id integer primary key, move_id integer, amount numeric, currency_id integer, payment_type varchar
    );
    create table res_partner (
        id integer primary key, name varchar, active boolean default true, is_company boolean default true,
        commercial_partner_id integer, vat varchar, email varchar, country_id integer, lang varchar,
        write_date timestamp
    );
    create table account_account (id integer primary key, reconcile boolean);
    create table account_move (
        id integer primary key, name varchar, ref varchar, date date not null, state varchar not null,
        move_type varchar not null, journal_id integer not null, company_id integer, currency_id integer,
        partner_id integer, invoice_date date, invoice_date_due date, payment_state varchar,
        reversed_entry_id integer, amount_untaxed_signed numeric, amount_total_signed numeric,
        statement_line_id integer, write_date timestamp
    );
    create table account_move_line (
        id integer primary key, move_id integer not null, date date, parent_state varchar, company_id integer,
        account_id integer, partner_id integer, balance numeric, amount_currency numeric, currency_id integer,
        date_maturity date, display_type varchar, payment_id integer, statement_line_id integer,
        write_date timestamp
    );
    create table account_partial_reconcile (
        id integer primary key, debit_move_id integer not null, credit_move_id integer not null,
        amount numeric, max_date date, create_date timestamp, write_date timestamp
    );
    """
_PROPERTIES = """
    create table ir_property (
        id integer primary key, name varchar, company_id integer, res_id varchar, value_reference varchar,
        value_float double precision
    );
    """
_ACCOUNT_TYPES = """
    create table account_account_type (id integer primary key, type varchar, internal_group varchar);
    insert into account_account_type values (1, 'receivable', 'asset'), (2, 'liquidity', 'asset'),
        (3, 'other', 'income'), (4, 'other', 'expense');
    alter table account_account add column user_type_id integer, add column internal_type varchar;
    create table account_payment_term_line (
        id integer primary key, payment_id integer, value varchar, value_amount double precision,
        days integer, option varchar, sequence integer
    );
    alter table account_move_line add column blocked boolean default false;
    alter table account_move add column payment_id integer;
    """
_ACCOUNT_TYPE = """
    alter table account_account add column account_type varchar, add column non_trade boolean default false;
    alter table account_partial_reconcile add column exchange_move_id integer;
    """
_TERM_LINES = """
    create table account_payment_term_line (
        id integer primary key, payment_id integer, value varchar, value_amount double precision,
        nb_days integer, delay_type varchar
    );
    """
_TERM_LINES_16 = """
    create table account_payment_term_line (
        id integer primary key, payment_id integer, value varchar, value_amount double precision,
        months integer, days integer, end_month boolean, days_after integer
    );
    """
_TO_17 = """
    alter table account_move_line add column blocked boolean default false;
    alter table account_move add column payment_id integer;
    """
_18 = """
    alter table account_move add column origin_payment_id integer;
    alter table res_partner add column property_payment_term_id jsonb, add column credit_limit jsonb;
    """
OF_VERSION = {
    14: (_PROPERTIES, _ACCOUNT_TYPES),
    15: (_PROPERTIES, _ACCOUNT_TYPES),
    16: (_PROPERTIES, _ACCOUNT_TYPE, _TERM_LINES_16, _TO_17),
    17: (_PROPERTIES, _ACCOUNT_TYPE, _TERM_LINES, _TO_17),
    18: (_ACCOUNT_TYPE, _TERM_LINES, _18),
}
# What an account is, as its columns say it from 16 on and before.
RECEIVABLE, BANK, INCOME, EXPENSE = "asset_receivable", "asset_cash", "income", "expense"
TYPE_IDS = {RECEIVABLE: 1, BANK: 2, INCOME: 3, EXPENSE: 4}
INTERNAL_TYPES = {RECEIVABLE: "receivable", BANK: "liquidity"}
