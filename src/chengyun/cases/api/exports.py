"""The list as a file."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import HttpResponse
from ninja import Query

from chengyun.cases import actions
from chengyun.cases.api.reading import ExportIn, MapQuery
from chengyun.cases.api.router import router
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.tables import MIMES


@router.post("/export", summary="The list as an Excel or CSV file: recorded, without who reported")
def export(request: ActorRequest, asked: Query[MapQuery], given: ExportIn) -> HttpResponse:
    with TemporaryDirectory(prefix="chengyun-export-") as folder:
        path = Path(folder, f"cases.{given.format}")
        actions.export_list(asked.filters(), path, actor=request.actor, wording=given.wording())
        response = HttpResponse(path.read_bytes(), content_type=MIMES[path.suffix])
    response["Content-Disposition"] = f'attachment; filename="{path.name}"'
    return response
