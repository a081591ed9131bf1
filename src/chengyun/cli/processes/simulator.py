"""`chengyun run simulator`."""

import click

from chengyun.cli.words import command, option
from chengyun.demo.simulator import simulate
from chengyun.kernel.parent import watch_parent


@command("simulator")
@option("--speed", type=click.FloatRange(0, 1000), default=1.0)
def simulator(speed: float) -> None:
    watch_parent()
    simulate(speed)
