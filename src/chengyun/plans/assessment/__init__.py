"""Assessment 考核: the scoring language that a town writes its rules in."""
