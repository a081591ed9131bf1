"""Tasks of documents that name no owner: each numbered item, or each paragraph with a title of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from chengyun.plans.compiler.context import Context
from chengyun.plans.compiler.model import Task
from chengyun.plans.compiler.outline import Block
from chengyun.plans.compiler.sections import PLAN
from chengyun.plans.compiler.task_items import headings, new_task, run_in, titled_ranks

_ACTS = re.compile(
    r"推进|推动|开展|实施|完成|建设|加强|完善|建立|健全|打造|提升|优化|落实|加快|深化|组织|培育|探索|强化|做好|制定|编制|改造|整治|新建|创建|支持|引导|"
    r"鼓励|促进|拓展|统筹|聚焦|发展|构建|实现|巩固|引进|保障|加大|扩大|启动"
)
_NO_TASK = re.compile(r"目标|总体要求|空间布局|重点区域")
_SECTION = 40
_SHORTEST = 16
_MAX = 3000


def narrative_tasks(blocks: Sequence[Block], tense: Mapping[int, str], context: Context) -> Iterator[Task]:
    """Tasks with no owner. They are proposals with low confidence: where one task ends is for a person to say."""
    titled = titled_ranks(blocks)
    count = 0
    for block in blocks:
        context.clock.check()
        if not _is_task(block, tense) or count >= _MAX:
            continue
        task = new_task(block, block.body, titled)
        if block.rank is None and (title := run_in(block.body)) is not None:
            task.path.append(title.text)
        task.origin, task.confidence = "narrative", 0.5
        count += 1
        yield task


def _is_task(block: Block, tense: Mapping[int, str]) -> bool:
    if block.grid is not None or block.flat is not None or block.is_heading or block.annex or block.heading is None:
        return False
    if (
        tense[id(block)] != PLAN
        or len(block.body) < _SHORTEST
        or any(_NO_TASK.search(h.title.norm) for h in headings(block))
    ):
        return False
    if block.rank is None and run_in(block.body) is None and not block.box and block.heading.rank < _SECTION:
        return False
    return _ACTS.search(block.body.norm) is not None
