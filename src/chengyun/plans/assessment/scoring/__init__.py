"""A small language for assessment rules 考核细则, and an evaluator that explains every point. Free of Django.

    考核语言 1
    单项 “重点任务” 40 分：按比例 已完成任务 / 应完成任务
    单项 “动态信息” 20 分：每 迟报月数 扣 2，最多扣 10
    单项 “督办情况” 40 分：每 红色督办单 扣 5；每 黄色督办单 扣 2；最低 10
    加分 “表彰”：每 表彰次数 加 1，最多加 5
    否决 “安全责任事故”：责任事故 > 0，总分不超过 59

The words have English twins: scoring, item, points, prorata, per, deduct, add, max, floor, bonus, veto, cap.
"""

from chengyun.plans.assessment.scoring.evaluate import ItemScore, Score, Step, evaluate
from chengyun.plans.assessment.scoring.parse import parse
from chengyun.plans.assessment.scoring.scheme import Bonus, Item, Scheme, Veto
from chengyun.plans.assessment.scoring.words import ScoringError

__all__ = ["Bonus", "Item", "ItemScore", "Scheme", "Score", "ScoringError", "Step", "Veto", "evaluate", "parse"]
