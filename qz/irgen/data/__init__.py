"""Values that consist of others: making them and reading their parts."""
