"""Questions about indicators: scorecards, values, what fails, gaps."""
