"""What a caller decides about lowering one function."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LoweringOptions:
    """Options of the passes below `qz`.

    `debug` asks for line tables and variables; `directory` is where relative source paths start from.
    `release` asks for passes that trade code size for speed. `trusted` code, the runtime's, may have the
    address of a value and know by itself how long it is good.
    """

    debug: bool = False
    release: bool = False
    directory: str = ""
    trusted: bool = False

    @property
    def weighs_calls(self) -> bool:
        """Whether calls are marked by how much inlining them is worth; those of the runtime always are."""
        return self.release and not self.trusted


DEFAULT_OPTIONS = LoweringOptions()
