"""HTTP endpoints of the kernel: each parses, calls, returns."""

from ninja import Router

from chengyun.kernel.api import calendar, deliveries, files, installation, jobs, journal, webhooks

router = Router(tags=["kernel"])
router.add_router("/files", files.router)
router.add_router("/jobs", jobs.router)
router.add_router("/dead-letters", deliveries.router)
router.add_router("/webhooks", webhooks.router)
router.add_router("/journal", journal.router)
router.add_router("/calendar", calendar.router)
router.add_router("", installation.router)
