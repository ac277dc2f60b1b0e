"""How much may come out of a zip file: what it says of its own sizes may be a lie."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data.errors import RefusedFileError
from data.message_templates import Message

_MOST_RATIO = 100
_SMALL = 10_000_000  # bytes that nobody need count a ratio of
_CHUNK = 1 << 20


@dataclass
class UnzipLimit:
    """Counts what is unpacked of one zip file.

    Attributes:
        left: bytes that may still come.
        refusal: what is said of a file that unpacks to more, or to a hundred times its size.
    """

    left: int
    refusal: Message

    def require(self, parts: Sequence[zipfile.ZipInfo]) -> None:
        """Refuse a file that says itself that it is too large.

        Raises:
            RefusedFileError: with `refusal`.
        """
        is_bomb = any(
            part.file_size > _SMALL and part.file_size > max(part.compress_size, 1) * _MOST_RATIO
            for part in parts
        )
        if is_bomb or sum(part.file_size for part in parts) > self.left:
            raise RefusedFileError(self.refusal)

    def chunks(self, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
        """Unpack one part piece by piece.

        Raises:
            RefusedFileError: with `refusal`, as soon as more comes than may.
        """
        with archive.open(part) as file:
            while chunk := file.read(_CHUNK):
                self.left -= len(chunk)
                if self.left < 0:
                    raise RefusedFileError(self.refusal)
                yield chunk
