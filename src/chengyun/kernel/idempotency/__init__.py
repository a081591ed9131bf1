"""The same call sent twice is done once."""
