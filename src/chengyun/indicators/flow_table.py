"""A gap's life: raised by a planner, found met by the ruler, closed by a person who looked; back if it opens again."""

from chengyun.kernel.flow import Flow, register_flow, verb

GAP = register_flow(
    Flow(
        "gap",
        "raised",
        verb("propose", "raised → proposed", may="indicators.raise", outside=True),
        verb("recede", "proposed → raised", may="indicators.raise", outside=True),
        verb("close", "proposed → closed", may="indicators.raise", optional=("text",)),
        verb("refuse", "proposed → raised", may="indicators.raise", needs=("reason",)),
        verb("return", "closed → raised", may="indicators.raise", outside=True),
        verb("withdraw", "raised|proposed → withdrawn", may="indicators.raise", needs=("reason",)),
        final=("withdrawn",),
    )
)
