"""How fine the levels of areas are, and which formulas may simply be added up."""

from chengyun.indicators.formula import tree

RANKS = {"town": 0, "sector": 1, "grid": 2, "community": 3, "cell": 4, "micro_grid": 5, "compound": 6}


def reaches(role: str, least: str) -> bool:
    """Whether an indicator whose finest level is `least` is kept for areas of `role`."""
    return RANKS.get(role, 9) <= RANKS.get(least, 3)


def adds(node: tree.Expr) -> bool:
    """Whether the value of an area is the sum of those of its parts: counts and sums are, ratios are not."""
    if isinstance(node, tree.Amount):
        return node.how in {"count", "sum"}
    if isinstance(node, tree.Negative):
        return adds(node.part)
    if not isinstance(node, tree.Binary):
        return False
    if node.op in {"+", "-"}:
        return adds(node.left) and adds(node.right)
    scaled = isinstance(node.right, tree.Number) and adds(node.left)
    return node.op in {"*", "/"} and (
        scaled or (node.op == "*" and isinstance(node.left, tree.Number) and adds(node.right))
    )
