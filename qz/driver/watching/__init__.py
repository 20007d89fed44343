"""`--watch`: doing again what a command does whenever a file that it depends on has changed."""
