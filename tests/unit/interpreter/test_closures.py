"""Lambdas, closures and calls through a value, as the interpreter runs them."""

from tests.unit.interpreter.running import evaluate, run_module


def test_a_lambda_keeps_what_it_captured():
    body = """
      %two = qz.const 2 : si64 -> si64
      %f = qz.lambda "main$lambda1" captures %two : si64 : !qz.fn<(si64) -> si64> {
      ^bb0(%x: si64, %n: si64):
        %y = qz.mul %x, %n overflow "trap" : si64
        qz.return %y : si64
      }
      %r = qz.call_fn %f(%0) : (si64) -> si64
      qz.return %r : si64
    """
    assert evaluate(body, 21, types="si64") == 42


def test_a_shared_cell_is_seen_on_both_sides():
    body = """
      %cell = qz.shared %0 : !qz.shared<si64> from si64
      %f = qz.lambda "main$lambda1" captures %cell : !qz.shared<si64> : !qz.fn<() -> ()> {
      ^bb0(%inner: !qz.shared<si64>):
        %old = qz.shared_get %inner : !qz.shared<si64> -> si64
        %new = qz.add %old, %old overflow "trap" : si64
        qz.shared_set %inner, %new : !qz.shared<si64>, si64
        qz.return
      }
      qz.call_fn %f() : () -> ()
      %five = qz.const 5 : si64 -> si64
      %seen = qz.shared_get %cell : !qz.shared<si64> -> si64
      %more = qz.add %seen, %five overflow "trap" : si64
      qz.shared_set %cell, %more : !qz.shared<si64>, si64
      qz.call_fn %f() : () -> ()
      %r = qz.shared_get %cell : !qz.shared<si64> -> si64
      qz.return %r : si64
    """
    assert evaluate(body, 3, types="si64") == 22


def test_a_recursive_lambda_is_handed_itself():
    body = """
      %f = qz.lambda recursive "main$lambda1" : !qz.fn<(si64) -> si64> {
      ^bb0(%n: si64, %itself: !qz.fn<(si64) -> si64>):
        %one = qz.const 1 : si64 -> si64
        %small = qz.cmp "le" %n, %one : si64
        qz.if %small {
          qz.return %one : si64
        }
        %less = qz.sub %n, %one overflow "trap" : si64
        %rest = qz.call_fn %itself(%less) : (si64) -> si64
        %r = qz.mul %n, %rest overflow "trap" : si64
        qz.return %r : si64
      }
      %r = qz.call_fn %f(%0) : (si64) -> si64
      qz.return %r : si64
    """
    assert evaluate(body, 6, types="si64") == 720


def test_lifted_functions_find_their_environment():
    module = """
    func.func @step(%x: si64, %env: !qz.env) -> si64 {
      %by = qz.captured %env[0] : si64
      %last = qz.captured %env[1] : si64
      %done = qz.cmp "ge" %x, %last : si64
      qz.if %done {
        qz.return %x : si64
      }
      %next = qz.add %x, %by overflow "trap" : si64
      %again = qz.closure_of %env : !qz.fn<(si64) -> si64>
      %r = qz.call_fn %again(%next) : (si64) -> si64
      qz.return %r : si64
    }
    func.func @twice(%f: !qz.fn<(si64) -> si64>, %x: si64) -> si64 {
      %y = qz.call_fn %f(%x) : (si64) -> si64
      %z = qz.call_fn %f(%y) : (si64) -> si64
      qz.return %z : si64
    }
    func.func @add(%x: si64) -> si64 {
      %y = qz.add %x, %x overflow "trap" : si64
      qz.return %y : si64
    }
    func.func @main(%by: si64, %last: si64) -> si64 {
      %f = qz.closure @step(%by, %last) : (si64, si64) -> !qz.fn<(si64) -> si64>
      %env = qz.environment %f : !qz.fn<(si64) -> si64>
      %a = func.call @step(%by, %env) : (si64, !qz.env) -> si64
      %plain = qz.fn_ref @add : !qz.fn<(si64) -> si64>
      %b = func.call @twice(%plain, %a) : (!qz.fn<(si64) -> si64>, si64) -> si64
      qz.return %b : si64
    }
    """
    assert run_module(module, 7, 30).result == 140


def test_a_backtrace_names_a_lambda_by_its_symbol():
    module = """
    func.func @main() {
      %f = qz.lambda "main$lambda1" : !qz.fn<() -> ()> {
        %text = qz.str_const "no"
        qz.panic %text
        qz.unreachable
      }
      qz.call_fn %f() : () -> ()
      qz.return
    }
    """
    lines = run_module(module).stderr.decode().splitlines()
    assert lines[-2:] == ["  0: main$lambda1", "  1: main"]
