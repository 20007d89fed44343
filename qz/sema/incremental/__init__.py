"""What an answer was drawn from, as data that means the same in another compilation."""
