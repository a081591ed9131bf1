"""The `chengyun` command. `main` is its door; a command's own module is loaded only when it is called."""

from chengyun.cli.main import main

__all__ = ["main"]
