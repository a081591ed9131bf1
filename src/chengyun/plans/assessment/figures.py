"""The figures that the scoring language may read, by their Chinese names. Free of Django."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A figure of a department in a period. `entered`: no record holds it, the supervision office enters it."""

    name: str
    en: str
    summary: str
    entered: bool = False


FIGURES = tuple(
    Figure(*row)
    for row in (
        ("应完成任务", "tasks due", "期内到期的牵头任务数", False),
        ("已完成任务", "tasks done", "其中已完成的任务数", False),
        ("按期完成任务", "tasks done on time", "其中按期完成的任务数", False),
        ("逾期任务", "tasks overdue", "其中到期未完成的任务数", False),
        ("红灯月数", "red months", "任务、指标、项目亮红灯的月次，补绿的也算", False),
        ("补绿月数", "months made good", "红灯后已补绿的月次", False),
        ("考核指标", "targets judged", "期末可判定的指标数，灰灯不计", False),
        ("达标指标", "targets met", "其中期末为绿灯的指标数", False),
        ("应报月数", "reports due", "期内应报动态信息的月数", False),
        ("迟报月数", "reports late", "迟报或未报的月数", False),
        ("退回月报", "reports returned", "被退回的次数", False),
        ("蓝色督办单", "blue orders", "期内下发的蓝色督办单", False),
        ("黄色督办单", "yellow orders", "期内下发的黄色督办单", False),
        ("红色督办单", "red orders", "期内下发的红色督办单", False),
        ("逾期督办单", "late orders", "逾期回复的督办单", False),
        ("督办返工", "orders reworked", "督办复核不通过的次数", False),
        ("现场问题", "findings", "现场督查发现的问题数", False),
        ("未整改问题", "findings open", "期末尚未整改的问题数", False),
        ("回头看反弹", "look-backs failed", "回头看发现反弹的次数", False),
        ("催办次数", "reminders", "逾期催办和人工催办次数", False),
        ("计划支付", "payments planned", "项目期内计划支付，万元", False),
        ("实际支付", "payments made", "项目期内实际支付，万元", False),
        ("表彰次数", "commendations", "市级以上表彰，由督查部门录入", True),
        ("通报批评", "criticisms", "上级通报批评，由督查部门录入", True),
        ("责任事故", "accidents", "安全生产责任事故，由督查部门录入", True),
    )
)
NAMES = tuple(f.name for f in FIGURES)
ENTERED = tuple(f.name for f in FIGURES if f.entered)
