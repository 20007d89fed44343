"""Binary layouts and packed structs: data whose bytes and bits the program says."""
