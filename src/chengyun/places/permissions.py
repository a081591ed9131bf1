"""What may be allowed about places."""

from chengyun.kernel.access import Permission, declare

declare(
    Permission("places.read", "查看地图与设施", "See areas, facilities and the map"),
    Permission("places.edit", "维护区域与设施", "Change areas and facilities"),
    Permission("places.import", "导入空间数据", "Import data"),
)
