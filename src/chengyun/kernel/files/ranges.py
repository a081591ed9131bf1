"""Serving a file from disk with ranges: attachments after the permission was asked, and map tiles.

The static server of the built client cannot do this (what is made or replaced after its start is missing or cut), and
Django has no ranges.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

WHOLE = 4 << 20  # up to so many bytes are read at once, more in chunks
CHUNK = 256 << 10
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@dataclass(frozen=True)
class Served:
    """A file as it is to be served. `etag` without quotes; `cache` is the Cache-Control."""

    path: Path
    mime: str
    etag: str
    cache: str = "private, no-cache"
    disposition: str = "inline"


def serve(request: HttpRequest, file: Served) -> HttpResponseBase:
    """200, 206, 304 or 416. A file that is gone meanwhile raises FileNotFoundError."""
    tag = f'"{file.etag}"'
    if tag in request.headers.get("If-None-Match", ""):
        return _headed(HttpResponse(status=304), file)
    size = file.path.stat().st_size
    wanted = _wanted(request, tag, size)
    if wanted is None:
        return _headed(_body(request, file, 0, size), file)
    first, last = wanted
    if first > last:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        return _headed(refused, file)
    part = _body(request, file, first, last - first + 1)
    part.status_code = 206
    part["Content-Range"] = f"bytes {first}-{last}/{size}"
    return _headed(part, file)


def _wanted(request: HttpRequest, tag: str, size: int) -> tuple[int, int] | None:
    """First and last byte of the range asked for; first above last if it lies outside; None for the whole file.

    Several ranges at once are answered by the whole file, which RFC 9110 allows.
    """
    found = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if not found or not any(found.groups()) or request.headers.get("If-Range", tag) != tag:
        return None
    first, last = found.groups()
    if not first:
        return (max(size - int(last), 0), size - 1) if int(last) else (1, 0)
    end = min(int(last), size - 1) if last else size - 1
    if last and int(last) < int(first):
        return None  # not a valid range at all
    return (int(first), end) if int(first) < size else (1, 0)


def _body(request: HttpRequest, file: Served, first: int, length: int) -> HttpResponseBase:
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse(content_type=file.mime)
    elif length <= WHOLE:
        with file.path.open("rb") as handle:
            response = HttpResponse(os.pread(handle.fileno(), length, first), content_type=file.mime)
    else:
        response = StreamingHttpResponse(_chunks(file.path, first, length), content_type=file.mime)
    response["Content-Length"] = str(length)
    return response


def _chunks(path: Path, first: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as handle:
        handle.seek(first)
        while length > 0 and (chunk := handle.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk


def _headed(response: HttpResponseBase, file: Served) -> HttpResponseBase:
    response["ETag"] = f'"{file.etag}"'
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = file.cache
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = file.disposition
    # Whatever it is, it must not run: not even where a browser is persuaded to show it as a page.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
