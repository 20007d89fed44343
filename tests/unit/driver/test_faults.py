"""A fault of the compiler is a code, an exit status of its own and a file; never a bare traceback."""

import re
from pathlib import Path

from qz.codegen.fault import CompilerFault
from qz.driver.faults import EXIT_STATUS, ForeignFault, report_fault
from qz.driver.options import Options

PLAIN = Options(color="never")


def test_an_exception_becomes_a_short_report_and_a_file_with_everything(capsys):
    error = ZeroDivisionError("no such luck")
    error.add_note("irgen of main$f")
    assert report_fault(error, PLAIN) == EXIT_STATUS == 70
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "error[QZ9501]" in shown.err
    assert "`irgen of main$f`: ZeroDivisionError: no such luck" in shown.err
    assert "Traceback" not in shown.err
    saved = re.search(r"the details are in (\S+)", shown.err)
    assert saved is not None
    details = Path(saved[1])
    text = details.read_text()
    details.unlink()
    assert "ZeroDivisionError: no such luck" in text
    assert "command: " in text


def test_what_came_up_in_another_process_looks_the_same(capsys):
    fault = ForeignFault("KeyError: 3", "irgen of main$f", "Traceback …\nKeyError: 3\n")
    assert report_fault(fault, PLAIN) == 70
    shown = capsys.readouterr().err
    assert "error[QZ9501]" in shown
    assert "`irgen of main$f`: KeyError: 3" in shown
    saved = re.search(r"the details are in (\S+)", shown)
    assert saved is not None
    text = Path(saved[1]).read_text()
    Path(saved[1]).unlink()
    assert "command: " in text
    assert "Traceback …\nKeyError: 3\n" in text


def test_a_refusal_of_llvm_names_the_saved_text(capsys):
    assert report_fault(CompilerFault("it broke", "/tmp/unit.ll"), PLAIN) == 70
    shown = capsys.readouterr().err
    assert "error[QZ9503]" in shown
    assert "it broke" in shown
    assert "the LLVM text is in /tmp/unit.ll" in shown
