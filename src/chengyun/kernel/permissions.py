"""What the kernel's own screens and endpoints ask for."""

from chengyun.kernel.access import Permission, declare

declare(
    Permission("kernel.audit", "查看操作日志", "See the journal"),
    Permission("kernel.health", "查看运行状态", "See health, jobs and failed deliveries"),
    Permission("kernel.settings", "管理系统设置", "Manage settings, calendar and webhooks"),
)
