"""What `@cfg` conditions are compared with: the target's system and processor, and the features asked for."""

import os

from qz.driver.options import Options
from qz.sema.annotations.conditions import Configuration

_SYSTEMS = {"darwin": "macos", "macosx": "macos"}
_PROCESSORS = {"amd64": "x86_64", "arm64": "aarch64"}
_VENDORS = ("pc", "apple", "unknown", "none", "")


def configuration_of(options: Options) -> Configuration:
    """The configuration of what is compiled for ``options.target``, or for this machine."""
    if options.target is None:
        here = os.uname()
        system, processor = here.sysname.lower(), here.machine
    else:
        processor, *rest = options.target.split("-")
        named = [part.rstrip("0123456789.") for part in rest if part not in _VENDORS]
        system = named[0] if named else "none"  # the vendor may be left out, and so may the system
    return Configuration(
        _SYSTEMS.get(system, system), _PROCESSORS.get(processor, processor), frozenset(options.features)
    )
