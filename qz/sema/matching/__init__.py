"""From patterns to a decision: which tests tell the arms of a match apart, and what no arm takes."""
