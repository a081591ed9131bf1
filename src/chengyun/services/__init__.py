"""What residents and enterprises use without an account."""
