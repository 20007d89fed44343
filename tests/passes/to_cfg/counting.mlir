// RUN: to_cfg
builtin.module {
  func.func private @use(si8) -> ()
  func.func @exclusive(%a: si8, %b: si8) {
    qz.for %a to %b : si8 {
    ^bb0(%i: si8):
      func.call @use(%i) : (si8) -> ()
      qz.yield
    }
    qz.return
  }
  func.func @inclusive(%a: si8, %b: si8) {
    qz.for %a to %b inclusive : si8 {
    ^bb0(%i: si8):
      func.call @use(%i) : (si8) -> ()
      qz.yield
    }
    qz.return
  }
  func.func @down(%a: si8, %b: si8) {
    %step = qz.const -3 : si8 -> si8
    qz.for %a to %b step %step : si8 {
    ^bb0(%i: si8):
      func.call @use(%i) : (si8) -> ()
      qz.yield
    }
    qz.return
  }
  func.func @left_at_once(%a: si8, %b: si8) {
    qz.for %a to %b : si8 {
    ^bb0(%i: si8):
      qz.break
    }
    qz.return
  }
}
// CHECK:      func.func @exclusive
// CHECK-NEXT:   %[[ANY:.*]] = qz.cmp "lt" %a, %b : si8
// CHECK-NEXT:   cf.cond_br %[[ANY]], ^bb1(%a : si8), ^bb3
// CHECK-NEXT: ^bb1(%i: si8):
// CHECK-NEXT:   func.call @use(%i)
// CHECK-NEXT:   cf.br ^bb2
// CHECK-NEXT: ^bb2:
// CHECK-NEXT:   %[[ONE:.*]] = qz.const 1 : si8
// CHECK-NEXT:   %[[NEXT:.*]] = qz.add %i, %[[ONE]] overflow "none" : si8
// CHECK-NEXT:   %[[MORE:.*]] = qz.cmp "lt" %[[NEXT]], %b : si8
// CHECK-NEXT:   cf.cond_br %[[MORE]], ^bb1(%[[NEXT]] : si8), ^bb3
// CHECK-NEXT: ^bb3:
// CHECK-NEXT:   func.return

// The end itself is a turn, so the sum comes after the test that it is needed.
// CHECK:      func.func @inclusive
// CHECK-NEXT:   qz.cmp "le" %a, %b : si8
// CHECK:      ^bb2:
// CHECK-NEXT:   %[[LAST:.*]] = qz.cmp "eq" %i, %b : si8
// CHECK-NEXT:   cf.cond_br %[[LAST]], ^bb4, ^bb3
// CHECK-NEXT: ^bb3:
// CHECK:        qz.add %i, %{{.*}} overflow "none" : si8

// Downwards, what remains is compared without sign in whole words.
// CHECK:      func.func @down
// CHECK:        qz.cmp "gt" %a, %b : si8
// CHECK:        %[[HERE:.*]] = qz.reinterpret %{{.*}} : si64 to ui64
// CHECK:        %[[REMAINING:.*]] = qz.sub %[[HERE]], %{{.*}} overflow "wrap" : ui64
// CHECK-NEXT:   qz.cmp "gt" %[[REMAINING]], %{{.*}} : ui64
// CHECK:        qz.add %i, %step overflow "none" : si8

// Nothing leads to the next turn, so nothing is left of it.
// CHECK:      func.func @left_at_once
// CHECK-NOT:    qz.add
// CHECK:        func.return
