// RUN: to_cfg
builtin.module {
  func.func private @use(si64, i1) -> ()
  func.func @each(%v: !qz.vec<i1>) {
    qz.for_each %v : !qz.vec<i1> {
    ^bb0(%i: si64, %x: i1):
      func.call @use(%i, %x) : (si64, i1) -> ()
      qz.yield
    }
    qz.return
  }
  func.func @each_code_point(%s: !qz.str) {
    qz.for_each %s : !qz.str {
    ^bb0(%i: si64, %x: !qz.char):
      %n = qz.cast %x : !qz.char to si64
      %b = qz.cmp "eq" %i, %n : si64
      func.call @use(%i, %b) : (si64, i1) -> ()
      qz.yield
    }
    qz.return
  }
}
// CHECK:      func.func @each
// CHECK-NEXT:   %[[ZERO:.*]] = qz.const 0 : si64
// CHECK-NEXT:   cf.br ^bb1(%[[ZERO]] : si64)
// CHECK-NEXT: ^bb1(%[[I:.*]]: si64):
// CHECK-NEXT:   %[[N:.*]] = qz.vec_size %v
// CHECK-NEXT:   %[[MORE:.*]] = qz.cmp "lt" %[[I]], %[[N]] : si64
// CHECK-NEXT:   cf.cond_br %[[MORE]], ^bb2, ^bb4
// CHECK-NEXT: ^bb2:
// CHECK-NEXT:   %[[X:.*]] = qz.vec_get unchecked %v, %[[I]]
// CHECK-NEXT:   func.call @use(%[[I]], %[[X]])
// CHECK-NEXT:   cf.br ^bb3
// CHECK-NEXT: ^bb3:
// CHECK-NEXT:   %[[ONE:.*]] = qz.const 1 : si64
// CHECK-NEXT:   %[[NEXT:.*]] = qz.add %[[I]], %[[ONE]] overflow "none"
// CHECK-NEXT:   cf.br ^bb1(%[[NEXT]] : si64)
// CHECK-NEXT: ^bb4:
// CHECK-NEXT:   func.return

// The byte index and the index of the code point count apart.
// CHECK:      func.func @each_code_point
// CHECK-NEXT:   %[[BEFORE:.*]] = qz.const -1 : si64
// CHECK-NEXT:   %[[FIRST:.*]] = qz.str_next %s, %[[BEFORE]]
// CHECK-NEXT:   %[[ZERO:.*]] = qz.const 0 : si64
// CHECK-NEXT:   cf.br ^bb1(%[[FIRST]], %[[ZERO]] : si64, si64)
// CHECK-NEXT: ^bb1(%[[AT:.*]]: si64, %[[I:.*]]: si64):
// CHECK-NEXT:   %[[SIZE:.*]] = qz.str_size %s
// CHECK-NEXT:   %[[MORE:.*]] = qz.cmp "lt" %[[AT]], %[[SIZE]] : si64
// CHECK-NEXT:   cf.cond_br %[[MORE]], ^bb2, ^bb4
// CHECK-NEXT: ^bb2:
// CHECK-NEXT:   %[[X:.*]] = qz.str_char_at %s, %[[AT]]
// CHECK-NEXT:   qz.cast %[[X]]
// CHECK-NEXT:   qz.cmp "eq" %[[I]]
// CHECK:        cf.br ^bb3
// CHECK-NEXT: ^bb3:
// CHECK-NEXT:   %[[NEXT:.*]] = qz.str_next %s, %[[AT]]
// CHECK-NEXT:   %[[ONE:.*]] = qz.const 1 : si64
// CHECK-NEXT:   %[[MORE_I:.*]] = qz.add %[[I]], %[[ONE]] overflow "none"
// CHECK-NEXT:   cf.br ^bb1(%[[NEXT]], %[[MORE_I]] : si64, si64)
// CHECK-NEXT: ^bb4:
// CHECK-NEXT:   func.return
