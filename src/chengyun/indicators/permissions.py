"""What the room asks for."""

from chengyun.kernel.access import Permission, declare

declare(
    Permission("indicators.read", "查看指标、计分卡和缺口", "See indicators, scorecards and gaps"),
    Permission("indicators.write", "编制指标、目标和阈值", "Write indicators, targets and thresholds"),
    Permission(
        "indicators.raise", "将缺口转为任务或案件、确认销号", "Turn gaps into work and confirm that they are closed"
    ),
    Permission("indicators.registers.read", "查看台账", "See registers"),
    Permission("indicators.registers.write", "维护台账：登记、导入、修改", "Keep registers: enter, import, change"),
)
