"""Commands that cannot be meant."""

from data.errors import KasstroomError


class UsageError(KasstroomError):
    """A command whose arguments do not go together; exit 2."""
