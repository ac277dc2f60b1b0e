"""The administration that a command is about."""

from cli import sentences
from data.errors import KasstroomError
from queries import Books


def require_entity(books: Books, entity: str | None) -> None:
    """Refuse an administration that no document or money of the books is in: its list would be empty.

    Raises:
        KasstroomError: there is no such administration; the sentence names those there are.
    """
    if entity is None:
        return
    names = books.ask("filter_values").filter(kind="entity")["value"].to_list()
    if entity not in names:
        message = sentences.NO_SUCH_ENTITY if names else sentences.NO_ENTITIES
        raise KasstroomError(message(entity=repr(entity), names=", ".join(names)))
