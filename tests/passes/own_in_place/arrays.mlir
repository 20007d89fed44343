// RUN: own_in_place
builtin.module {
  func.func private @anything() -> ()

  // All that is counted on the way comes to nothing, unless somebody else has the array.
  func.func @field(%s: !qz.val<@m$S>, %i: si64) {
    %v = qz.struct_get %s[0] {qz.borrowed} : !qz.val<@m$S> -> !qz.vec<si64>
    %own = qz.vec_own %v : !qz.vec<si64> -> !qz.vec<si64>
    qz.dup %own : !qz.vec<si64>
    %old = qz.struct_get %s[0] : !qz.val<@m$S> -> !qz.vec<si64>
    qz.struct_set %s[0], %own : !qz.val<@m$S>, !qz.vec<si64>
    qz.drop %old : !qz.vec<si64>
    %x = qz.vec_get %own, %i : !qz.vec<si64> -> si64
    qz.vec_set %own, %i, %x : !qz.vec<si64>, si64
    qz.drop %own : !qz.vec<si64>
    func.return
  }
  // An array in an array.
  func.func @inner(%rows: !qz.vec<!qz.vec<si64>>, %i: si64) {
    %v = qz.vec_get %rows, %i of 8 {qz.borrowed} : !qz.vec<!qz.vec<si64>> -> !qz.vec<si64>
    %own = qz.vec_own %v : !qz.vec<si64> -> !qz.vec<si64>
    qz.dup %own : !qz.vec<si64>
    %old = qz.vec_get unchecked %rows, %i of 8 : !qz.vec<!qz.vec<si64>> -> !qz.vec<si64>
    qz.vec_set unchecked %rows, %i of 8, %own : !qz.vec<!qz.vec<si64>>, !qz.vec<si64>
    qz.drop %old : !qz.vec<si64>
    qz.vec_set %own, %i, %i : !qz.vec<si64>, si64
    qz.drop %own : !qz.vec<si64>
    func.return
  }
  // An array in an array in a field: each is made sure of where it lies.
  func.func @nested(%s: !qz.val<@m$G>, %i: si64) {
    %v = qz.struct_get %s[0] {qz.borrowed} : !qz.val<@m$G> -> !qz.vec<!qz.vec<si64>>
    %own = qz.vec_own %v : !qz.vec<!qz.vec<si64>> -> !qz.vec<!qz.vec<si64>>
    qz.dup %own : !qz.vec<!qz.vec<si64>>
    %old = qz.struct_get %s[0] : !qz.val<@m$G> -> !qz.vec<!qz.vec<si64>>
    qz.struct_set %s[0], %own : !qz.val<@m$G>, !qz.vec<!qz.vec<si64>>
    qz.drop %old : !qz.vec<!qz.vec<si64>>
    %w = qz.vec_get %own, %i of 8 {qz.borrowed} : !qz.vec<!qz.vec<si64>> -> !qz.vec<si64>
    %in = qz.vec_own %w : !qz.vec<si64> -> !qz.vec<si64>
    qz.dup %in : !qz.vec<si64>
    %past = qz.vec_get unchecked %own, %i of 8 : !qz.vec<!qz.vec<si64>> -> !qz.vec<si64>
    qz.vec_set unchecked %own, %i of 8, %in : !qz.vec<!qz.vec<si64>>, !qz.vec<si64>
    qz.drop %past : !qz.vec<si64>
    qz.drop %own : !qz.vec<!qz.vec<si64>>
    qz.vec_set %in, %i, %i : !qz.vec<si64>, si64
    qz.drop %in : !qz.vec<si64>
    func.return
  }
  // What is given up meanwhile may be the last that refers to it.
  func.func @given_up(%s: !qz.val<@m$G>, %other: !qz.vec<si64>, %i: si64) {
    %v = qz.struct_get %s[0] {qz.borrowed} : !qz.val<@m$G> -> !qz.vec<!qz.vec<si64>>
    %own = qz.vec_own %v : !qz.vec<!qz.vec<si64>> -> !qz.vec<!qz.vec<si64>>
    qz.dup %own : !qz.vec<!qz.vec<si64>>
    %old = qz.struct_get %s[0] : !qz.val<@m$G> -> !qz.vec<!qz.vec<si64>>
    qz.struct_set %s[0], %own : !qz.val<@m$G>, !qz.vec<!qz.vec<si64>>
    qz.drop %old : !qz.vec<!qz.vec<si64>>
    qz.drop %other : !qz.vec<si64>
    %w = qz.vec_get %own, %i of 8 {qz.borrowed} : !qz.vec<!qz.vec<si64>> -> !qz.vec<si64>
    qz.drop %own : !qz.vec<!qz.vec<si64>>
    func.return
  }
  // Another place.
  func.func @elsewhere(%s: !qz.val<@m$S>, %i: si64) {
    %v = qz.struct_get %s[0] {qz.borrowed} : !qz.val<@m$S> -> !qz.vec<si64>
    %own = qz.vec_own %v : !qz.vec<si64> -> !qz.vec<si64>
    qz.dup %own : !qz.vec<si64>
    %old = qz.struct_get %s[1] : !qz.val<@m$S> -> !qz.vec<si64>
    qz.struct_set %s[1], %own : !qz.val<@m$S>, !qz.vec<si64>
    qz.drop %old : !qz.vec<si64>
    qz.vec_set %own, %i, %i : !qz.vec<si64>, si64
    qz.drop %own : !qz.vec<si64>
    func.return
  }
  // What is called may give up the array that lies there.
  func.func @called(%a: !qz.shared<!qz.vec<si64>>, %i: si64) {
    %v = qz.shared_get %a {qz.borrowed} : !qz.shared<!qz.vec<si64>> -> !qz.vec<si64>
    %own = qz.vec_own %v : !qz.vec<si64> -> !qz.vec<si64>
    qz.dup %own : !qz.vec<si64>
    %old = qz.shared_get %a : !qz.shared<!qz.vec<si64>> -> !qz.vec<si64>
    qz.shared_set %a, %own : !qz.shared<!qz.vec<si64>>, !qz.vec<si64>
    qz.drop %old : !qz.vec<si64>
    func.call @anything() : () -> ()
    qz.vec_set %own, %i, %i : !qz.vec<si64>, si64
    qz.drop %own : !qz.vec<si64>
    func.return
  }
  // It is had elsewhere as well, before or later.
  func.func @stored(%a: !qz.shared<!qz.vec<si64>>, %all: !qz.vec<!qz.vec<si64>>, %i: si64) {
    %v = qz.shared_get %a {qz.borrowed} : !qz.shared<!qz.vec<si64>> -> !qz.vec<si64>
    %own = qz.vec_own %v : !qz.vec<si64> -> !qz.vec<si64>
    qz.dup %own : !qz.vec<si64>
    %old = qz.shared_get %a : !qz.shared<!qz.vec<si64>> -> !qz.vec<si64>
    qz.shared_set %a, %own : !qz.shared<!qz.vec<si64>>, !qz.vec<si64>
    qz.drop %old : !qz.vec<si64>
    qz.vec_set %own, %i, %i : !qz.vec<si64>, si64
    qz.vec_push %all, %own : !qz.vec<!qz.vec<si64>>, !qz.vec<si64>
    func.return
  }
}
// CHECK:      func.func @field
// CHECK-NEXT:   %v = qz.struct_get %s[0] {qz.borrowed}
// CHECK-NEXT:   %own = qz.vec_own %v {qz.in_place}
// CHECK-NEXT:   qz.dup %own {qz.in_place}
// CHECK-NEXT:   %old = qz.struct_get %s[0] {qz.in_place}
// CHECK-NEXT:   qz.struct_set %s[0], %own {qz.in_place}
// CHECK-NEXT:   qz.drop %old {qz.in_place}
// CHECK-NEXT:   %x = qz.vec_get %own, %i : !qz.vec<si64> -> si64
// CHECK-NEXT:   qz.vec_set %own, %i, %x : !qz.vec<si64>, si64
// CHECK-NEXT:   qz.drop %own {qz.in_place}
// CHECK:      func.func @inner
// CHECK:        %own = qz.vec_own %v {qz.in_place}
// CHECK:        qz.vec_set unchecked %rows, %i of 8, %own {qz.in_place}
// CHECK-NEXT:   qz.drop %old {qz.in_place}
// CHECK-NEXT:   qz.vec_set %own, %i, %i : !qz.vec<si64>, si64
// CHECK-NEXT:   qz.drop %own {qz.in_place}
// CHECK:      func.func @nested
// CHECK:        %own = qz.vec_own %v {qz.in_place}
// CHECK:        %in = qz.vec_own %w {qz.in_place}
// CHECK:        qz.drop %past {qz.in_place}
// CHECK-NEXT:   qz.drop %own {qz.in_place}
// CHECK-NEXT:   qz.vec_set %in, %i, %i : !qz.vec<si64>, si64
// CHECK-NEXT:   qz.drop %in {qz.in_place}
// CHECK:      func.func @given_up
// CHECK-NOT:    in_place
// CHECK:      func.func @elsewhere
// CHECK-NOT:    in_place
