"""The states of an import: staged, applied unseen, shown at once, then tidied."""

from chengyun.kernel.flow import Flow, register_flow, verb

IMPORT = register_flow(
    Flow(
        "import",
        "staged",
        verb("begin", "staged|applying → applying", may="places.import"),
        verb("show", "applying → shown", may="places.import"),
        verb("finish", "shown → done", may="places.import"),
        verb("cancel", "staged|applying → cancelled", may="places.import"),
        final=("done", "cancelled"),
    )
)
