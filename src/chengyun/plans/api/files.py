"""Files that are made when they are asked for."""

from urllib.parse import quote

from django.http import HttpResponse

from chengyun.kernel.tables import MIMES

XLSX = MIMES[".xlsx"]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def download(data: bytes, mime: str, name: str) -> HttpResponse:
    """A file to be kept, under a name in any script."""
    response = HttpResponse(data, content_type=mime)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name.replace('/', '-'))}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
