"""What is kept from one compilation for the next."""
