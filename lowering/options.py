"""What a caller decides about lowering one function."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LoweringOptions:
    """Options of the passes below `qz`.

    `debug` asks for line tables and variables. `release` asks for passes that trade code size for speed.
    """

    debug: bool = False
    release: bool = False


DEFAULT_OPTIONS = LoweringOptions()
