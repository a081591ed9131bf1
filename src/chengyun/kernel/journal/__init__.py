"""The memory and the bus: what happened, appended in the transaction in which it happened, chained by hash."""
