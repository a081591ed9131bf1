"""What every room stands on: who acts, what is refused, what happened, and when. No business word."""
