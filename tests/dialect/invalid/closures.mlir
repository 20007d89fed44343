// error: arguments of the region: expected (si64, !qz.str), found (si64)
func.func @f(%s: !qz.str) {
  %0 = qz.lambda "f$lambda1" captures %s : !qz.str : !qz.fn<(si64) -> ()> {
  ^bb0(%x: si64):
    qz.return
  }
  qz.return
}
// -----
// error: arguments of the region: expected (!qz.fn<() -> ()>), found ()
func.func @f() {
  %0 = qz.lambda recursive "f$lambda1" : !qz.fn<() -> ()> {
    qz.return
  }
  qz.return
}
// -----
// error: a lambda that captures nothing needs no stack
func.func @f() {
  %0 = qz.lambda stack "f$lambda1" : !qz.fn<() -> ()> {
    qz.return
  }
  qz.return
}
// -----
// error: returned values: expected (si64), found ()
func.func @f() {
  %0 = qz.lambda "f$lambda1" : !qz.fn<() -> si64> {
    qz.return
  }
  qz.return
}
// -----
// error: a break stands in no such loop
func.func @f() {
  qz.loop {
    %0 = qz.lambda "f$lambda1" : !qz.fn<() -> ()> {
      qz.break
    }
    qz.yield
  }
  qz.return
}
// -----
// error: value defined out of its IsolatedFromAbove parent
func.func @f(%a: si64) {
  %0 = qz.lambda "f$lambda1" : !qz.fn<() -> si64> {
    qz.return %a : si64
  }
  qz.return
}
// -----
// error: arguments of the call: expected (si64), found (i1)
func.func @f(%f: !qz.fn<(si64) -> ()>, %c: i1) {
  "qz.call_fn"(%f, %c) : (!qz.fn<(si64) -> ()>, i1) -> ()
  qz.return
}
// -----
// error: result of the call: expected (), found (si64)
func.func @f(%f: !qz.fn<() -> ()>) {
  %0 = "qz.call_fn"(%f) : (!qz.fn<() -> ()>) -> si64
  qz.return
}
// -----
// error: parameters of @g: expected (si64), found (i1)
func.func private @g(i1)
func.func @f() {
  %0 = qz.fn_ref @g : !qz.fn<(si64) -> ()>
  qz.return
}
// -----
// error: result of @g: expected (), found (i1)
func.func private @g() -> i1
func.func @f() {
  %0 = qz.fn_ref @g : !qz.fn<() -> ()>
  qz.return
}
// -----
// error: @g is not a function
qz.extern "g" : () -> ()
func.func @f() {
  %0 = qz.fn_ref @g : !qz.fn<() -> ()>
  qz.return
}
// -----
// error: parameters of @g: expected (si64, !qz.env), found (si64)
func.func private @g(si64)
func.func @f(%a: si64) {
  %0 = qz.closure @g(%a) : (si64) -> !qz.fn<(si64) -> ()>
  qz.return
}
// -----
// error: a closure captures something
func.func @f() {
  %0 = qz.closure @g() : () -> !qz.fn<() -> ()>
  qz.return
}
// -----
// error: the index of a captured value is not negative
func.func @f(%e: !qz.env) {
  %0 = qz.captured %e[-1] : si64
  qz.return
}
// -----
// error: si64 should be of base attribute qz.fn
func.func @f(%a: si64) {
  %0 = "qz.environment"(%a) : (si64) -> !qz.env
  qz.return
}
// -----
// error: si64 should be of base attribute qz.env
func.func @f(%a: si64) {
  %0 = "qz.closure_of"(%a) : (si64) -> !qz.fn<() -> ()>
  qz.return
}
// -----
// error: the cell holds i1, found si64
func.func @f(%a: si64) {
  %0 = qz.shared %a : !qz.shared<i1> from si64
  qz.return
}
// -----
// error: the cell holds si64, found i1
func.func @f(%a: si64) {
  %0 = qz.shared %a : !qz.shared<si64> from si64
  %1 = qz.shared_get %0 : !qz.shared<si64> -> i1
  qz.return
}
// -----
// error: the cell holds si64, found f64
func.func @f(%a: si64, %x: f64) {
  %0 = qz.shared %a : !qz.shared<si64> from si64
  qz.shared_set %0, %x : !qz.shared<si64>, f64
  qz.return
}
// -----
// error: si64 should be of base attribute qz.fn
func.func @f(%a: si64) {
  %0 = "qz.code_of"(%a) : (si64) -> !qz.code
  qz.return
}
// -----
// error: result of the call: expected (), found (si64)
func.func @f(%f: !qz.fn<() -> ()>, %c: !qz.code) {
  %0 = "qz.call_code"(%c, %f) : (!qz.code, !qz.fn<() -> ()>) -> si64
  qz.return
}
// -----
// error: a closure captures something
func.func @f() {
  %0 = qz.closure @g() : () -> !qz.fn<() -> ()>
  qz.return
}
// -----
// error: what was in a slot is given just if it is counted
func.func @f(%env: !qz.env, %text: !qz.str) {
  qz.slot_set %env[0], %text : !qz.str
  qz.return
}
// -----
// error: what was in a slot is given just if it is counted
func.func @f(%env: !qz.env, %n: si64) {
  %0 = qz.slot_set %env[0], %n : si64 -> !qz.val<"nullable">
  qz.return
}
// -----
// error: si64 should be of base attribute qz.env
func.func @f(%n: si64) {
  %0 = "qz.slot_get"(%n) <{"index" = 0 : i64}> : (si64) -> si64
  qz.return
}
// -----
// error: a suspension gives a value, found none
func.func @f() {
  "qz.suspend"() : () -> ()
  qz.return
}
// -----
// error: Expected attribute i1 but got si64
func.func @f(%a: si64) {
  "qz.suspend"(%a) : (si64) -> si64
  qz.return
}
