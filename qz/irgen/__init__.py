"""From a checked body to the `qz` dialect: one function in, one small module out."""
