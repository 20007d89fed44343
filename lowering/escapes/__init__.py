"""Values that do not leave their function: in registers or on the stack, and handed over without a header."""
