"""`chengyun import`: each source is a command of its own, loaded when it is called."""
