"""After the commit: positions and seals, listeners, webhooks, and what could not be delivered."""
