"""What the tables of one Odoo are like: told by the catalog, for names and meanings changed from 14 to 18.

Facts about versions: OCA/OpenUpgrade, `openupgrade_scripts/scripts/account/*/upgrade_analysis.txt`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from data.databases import sentences
from data.databases.postgres import PostgresBooks
from data.errors import SourceError

FIRST, LAST = 14, 18
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "account_account": ("id",),
    "account_journal": ("id", "type"),
    "account_move": ("id", "name", "move_type", "journal_id"),
    "account_move_line": (
        "id", "move_id", "company_id", "account_id", "partner_id", "parent_state", "date", "date_maturity",
        "balance", "amount_currency", "currency_id",
    ),
    "account_partial_reconcile": ("id", "debit_move_id", "credit_move_id", "amount", "max_date"),
    "res_company": ("id", "name", "currency_id"),
    "res_currency": ("id", "name"),
    "res_partner": ("id", "name"),
}  # fmt: skip


@dataclass(frozen=True)
class Schema:
    """The tables of a database, and its version where it says one.

    Attributes:
        version: as `17.0`; `?` where the database does not say.
        columns: table -> its columns.
    """

    version: str
    columns: Mapping[str, frozenset[str]]

    @property
    def is_newer(self) -> bool:
        """Whether it is newer than the versions that are known."""
        major = self.version.split(".")[0]
        return major.isdigit() and int(major) > LAST

    def has(self, table: str, column: str = "id") -> bool:
        """Tell whether there is such a column."""
        return column in self.columns.get(table, frozenset())

    def text(self, table: str, column: str, alias: str) -> str:
        """Return a column as text, or a null where this version has none."""
        return f"{alias}.{column}::text" if self.has(table, column) else "null::text"

    def flag(self, table: str, column: str, alias: str) -> str:
        """Return a column of yes or no, or no where this version has none."""
        return f"coalesce({alias}.{column}, false)" if self.has(table, column) else "false"

    def first_of(self, table: str, columns: tuple[str, ...], alias: str) -> str:
        """Return the one of several columns that this version has, as text, or a null."""
        names = [column for column in columns if self.has(table, column)]
        return self.text(table, names[0], alias) if names else "null::text"

    @property
    def is_receivable(self) -> str:
        """Whether an account, alias `a`, is an account receivable, trade or not."""
        if self.has("account_account", "account_type"):
            return "a.account_type = 'asset_receivable'"
        if self.has("account_account", "internal_type"):
            return "a.internal_type = 'receivable'"
        return "a.user_type_id in (select t.id from account_account_type as t where t.type = 'receivable')"

    @property
    def is_expense(self) -> str:
        """Whether an account, alias `a`, is one of costs."""
        if self.has("account_account", "account_type"):
            return "left(a.account_type, 7) = 'expense'"
        if self.has("account_account", "internal_group"):
            return "a.internal_group = 'expense'"
        if self.has("account_account_type", "internal_group") and self.has("account_account", "user_type_id"):
            return (
                "a.user_type_id in (select t.id from account_account_type as t "
                "where t.internal_group = 'expense')"
            )
        return "false"

    @property
    def accounts(self) -> str:
        """The question for the accounts whose entries count: receivable, and trade."""
        return (
            f"select a.id from account_account as a where {self.is_receivable} "
            f"and not {self.flag('account_account', 'non_trade', 'a')}"
        )


def read_schema(books: PostgresBooks) -> Schema:
    """Return what the tables are like.

    Raises:
        SourceError: they are not those of Odoo's accounting, or of another version.
    """
    columns = books.columns()
    if not columns.keys() & {"account_move", "account_move_line", "account_invoice"}:
        raise SourceError(sentences.NOT_ODOO(database=books.database))
    version = "?"
    if "latest_version" in columns.get("ir_module_module", ()):
        rows = books.rows("select m.latest_version::text from ir_module_module as m where m.name = 'base'")
        parts = str(rows[0][0] or "?").split(".") if rows else ["?"]
        version = ".".join(parts[:2])
    lacking = [
        f"{table}.{column}"
        for table, names in _NEEDED.items()
        for column in names
        if column not in columns.get(table, ())
    ]
    if not {"account_type", "internal_type", "user_type_id"} & columns.get("account_account", frozenset()):
        lacking.append("account_account.account_type")
    if lacking:
        raise SourceError(
            sentences.OTHER_ODOO(database=books.database, version=version, columns=", ".join(lacking))
        )
    return Schema(version, columns)
