"""Damage done to the bytes of an XML file."""

from random import Random


def changed_bytes(content: bytes, random: Random) -> bytes:
    """Return a file with bytes changed, left out or repeated."""
    damaged = bytearray(content)
    for _change in range(random.randint(1, 8)):
        start = random.randrange(len(damaged))
        end = start + random.randint(1, 60)
        match random.randrange(4):
            case 0:
                damaged[start] = random.randrange(256)
            case 1:
                del damaged[start:end]
            case 2:
                damaged[start:start] = damaged[start:end]
            case _:
                damaged[start:start] = random.choice([b"<", b">", b"&x;", b"<!DOCTYPE a>", b"]]>", b"\x00"])
        if not damaged:
            return b""
    return bytes(damaged)
