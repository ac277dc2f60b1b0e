"""What must hold before a letter or a file leaves the house: a sender, and figures of these days."""

from datetime import date

from data.errors import KasstroomError
from data.message_templates import Message, Template
from reports.answers import sentences
from reports.answers.settings.sender import Sender

# A customer who paid a week ago must not be written to as if not.
MOST_DAYS_BACK = 7


class OutgoingRefusedError(KasstroomError):
    """A letter or file cannot be made: no sender, or figures that are too old or of a day to come."""

    @property
    def is_sender(self) -> bool:
        """Whether the sender is what lacks."""
        return self.message.template is sentences.SENDER_INCOMPLETE


def day_refusal(as_of: date, written_on: date) -> Message | None:
    """Return why nothing is written on a day from the figures of another; None if it can be.

    Args:
        as_of: day of the figures.
        written_on: day of the letter or file.
    """
    if as_of > written_on:
        return sentences.FIGURES_TO_COME(day=as_of)
    if (written_on - as_of).days > MOST_DAYS_BACK:
        return sentences.FIGURES_TOO_OLD(day=as_of, most=MOST_DAYS_BACK)
    return None


def sender_refusal(sender: Sender, *, is_claim: bool = False) -> Message | None:
    """Return what a sender lacks; None if nothing.

    Args:
        sender: the company or administration that writes.
        is_claim: the file of a creditor, who must be known by address and register; else a letter.
    """
    missing = [name for value, name in _needed(sender, is_claim=is_claim) if not value]
    return sentences.SENDER_INCOMPLETE(names=missing) if missing else None


def _needed(sender: Sender, *, is_claim: bool) -> list[tuple[str, Message]]:
    needs: list[tuple[str, Template]] = [
        (sender.name, sentences.SENDER_NAME),
        (sender.iban, sentences.SENDER_IBAN),
        (sender.email or sender.phone, sentences.SENDER_REACHED_AT),
    ]
    if is_claim:
        needs += [
            (sender.street and sender.postcode and sender.city, sentences.SENDER_ADDRESS),
            (sender.kvk, sentences.SENDER_REGISTER),
        ]
    return [(value, name()) for value, name in needs]


def require(sender: Sender, as_of: date, written_on: date, *, is_claim: bool = False) -> None:
    """Refuse a letter or file that must not leave the house.

    Raises:
        OutgoingRefusedError: the figures are too old or of a day to come, or the sender is not complete.
    """
    refusal = day_refusal(as_of, written_on) or sender_refusal(sender, is_claim=is_claim)
    if refusal is not None:
        raise OutgoingRefusedError(refusal)
