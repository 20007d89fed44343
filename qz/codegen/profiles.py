"""The levels of optimisation, as a table: which passes run, and how hard the code generator tries."""

from typing import NamedTuple


class Profile(NamedTuple):
    """One row: either LLVM's default pipeline at ``speed_level``, or the few ``passes`` named."""

    name: str
    speed_level: int | None
    passes: tuple[str, ...]  # in the spelling of `library.SIGNATURES`, without module_Add…Pass
    codegen_level: int  # 0 is FastISel
    vectorize: bool
    whole_program: bool  # the runtime is linked in as bitcode and everything but the entry made internal


FRUGAL_THRESHOLD = 50
"""Up to which cost functions are inlined in one of many units, where LLVM's own figure is 225: larger ones
make a large program larger, and hardly any of them faster. Lowering marks calls for which even that is too
much (`lowering/emit_llvm/call_sites.py`)."""

PROFILES = {
    profile.name: profile
    for profile in (
        # Compiles as fast as O0, because FastISel then meets half the instructions, and its code runs faster.
        Profile("dev", None, ("AlwaysInliner", "SROA", "InstCombine", "SimplifyCFG"), 0, False, False),
        Profile("O0", 0, (), 0, False, False),
        Profile("O1", 1, (), 1, False, True),
        Profile("O2", 2, (), 2, True, True),
        Profile("O3", 3, (), 3, True, True),
    )
}
