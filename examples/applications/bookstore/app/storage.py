"""Files that anybody may send: how many, how much, and from whom."""

import hmac
import os
import time
import uuid
from pathlib import Path

from flask import Request

SHARED_FILES = Path(os.environ.get("SHARED_FILES", "/srv/shared"))
LARGEST_FILE = 20 * 1024 * 1024  # as much as NGINX in front lets through
MOST_BYTES = int(os.environ.get("SHARED_FILES_MAX_MIB", "1024")) * 1024 * 1024
MOST_FILES = int(os.environ.get("SHARED_FILES_MAX_COUNT", "1000"))
# An upload that its instance did not live to finish; a form takes seconds.
FORGOTTEN_SECONDS = 3600


class Full(Exception):
    """What all instances keep together would be more than is allowed."""


class NotAllowed(Exception):
    """Writing needs the key, and it was not sent."""


def require_key(request: Request) -> None:
    """Where UPLOAD_KEY is set, only who knows it may write: in the header X-Upload-Key, or in the field `key` of a form."""
    key = os.environ.get("UPLOAD_KEY", "")
    sent = request.headers.get("X-Upload-Key") or ""
    if not sent and key:
        sent = request.form.get("key", "")
    if key and not hmac.compare_digest(sent.encode(), key.encode()):
        raise NotAllowed


def names() -> list[str]:
    return sorted(entry.name for entry in os.scandir(SHARED_FILES) if entry.is_file() and not entry.name.startswith("."))


def require_room(more: int = 0) -> None:
    """Counts what is on its way as well: of two instances that fill the last room at once, one sees the other."""
    count, size = 0, more
    for entry in os.scandir(SHARED_FILES):
        try:
            found = entry.stat(follow_symlinks=False)
            if entry.name.startswith(".") and found.st_mtime < time.time() - FORGOTTEN_SECONDS:
                os.unlink(entry.path)
                continue
        except FileNotFoundError:  # another instance was quicker
            continue
        count, size = count + 1, size + found.st_size
    if count > MOST_FILES or size > MOST_BYTES:
        raise Full


def save(upload, name: str) -> None:
    # Another instance must never read half a file: it appears under its name when it is whole.
    partial = SHARED_FILES / f".{uuid.uuid4()}"
    try:
        upload.save(partial)
        require_room()
        partial.rename(SHARED_FILES / name)
    finally:
        partial.unlink(missing_ok=True)
