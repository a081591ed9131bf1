"""`chengyun run simulator`."""

import click

from chengyun.cli.words import command, option
from chengyun.config.serve.parent import watch_parent
from chengyun.demo.simulator import simulate


@command("simulator")
@option("--speed", type=click.FloatRange(0, 1000), default=1.0)
def simulator(speed: float) -> None:
    watch_parent()
    simulate(speed)
