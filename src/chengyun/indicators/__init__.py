"""One ruler: executable definitions of what plans promise, evaluated on the town's live data, and the work of a gap."""
