"""Errors that are sentences: each says what is wrong and what to do about it."""


class KasstroomError(Exception):
    """A refusal the user can act on; its text is shown as it is."""


class StoreMissingError(KasstroomError):
    """There is no store yet, or its CURRENT file does not name one."""


class StoreBrokenError(KasstroomError):
    """What is published does not agree with its own totals or hashes."""


class StoreBusyError(KasstroomError):
    """Another writer holds the store."""


class ChangedMeanwhileError(KasstroomError):
    """Rows somebody typed over were changed by somebody else since they were read; nothing was written.

    Attributes:
        keys: per kind of row, the keys of those rows.
    """

    def __init__(self, sentence: str, keys: dict[str, list[tuple[object, ...]]]) -> None:
        super().__init__(sentence)
        self.keys = keys


class RefusedFileError(KasstroomError):
    """A file that cannot be read as a whole; the load it belongs to publishes nothing."""


class QueryError(KasstroomError):
    """A named query that does not exist, or was asked with a parameter it does not take."""


class NotEnoughHistoryError(KasstroomError):
    """A figure needs more history than the ledger holds; the sentence gives the number needed."""


class ScenarioError(KasstroomError):
    """A what-if scenario that cannot be worked out as it stands.

    Attributes:
        lever: number of the lever, from 1; None where it is about the scenario itself.
        field: key that is wrong; None where it is no single one.
        reason: what is wrong, where the place is in sight: the sentence without its lever.
    """

    def __init__(
        self, sentence: str, *, lever: int | None = None, field: str | None = None, reason: str = ""
    ) -> None:
        super().__init__(sentence)
        self.lever = lever
        self.field = field
        self.reason = reason or sentence
