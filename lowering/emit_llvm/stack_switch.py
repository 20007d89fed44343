"""The one function of the runtime that no Quartz can say: leaving a stack for another one.

    rt.fibre$switch(place, stack)     void (i64, i64)

pushes every register that a call preserves, stores the address of its stack at `place`, makes `stack` the
stack, and pops there what was pushed when that was left. So it returns where its other caller called it.

The code is written as bytes before a body that is never reached, because the LLVM that llvmlite bundles
has no assembler for most targets. The function is `weak`, or the optimiser would conclude from that body what
it does.
"""

from lowering.abi.layout import NAME_ALIGNMENT, name_prefix
from lowering.emit_llvm.attribute_groups import DEFINITION
from lowering.emit_llvm.function_text import FunctionText
from lowering.emit_llvm.symbols import escape, symbol

SWITCH_STACK = "rt.fibre$switch"

FRAME_BYTES = 256
"""At least as many as are pushed anywhere, and a multiple of 16."""

RETURN_OFFSET = 48
"""From the address that is stored: where the address of the code lies that is returned to."""

CODE = {
    # push rbp, rbx, r12 to r15; mov [rdi], rsp; mov rsp, rsi; pop them; ret
    "x86_64": "55 53 4154 4155 4156 4157 488927 4889f4 415f 415e 415d 415c 5b 5d c3",
    # x19 to x30 and d8 to d15, x30 at 48; mov x9, sp; str x9, [x0]; mov sp, x1; load them, x30 into x9;
    # mov x30, xzr, where a backtrace ends; br x9
    "aarch64": """
        ff8302d1 f35300a9 f55b01a9 fdfb02a9 f71300f9 f8e703a9 faef04a9 fc2f00f9 e827066d ea2f076d
        ec37086d ee3f096d e9030091 090000f9 3f000091 f35340a9 f55b41a9 fda742a9 f71340f9 f8e743a9
        faef44a9 fc2f40f9 e827466d ea2f476d ec37486d ee3f496d ff830291 fe031faa 20011fd6
    """,
    # s0 to s5, ra, s6 to s11, fs0 to fs11; sd sp, 0(a0); mv sp, a1; load them, ra into t0; li ra, 0; jr t0
    "riscv64": """
        130101f3 23308100 23349100 23382101 233c3101 23304103 23345103 23381102 233c6103 23307105
        23348105 23389105 233ca105 2330b107 27348106 27389106 273c2107 27303109 27344109 27385109
        273c6109 2730710b 2734810b 2738910b 273ca10b 2730b10d 23302500 13810500 03340100 83348100
        03390101 83398101 033a0102 833a8102 83320103 033b8103 833b0104 033c8104 833c0105 033d8105
        833d0106 07348106 87340107 07398107 87390108 073a8108 873a0109 073b8109 873b010a 073c810a
        873c010b 073d810b 873d010c 1301010d 93000000 67800200
    """,
}
"""The machine code, by architecture, in hexadecimal."""


def switch_text(architecture: str) -> FunctionText | None:
    """The definition of `rt.fibre$switch`; None for a processor that nobody has written it for."""
    code = CODE.get(architecture)
    if code is None:
        return None
    name, image = name_prefix(SWITCH_STACK), bytes.fromhex(code)
    text = (
        f"define weak hidden void {symbol(SWITCH_STACK)}(i64 %0, i64 %1) naked noinline {DEFINITION}"
        f' align {NAME_ALIGNMENT} prefix [{len(name)} x i8] c"{escape(name)}"'
        f' prologue [{len(image)} x i8] c"{escape(image)}" {{\n  unreachable\n}}\n'
    )
    return FunctionText(SWITCH_STACK, text, defined=(SWITCH_STACK,))
