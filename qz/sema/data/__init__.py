"""Types that a program declares: the names that they bring, what their values hold and where they lie."""
