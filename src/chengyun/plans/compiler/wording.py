"""What the command says of a document, in Chinese and English: column heads, kinds, open matters, errors."""

from __future__ import annotations

from chengyun.plans.compiler.errors import ReadError
from chengyun.plans.compiler.model import Target
from chengyun.plans.compiler.source import Remark

WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "target": "目标", "achievement": "成绩", "parameter": "参数", "fact": "现状", "candidate": "待定",
        "untitled": "（未读出标题）", "task": "任务", "targets": "指标", "project": "项目", "question": "未理解",
        "path": "所在章节", "lead": "牵头", "department": "责任部门", "support": "配合部门", "due": "时限",
        "early": "（早于印发）", "kind": "类型", "object": "对象", "value": "值", "by": "期限", "words": "原文",
        "number": "数值", "page": "第{}页", "more": "另有 {} 行，用 --json 或 --xlsx 全部写出",
    },
    "en": {
        "target": "target", "achievement": "achieved", "parameter": "parameter", "fact": "fact",
        "candidate": "perhaps", "untitled": "(no title found)", "task": "task", "targets": "targets",
        "project": "projects", "question": "not understood", "path": "path", "lead": "lead",
        "department": "departments", "support": "supporting", "due": "due", "early": " (before the issue)",
        "kind": "kind", "object": "object", "value": "value", "by": "by", "words": "words", "number": "number",
        "page": "page {}", "more": "{} more rows: --json and --xlsx write them all",
    },
}  # fmt: skip
# Kinds and states of documents, codes of open matters and of errors. English has the code or the detail itself.
_CHINESE = {
    "five_year_plan": "五年规划", "government_report": "政府工作报告", "work_points": "工作要点",
    "task_table": "任务清单", "action_plan": "行动方案", "opinions": "意见", "plan": "计划", "document": "文件",
    "issued": "已印发", "draft": "草案", "consultation": "征求意见",
    "item": "条目", "table": "表格", "flattened": "文本表格", "narrative": "叙述", "listed": "列举",
    "due.unknown": "时限未读懂", "target.open": "数值未定", "target.reference": "须补参照数据",
    "owner.missing": "未写责任部门", "unit.ambiguous": "部门名称不唯一", "table.unknown": "表头未读懂",
    "table.other": "非任务、项目、指标表", "tail.alone": "责任括注前无任务", "tail.rest": "责任括注后有余文",
    "missing": "没有这个文件", "empty": "文件里没有文字", "too_large": "文件过大，请拆分后分别读取",
    "too_slow": "超过读取时限，请拆分后分别读取", "encrypted": "文件已加密，请另存为不带密码的文件",
    "old_word": "这是旧版 Word、Excel 或 WPS 文件，请另存为 .docx、.xlsx 或 .pdf",
    "encoding": "文字编码无法识别，请另存为 UTF-8", "damaged": "文件已损坏，无法打开",
    "not_a_document": "不是可读取的文件，请使用 .txt、.md、.docx、.xlsx 或 .pdf",
    "scanned": "页面是没有文字的扫描图片，请安装 chengyun[ocr] 后读取",
}  # fmt: skip


_REMARKS = {
    "page.damaged": "第{}页已损坏，未读取",
    "page.scanned": "第{}页是没有文字的扫描图片，未读取（安装 chengyun[ocr] 后可识别）",
    "sheet.cut": "工作表“{}”行数过多，只读取了前面的部分",
    "traditional": "文字为繁体（Big5 编码）。任务和责任按简体读取，请转为简体后再读",
}


def remark(one: Remark, language: str) -> str:
    """What a reader left out, in words."""
    return _REMARKS[one.code].format(one.about) if language == "zh" else one.detail


def matter(target: Target, language: str) -> str:
    """What a target leaves open, in words."""
    if language != "zh":
        return target.question
    if target.placeholder:
        return "原文未给出数值"
    if target.reference:
        return f"须补参照数据：{target.reference}"
    return "可能是同一目标的更高值，请核对" if target.kind == "candidate" else "表中没有数值"


def named(code: str, language: str) -> str:
    """A kind, a state, an origin or the code of an open matter in words."""
    return _CHINESE.get(code) or WORDS["zh"].get(code, code) if language == "zh" else code


def complaint(error: ReadError, language: str) -> str:
    """Why a file cannot be read, in words."""
    return _CHINESE.get(error.code, error.detail) if language == "zh" else error.detail
