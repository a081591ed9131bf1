"""One thing to be dealt with, from its report to its checked close."""
