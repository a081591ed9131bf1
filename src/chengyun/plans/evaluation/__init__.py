"""Evaluation reports 评估报告 from a frozen snapshot: words, tables, native charts. An engine: free of Django."""

from chengyun.plans.evaluation.report import Block, report_docx
from chengyun.plans.evaluation.words import CODES, draft_blocks

__all__ = ["CODES", "Block", "draft_blocks", "report_docx"]
