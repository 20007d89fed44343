"""What code is generated for: a triple, a processor and its features. Data only; `machine` asks LLVM."""

from typing import NamedTuple


class Target(NamedTuple):
    """A triple with the processor and feature string that LLVM is given for it."""

    triple: str
    cpu: str = ""
    features: str = ""

    @property
    def architecture(self) -> str:
        """The first part of the triple."""
        return self.triple.partition("-")[0]


# The least processor that compiled programs run on, for the architectures where LLVM's own default is not it.
_BASELINE_CPUS = {"x86_64": "x86-64", "aarch64": "generic", "riscv64": "generic-rv64"}
_BASELINE_FEATURES = {"riscv64": "+m,+a,+f,+d,+c"}


def baseline(triple: str) -> Target:
    """The target every machine of the architecture of ``triple`` can run."""
    architecture = triple.partition("-")[0]
    return Target(triple, _BASELINE_CPUS.get(architecture, ""), _BASELINE_FEATURES.get(architecture, ""))
