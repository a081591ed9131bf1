"""`python -m chengyun.cli`: the same command without its script."""

from chengyun.cli.main import main

main()
