"""What `chengyun doctor` asks about places: what no constraint of a database can hold, and files that must be there."""

from collections.abc import Iterable

from django.conf import settings

from chengyun.kernel.actor import System
from chengyun.kernel.checks import Finding, check, good, note, wrong
from chengyun.places.importing.runs import unfinished
from chengyun.places.models import BaseMap, Town
from chengyun.places.queries.checks import check_areas
from chengyun.places.queries.towns import towns


@check("places.areas", zh="区域划分", en="Areas")
def areas() -> Iterable[Finding]:
    """Do the areas of every town cover it without gap and overlap?"""
    for town in towns():
        report = check_areas(System("doctor"), town)
        errors = len(report.errors) + len(report.problems)
        if errors:
            yield wrong(
                f"{town.name}：区域有 {errors} 处问题（缝隙、重叠或无人负责），见地图的“区域检查”",
                f"{town.name}: {errors} faults in the areas (gaps, overlaps, no holder); the map shows them",
            )
        else:
            yield good(f"{town.name}：区域无缝隙、无重叠", f"{town.name}: areas without gap and overlap")


@check("places.imports", zh="空间数据导入", en="Imports")
def imports() -> Iterable[Finding]:
    """Was an import interrupted?"""
    for run in unfinished():
        yield wrong(
            f"第 {run.number} 次导入（{run.file_name or run.source}）中断：运行 chengyun import resume",
            f"import {run.number} ({run.file_name or run.source}) was interrupted: run chengyun import resume",
        )


@check("places.base_map", zh="底图", en="Base map")
def base_maps() -> Iterable[Finding]:
    """Is the archive of every town's base map there?"""
    for town in Town.objects.as_system("doctor looks at every town").order_by("code"):
        row = BaseMap.objects.as_system("doctor looks at every map").filter(town=town).order_by("-made_at").first()
        if row is None:
            yield note(f"{town.name}：还没有底图", f"{town.name}: no base map yet")
        elif not (settings.ENV.tiles_dir / row.name).exists():
            yield wrong(
                f"{town.name}：底图文件 {row.name} 不见了，重新导入即可生成",
                f"{town.name}: the archive {row.name} is gone; import again to make it",
            )
