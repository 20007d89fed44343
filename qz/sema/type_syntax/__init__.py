"""What is written of types, in annotations and in headers of functions, and the types it means."""
