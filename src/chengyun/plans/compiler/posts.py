"""Lists of leading groups: seats, posts and their units; and working groups with their members.

Duty follows the post, so what later rooms keep is the post. Names stay in the reading and go nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from chengyun.plans.compiler.context import Context
from chengyun.plans.compiler.healed import Healed, heal
from chengyun.plans.compiler.model import Field, Group, Party, Post, quoted
from chengyun.plans.compiler.outline import Block
from chengyun.plans.compiler.parties import split
from chengyun.plans.compiler.people import NAME

_TITLE = re.compile(r".{2,40}?(?:领导小组|工作小组|工作组|指挥部|专班|委员会|联席会议)(?:成员|组成人员)?(?:名单)?$")
_SEAT = (
    r"第\s?一\s?组\s?长|常\s?务\s?副\s?组\s?长|副\s?组\s?长|组\s?长|组\s?员|成\s?员(?:\s?单\s?位)?|召\s?集\s?人|副?\s?总\s?指\s?挥|副?\s?指\s?挥\s?长|"
    r"副?\s?主\s?任|副?\s?秘\s?书\s?长|联\s?络\s?员"
)
_LINE = re.compile(
    rf"(?:(?P<seat>{_SEAT})\s*[：:]\s*|(?P<bare>{_SEAT})\s+)?(?P<name>[\u4e00-\u9fff]\s[\u4e00-\u9fff]|[\u4e00-\u9fff]{{2,4}})\s+(?P<post>[\u4e00-\u9fff].*)$"
)
_OFFICE = re.compile(
    r"(?:(?:党组|党委|党工委|党总支|党支部|常务|专职|执行|第一)*(?:副)?(?:书记|主任|局长|所长|队长|校长|院长|站长|科长|主席|部长|委员|镇长|街道办事处主任|处长|经理|总经理|会长|"
    r"负责人|组长|干事|政委|园长|馆长|秘书长|指导员|联络员)(?:（[^）]*）)?|负责人)$"
)
_GROUP = re.compile(
    rf"(?:组建|成立|设立|下设)(?P<name>[\u4e00-\u9fff“”]{{2,20}}?(?:专班|工作组|小组|办公室))，(?:主要)?负责(?P<duty>[^；。]{{4,80}}?)，由(?P<lead>{NAME})?(?:同志)?"
    r"(?:任组长|牵头负责|牵头|负责)?(?:，)?(?:成员由|成员单位(?:为|包括)?|由)(?P<members>[^；。]{2,120}?)(?:组成|等组成|共同组成)?(?=[；。])"
)


def read_posts(blocks: Sequence[Block], context: Context) -> tuple[list[Post], list[Group]]:
    """Seats of annex lists in order, and the working groups that the text sets up."""
    posts: list[Post] = []
    groups: list[Group] = []
    group, seat = "", ""
    for block in blocks:
        if block.grid is not None or block.flat is not None or not len(block.body):
            continue
        groups += _groups(block.body)
        spaced = heal(context.source, [(span.start, span.end) for span in block.body.spans()], spaces=True)
        if _TITLE.match(block.body.norm) and "。" not in block.body.norm and (block.annex or "名单" in block.body.norm):
            group, seat = block.body.text.removesuffix("名单"), ""
            continue
        if not group or len(spaced) > 60 or "。" in spaced.norm:
            group = group if len(spaced) <= 60 and "。" not in spaced.norm else ""
            continue
        seat = _seat(posts, spaced, group, seat)
    return posts, groups


def _seat(posts: list[Post], line: Healed, group: str, seat: str) -> str:
    """Adds the seat of this line; a line without a name goes on with the post above. Gives the seat that now holds."""
    match = _LINE.match(line.norm)
    if match is None:
        if posts and posts[-1].group == group and posts[-1].posts:
            posts[-1].posts = _split("、".join(posts[-1].posts) + line.text.replace(" ", ""))
            posts[-1].unit = _unit(posts[-1].posts)
        return seat
    seat = re.sub(r"\s", "", match["seat"] or match["bare"] or "") or seat
    name = line[match.start("name") : match.end("name")]
    shown = line.text[match.start("post") : match.end("post")].replace(" ", "")
    held = _split(shown)
    posts.append(Post(group, seat, Field(name.text.replace(" ", ""), name.text, name.spans(), 0.9), held, _unit(held)))
    return seat


def _split(shown: str) -> list[str]:
    return [post for post in re.split(r"、(?![^（]*）)", shown) if post]


def _unit(posts: Sequence[str]) -> str:
    """The unit of the first post that names one: 社区管理办 of 社区管理办主任."""
    for post in posts:
        office = _OFFICE.search(post)
        if office is not None and office.start() > 1:
            return post[: office.start()] + ("部" if office[0] in {"部长", "副部长"} else "")
    return ""


def _groups(body: Healed) -> list[Group]:
    out = []
    for match in _GROUP.finditer(body.norm):
        group = Group(
            quoted(body[match.start("name") : match.end("name")], 0.85),
            body.text[match.start("duty") : match.end("duty")],
        )
        if match["lead"]:
            group.lead = quoted(body[match.start("lead") : match.end("lead")], 0.8)
        members = body[match.start("members") : match.end("members")]
        group.members = [Party(quoted(member, 0.9)) for member in split(members)]
        out.append(group)
    return out
