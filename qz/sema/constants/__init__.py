"""What is known when a program is compiled: the values of constants, and numbers computed in types."""
