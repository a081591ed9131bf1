"""Plans that check themselves: documents become tasks and targets, people execute and report, lights follow."""
