"""A synthetic town, and the simulator that lives in it through real actions."""
