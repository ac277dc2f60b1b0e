"""Errors a user can act on: each carries the message that says what is wrong and what to do about it."""

from pathlib import Path

from data.message_templates import Message


class KasstroomError(Exception):
    """A refusal the user can act on; as text it is the English sentence.

    Attributes:
        message: the sentence and its values, to be said in the user's language.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


class StoreMissingError(KasstroomError):
    """There is no store yet, or its CURRENT file does not name one."""


class StoreBrokenError(KasstroomError):
    """The published files do not agree with their own totals or hashes."""


class StoreBusyError(KasstroomError):
    """Another writer holds the store."""


class ChangedMeanwhileError(KasstroomError):
    """Rows somebody edited were changed by somebody else since they were read; nothing was written.

    Attributes:
        keys: per kind of row, the keys of those rows.
    """

    def __init__(self, message: Message, keys: dict[str, list[tuple[object, ...]]]) -> None:
        super().__init__(message)
        self.keys = keys


class AlreadySavedError(KasstroomError):
    """The very same form was saved before: a second click, another tab; nothing was written."""


class NoSuchContactError(KasstroomError):
    """What a form corrects was taken back or corrected by somebody else meanwhile; nothing was written."""


class NoSuchLoadError(KasstroomError):
    """No load that brought rows of a bank has the number asked for; nothing was written."""


class RefusedFileError(KasstroomError):
    """A file that cannot be read as a whole; the load it belongs to publishes nothing."""


class UnknownListError(RefusedFileError):
    """A list with headings that no preset knows: it can be proposed how to read it.

    Attributes:
        path: of the file, once it is known.
    """

    path: Path | None = None


class NoReceivablesError(RefusedFileError):
    """A file that a preset knows as one that holds nothing for the books; in a folder it is passed over.

    Attributes:
        what: it is, as a clause.
    """

    def __init__(self, message: Message, what: Message) -> None:
        super().__init__(message)
        self.what = what


class SourceError(KasstroomError):
    """A source that cannot be read; nothing of it was loaded."""


class PresetError(KasstroomError):
    """A statement of a preset that cannot be used; the message is a clause, without the preset's name."""


class TomlError(KasstroomError):
    """A text that is no TOML; the message is a clause that says where."""


class QueryError(KasstroomError):
    """A named query that does not exist, or a parameter it does not take."""


class NotEnoughHistoryError(KasstroomError):
    """A figure needs more history than the ledger holds; the sentence gives the number needed."""


class ScenarioError(KasstroomError):
    """A what-if scenario that cannot be evaluated as it stands.

    Attributes:
        lever: number of the lever, from 1; None where the scenario itself is wrong.
        field: key that is wrong; None where it is no single one.
        reason: the message without its lever, for a screen that shows it at the lever.
    """

    def __init__(
        self,
        message: Message,
        *,
        lever: int | None = None,
        field: str | None = None,
        reason: Message | None = None,
    ) -> None:
        super().__init__(message)
        self.lever = lever
        self.field = field
        self.reason = reason or message
