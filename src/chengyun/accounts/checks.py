"""What `chengyun doctor` asks of this room."""

from collections import defaultdict
from collections.abc import Iterator

from chengyun.accounts.models import Holding, Person, Tenure
from chengyun.accounts.queries.audience import people_with
from chengyun.accounts.rules.terms import Term, overlapping
from chengyun.accounts.second_factor import opens
from chengyun.kernel.access import Where
from chengyun.kernel.checks import Finding, check, good, wrong
from chengyun.places.models import Town


@check("accounts.terms", zh="岗位任期", en="Terms of posts")
def terms() -> Iterator[Finding]:
    """No post is held by two people at once."""
    held: defaultdict[str, list[Term]] = defaultdict(list)
    rows = Tenure.objects.as_system("do terms overlap").values_list("post__code", "starts_at", "ends_at")
    for code, starts_at, ends_at in rows:
        held[code].append(Term(starts_at, ends_at))
    bad = sorted(code for code, kept in held.items() if overlapping(kept))
    for code in bad:
        yield wrong(f"岗位 {code} 的任期有重叠：请结束其中一段", f"terms of post {code} overlap: end one of them")
    if not bad:
        yield good(f"{len(held)} 个岗位的任期无重叠", f"no overlap among the terms of {len(held)} posts")


@check("accounts.administrators", zh="系统管理员", en="Administrators")
def administrators() -> Iterator[Finding]:
    """Somebody can manage the people of every town."""
    for town in Town.objects.as_system("has every town an administrator").order_by("code"):
        able = [p for p in people_with("accounts.manage", Where(town=town.pk)) if p.is_active]
        if not able:
            how = f"chengyun user add … --role administrator --town {town.code}"
            yield wrong(
                f"{town.name} 没有能登录的管理员：用 {how} 添加",
                f"nobody can manage the people of {town.code}: add an administrator with `{how}`",
            )
    if not Person.objects.as_system("is there anybody").exists():
        yield wrong("还没有任何人员：请先运行 chengyun init", "there is nobody yet: run chengyun init first")


@check("accounts.sealed", zh="两步验证", en="Second factors")
def sealed() -> Iterator[Finding]:
    """The key is the one that this database was used with."""
    if not opens():
        yield wrong(
            "密钥与数据库不符，两步验证都打不开：把原来的 secret.key 放回数据文件夹",
            "the key is not the one of this database, and opens no second factor: put the old secret.key back",
        )


@check("accounts.holdings", zh="区域责任", en="Who answers for areas")
def holdings() -> Iterator[Finding]:
    """No duty hangs on an area that an import has retired."""
    rows = Holding.objects.as_system("are the areas still there").filter(area__retired_at__isnull=False)
    for code, post in rows.values_list("area__code", "post__code"):
        yield wrong(
            f"岗位 {post} 负责的区域 {code} 已停用：请改为现有区域",
            f"post {post} answers for area {code}, which is retired: give it one that stands",
        )
