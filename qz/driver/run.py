"""``qz run``: compiles a program into this process and becomes it."""

import os

from qz.driver.options import Options
from qz.driver.recall import obtain_objects


def run_program(options: Options, started: float) -> int:
    """Returns only where there is nothing to run; else the process ends with the program's status."""
    from qz.codegen import jit
    from qz.codegen.machine import host

    outcome = obtain_objects(options, host(), started)
    if not outcome.objects:
        return outcome.status
    arguments = [os.fsencode(argument) for argument in (options.files[0], *options.arguments)]
    jit.run(jit.load(outcome.objects), arguments)
