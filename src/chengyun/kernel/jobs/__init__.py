"""Work that outlives a request: queued with the act that wants it, done by the worker, seen and stopped by people."""
