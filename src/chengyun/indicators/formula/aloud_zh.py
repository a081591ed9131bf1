"""The turns of Chinese."""

from collections.abc import Sequence

from chengyun.indicators.formula import tree

_HOW = {"sum": "合计", "mean": "平均值", "median": "中位数", "min": "最小值", "max": "最大值"}
_OPS = {"=": "为", "!=": "不为", "in": "为", "<": "小于", "<=": "不超过", ">": "大于", ">=": "不少于"}
_BY = {"straight": "直线", "foot": "步行", "car": "车行"}
_BINARY = {"+": "加上", "-": "减去", "*": "乘以", "/": "除以"}


class Chinese:
    """How a Chinese official reads a formula."""

    place = 0

    def number(self, value: float, unit: str) -> str:
        return f"{value:g}{unit}"

    def things(self, name: str, conditions: Sequence[str], during: str) -> str:
        said = [*([during] if during else []), *conditions]
        return f"{name}（{'、'.join(said)}）" if said else name

    def during(self, node: tree.During) -> str:
        if node.kind == "span" and node.first and node.last:
            whole = node.first.month == node.first.day == 1 and (node.last.month, node.last.day) == (12, 31)
            if whole:
                years = (node.first.year, node.last.year)
                return f"{years[0]}年" if years[0] == years[1] else f"{years[0]}年至{years[1]}年"
            return f"{node.first}至{node.last}"
        return {"year": "当年以来", "year_before": "上一年", "all": "历年累计"}.get(node.kind, f"近{node.months}个月")

    def count(self, things: str, where: str, unit: str) -> str:
        return f"{things}中{where}的{unit}数" if where else f"{things}的{unit}数"

    def distinct(self, field: str, things: str, where: str) -> str:
        return f"{things}中{where}的所涉{field}数（不重复）" if where else f"{things}所涉{field}数（不重复）"

    def reduced(self, how: str, value: str, things: str, where: str) -> str:
        return f"{things}中{where}的{value}{_HOW[how]}" if where else f"{things}的{value}{_HOW[how]}"

    def share(self, things: str, where: str, weight: str) -> str:
        return f"在{things}中，{where}的{weight}占比"

    def binary(self, op: str, left: str, right: str, factor: float) -> str:
        if op == "per":
            return f"每{factor:g}{right}对应的{left}" if factor != 1 else f"按{right}平均的{left}"
        if op == "^":
            return f"{left}的{right}次方"
        return f"{left}{_BINARY[op]}{right}"

    def negative(self, part: str) -> str:
        return f"负的{part}"

    def way(self, timed: bool, things: str, metric: tree.Metric) -> str:
        return f"到最近{things}的{_BY[metric]}{'时间（分钟）' if timed else '距离（米）'}"

    def compared(self, what: str, op: str, values: Sequence[str]) -> str:
        return f"{what}{_OPS[op]}{'或'.join(values)}"

    def flag(self, what: str, holds: bool) -> str:
        return f"{what}为{'是' if holds else '否'}"

    def known(self, what: str, wanted: bool) -> str:
        return f"{what}{'已' if wanted else '未'}登记"

    def has(self, least: int, things: str, reach: tree.Reach | None, unit: str) -> str:
        many = f"至少{least}{unit}" if least > 1 else ""
        if reach is None:
            return f"有{many}{things}"
        return f"{_BY[reach.metric]}{reach.limit:g}{'分钟' if reach.timed else '米'}内有{many}{things}"

    def each(self, which: str, things: str, condition: str, unit: str) -> str:
        if which == "every":
            every = condition.replace("内有", "内都有", 1) if "内有" in condition else f"都{condition}"
            return f"其每{unit}{things}{every}"
        return f"其{'至少一' + unit if which == 'any' else '没有一' + unit}{things}{condition}"

    def joined(self, op: str, parts: Sequence[str]) -> str:
        return ("且" if op == "and" else "或").join(parts)

    def opposite(self, part: str) -> str:
        return f"不满足“{part}”"
