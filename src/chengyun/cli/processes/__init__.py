"""`chengyun run NAME`: one process of an installation. `serve` starts them here; a city starts them where it wants."""
