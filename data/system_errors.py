"""Errors of the operating system as messages, by their number: their text is for one language only."""

import errno

from data.message_templates import MESSAGE, Message, template

_CAUSES = {
    errno.ENOENT: template("No such file or directory"),
    errno.EACCES: template("Permission denied"),
    errno.EPERM: template("Operation not permitted"),
    errno.EISDIR: template("Is a directory"),
    errno.ENOTDIR: template("Not a directory"),
    errno.EEXIST: template("File exists"),
    errno.ENAMETOOLONG: template("File name too long"),
    errno.EROFS: template("Read-only file system"),
    errno.ENOSPC: template("No space left on device"),
    errno.EDQUOT: template("Disk quota exceeded"),
    errno.EIO: template("Input/output error"),
    errno.EMFILE: template("Too many open files"),
    errno.EADDRINUSE: template("Address already in use"),
}
_NUMBERED = template("[Errno {number}] {cause}", cause=MESSAGE)
_NUMBERED_WITH_FILE = template("[Errno {number}] {cause}: {file}", cause=MESSAGE)
_NUMBERED_WITH_FILES = template("[Errno {number}] {cause}: {file} -> {other}", cause=MESSAGE)


def cause(error: OSError) -> Message | str:
    """Return why the system refused, without number and file; its own text where the number is not listed."""
    known = _CAUSES.get(error.errno or 0)
    return (error.strerror or str(error)) if known is None else known()


def description(error: OSError) -> Message | str:
    """Return why the system refused, with its number and the files it names."""
    values = {"number": error.errno, "cause": cause(error)}
    if error.errno is None:
        return cause(error)
    if error.filename is None:
        return _NUMBERED(**values)
    if error.filename2 is None:
        return _NUMBERED_WITH_FILE(**values, file=repr(error.filename))
    return _NUMBERED_WITH_FILES(**values, file=repr(error.filename), other=repr(error.filename2))
