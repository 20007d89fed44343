"""The interpreter of the qz dialect: the reference meaning of the language, and the oracle of its tests."""
