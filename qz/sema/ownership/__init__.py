"""Who holds on to a value: what is lent, what is kept, what has one owner, and what is done at the end."""
