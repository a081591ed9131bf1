"""HTTP endpoints of the kernel: each parses, calls, returns."""

from ninja import Router

router = Router(tags=["kernel"])
