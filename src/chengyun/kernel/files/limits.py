"""Refusing what is too large before it is read."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

SLACK = 1_000_000  # the other parts of the form


class SizeLimit(FileUploadHandler):
    """First of FILE_UPLOAD_HANDLERS: stops at the announced length, and, where none was announced, at the limit."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._left = settings.ENV.upload_megabytes * 1_000_000 + SLACK

    def handle_raw_input(self, *parts: Any) -> None:
        """Before anything is parsed: input, META, content length, boundary, encoding."""
        if parts[2] > self._left:
            raise RequestDataTooBig("the upload is larger than this server takes")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002  the form of a handler
        """For each chunk of a file."""
        self._left -= len(raw_data)
        if self._left < 0:
            raise RequestDataTooBig("the upload is larger than this server takes")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Not this handler's."""
