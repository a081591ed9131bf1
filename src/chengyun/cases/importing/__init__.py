"""Cases from tables that towns have: read, shown, classes proposed and confirmed, then reported by the real action."""
