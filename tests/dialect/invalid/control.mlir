// error: returned values: expected (si64), found (i1)
func.func @f(%c: i1) -> si64 {
  qz.return %c : i1
}
// -----
// error: yielded values: expected (si64), found (i1)
func.func @f(%c: i1, %a: si64) {
  %0 = qz.if %c -> si64 {
    qz.yield %c : i1
  } else {
    qz.yield %a : si64
  }
  qz.return
}
// -----
// error: an if with results has an else arm
func.func @f(%c: i1, %a: si64) {
  %0 = qz.if %c -> si64 {
    qz.yield %a : si64
  }
  qz.return
}
// -----
// error: yielded values: expected (i1), found (si64)
func.func @f(%c: i1, %a: si64) {
  qz.if %c {
    qz.yield
  } elif {
    qz.yield %a : si64
  } then {
    qz.yield
  }
  qz.return
}
// -----
// error: but got si64
func.func @f(%a: si64) {
  "qz.if"(%a) ({
    qz.yield
  }) : (si64) -> ()
  qz.return
}
// -----
// error: an if has at least one arm
func.func @f(%c: i1) {
  "qz.if"(%c) : (i1) -> ()
  qz.return
}
// -----
// error: a region has one block, found 0
func.func @f(%c: i1) {
  qz.if %c {
  }
  qz.return
}
// -----
// error: a region has one block, found 2
func.func @f(%c: i1) {
  qz.if %c {
    qz.yield
  ^bb1:
    qz.yield
  }
  qz.return
}
// -----
// error: a short-circuit operator has at least two operands
func.func @f(%c: i1) {
  %0 = qz.all {
    qz.yield %c : i1
  }
  qz.return
}
// -----
// error: yielded values: expected (i1), found ()
func.func @f(%c: i1) {
  %0 = qz.any {
    qz.yield %c : i1
  } {
    qz.yield
  }
  qz.return
}
// -----
// error: a break stands in no such loop
func.func @f() {
  qz.break
}
// -----
// error: a continue stands in no such loop
func.func @f() {
  qz.loop label "a" {
    qz.continue label "b"
  }
  qz.return
}
// -----
// error: values of the break: expected (si64), found ()
func.func @f() {
  %0 = qz.loop -> si64 {
    qz.break
  }
  qz.return
}
// -----
// error: values of the break: expected (), found (si64)
func.func @f(%c: i1, %a: si64) {
  qz.while {
    qz.yield %c : i1
  } do {
    qz.break %a : si64
  }
  qz.return
}
// -----
// error: yielded values: expected (i1), found ()
func.func @f() {
  qz.while {
    qz.yield
  } do {
    qz.yield
  }
  qz.return
}
// -----
// error: arguments of the region: expected (si32), found (si64)
func.func @f(%a: si32) {
  qz.for %a to %a : si32 {
  ^bb0(%i: si64):
    qz.yield
  }
  qz.return
}
// -----
// error: expected an integer type, found f64
func.func @f(%a: f64) {
  qz.for %a to %a : f64 {
  ^bb0(%i: f64):
    qz.yield
  }
  qz.return
}
// -----
// error: yielded values: expected (), found (si32)
func.func @f(%a: si32) {
  qz.for %a to %a : si32 {
  ^bb0(%i: si32):
    qz.yield %i : si32
  }
  qz.return
}
// -----
// error: arguments of the region: expected (ui8), found (si64)
func.func @f(%v: !qz.vec<ui8>) {
  qz.for_each %v : !qz.vec<ui8> {
  ^bb0(%x: si64):
    qz.yield
  }
  qz.return
}
// -----
// error: arguments of the region: expected (!qz.char), found (si64)
func.func @f(%s: !qz.str) {
  qz.for_each %s : !qz.str {
  ^bb0(%x: si64):
    qz.yield
  }
  qz.return
}
// -----
// error: arguments of the region: expected (si64, ui8), found (ui8, si64)
func.func @f(%v: !qz.vec<ui8>) {
  qz.for_each %v : !qz.vec<ui8> {
  ^bb0(%x: ui8, %i: si64):
    qz.yield
  }
  qz.return
}
// -----
// error: arguments of the region: expected (), found (si64)
func.func @f() {
  qz.loop {
  ^bb0(%x: si64):
    qz.break
  }
  qz.return
}
// -----
// error: is not a terminator
func.func @f(%a: si64) {
  qz.loop {
    %0 = qz.bit_not %a : si64
  }
  qz.return
}
// -----
// error: yielded values: expected (si64), found ()
func.func @f() {
  %0 = qz.defer -> si64 {
    qz.yield
  } finally {
    qz.yield
  }
  qz.return
}
// -----
// error: yielded values: expected (), found (si64)
func.func @f(%a: si64) {
  qz.defer {
    qz.yield
  } finally {
    qz.yield %a : si64
  }
  qz.return
}
// -----
// error: a `qz.return` leaves the cleanup
func.func @f(%c: i1) {
  qz.defer {
    qz.yield
  } finally {
    qz.if %c {
      qz.return
    }
    qz.yield
  }
  qz.return
}
// -----
// error: a `qz.continue` leaves the cleanup
func.func @f() {
  qz.loop label "outer" {
    qz.defer {
      qz.yield
    } finally {
      qz.loop {
        qz.continue label "outer"
      }
      qz.yield
    }
    qz.break
  }
  qz.return
}
// -----
// error: a cleanup comes after those of scopes that it ends
func.func @f(%c: i1) {
  qz.defer {
    qz.defer after 2 {
      qz.yield
    } finally {
      qz.yield
    }
    qz.yield
  } finally {
    qz.yield
  }
  qz.return
}
// -----
// error: a cleanup comes after those of scopes that it ends
func.func @f(%a: si64) {
  qz.defer {
    qz.defer after 1 {
      qz.yield
    } finally {
      qz.yield
    }
    %0 = qz.add %a, %a overflow "wrap" : si64
    qz.yield
  } finally {
    qz.yield
  }
  qz.return
}
// -----
// error: a cleanup that comes after none just has no `after`
func.func @f() {
  qz.defer after 0 {
    qz.yield
  } finally {
    qz.yield
  }
  qz.return
}
