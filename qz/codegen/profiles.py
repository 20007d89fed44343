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

UNROLLED_COST = 300
"""Up to which cost a loop that always has the same few turns is written out at -O2: LLVM's own figure for
-O3, where that for -O2 is 150. A loop in a loop, of five turns each, is about as large; and only where such
is written out can the vectoriser see that two of its turns have nothing to do with each other."""

FRUGAL_UNROLLED_COST = 150
"""The same in one of many units, where what is written out besides makes a sixth of all that LLVM does."""

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
