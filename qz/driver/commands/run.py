"""``qz run``: compiles a program into this process and becomes it."""

import os

from qz.codegen import jit
from qz.codegen.library import LlvmError
from qz.codegen.machine import host
from qz.driver.options import Options
from qz.driver.own_command import offer_command
from qz.driver.recall import obtain_objects


def run_program(options: Options, started: float) -> int:
    """Returns only where there is nothing to run; else the process ends with the program's status."""
    outcome = obtain_objects(options, host(), started)
    if outcome.status != 0 or options.stop_after is not None:
        if outcome.status == 0:
            outcome.show_account()
        return outcome.status
    arguments = [os.fsencode(argument) for argument in (options.files[0], *options.arguments)]
    try:
        with outcome.linking():
            address = jit.load(outcome.objects)
    except LlvmError as refusal:
        from qz.driver.report import report_alone

        report_alone(options, "QZ9004", *str(refusal).splitlines(), linker="the loader")
        return 1
    outcome.show_account()
    offer_command()
    jit.run(address, arguments)
