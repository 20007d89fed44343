"""Binary layouts and packed structs: bytes and bits to values, and back."""
