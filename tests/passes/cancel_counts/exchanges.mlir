// RUN: cancel_counts
builtin.module {
  func.func private @anything() -> ()

  func.func @elements(%v: !qz.vec<!qz.str>, %i: si64, %j: si64) {
    %x = qz.vec_get %v, %i : !qz.vec<!qz.str> -> !qz.str
    qz.dup %x : !qz.str
    %y = qz.vec_get %v, %j {qz.borrowed} : !qz.vec<!qz.str> -> !qz.str
    qz.dup %y : !qz.str
    %old = qz.vec_get unchecked %v, %i : !qz.vec<!qz.str> -> !qz.str
    qz.vec_set unchecked %v, %i, %y : !qz.vec<!qz.str>, !qz.str
    qz.drop %old : !qz.str
    %old2 = qz.vec_get %v, %j : !qz.vec<!qz.str> -> !qz.str
    qz.vec_set unchecked %v, %j, %x : !qz.vec<!qz.str>, !qz.str
    qz.drop %old2 : !qz.str
    func.return
  }
  // Across blocks, and with places that constants tell.
  func.func @at_constants(%v: !qz.vec<!qz.str>) {
    %zero = qz.const 0 : si64 -> si64
    %x = qz.vec_get %v, %zero : !qz.vec<!qz.str> -> !qz.str
    qz.dup %x : !qz.str
    cf.br ^on
  ^on:
    %again = qz.const 0 : si64 -> si64
    %one = qz.const 1 : si64 -> si64
    %y = qz.vec_get %v, %one : !qz.vec<!qz.str> -> !qz.str
    %old = qz.vec_get unchecked %v, %again : !qz.vec<!qz.str> -> !qz.str
    qz.vec_set unchecked %v, %again, %y : !qz.vec<!qz.str>, !qz.str
    qz.drop %old : !qz.str
    func.return
  }
  func.func @fields(%p: !qz.val<@m$P>, %q: !qz.val<@m$P>) {
    %x = qz.struct_get %p[0] : !qz.val<@m$P> -> !qz.str
    qz.dup %x : !qz.str
    %y = qz.struct_get %q[0] : !qz.val<@m$P> -> !qz.str
    qz.dup %y : !qz.str
    %old = qz.struct_get %p[0] : !qz.val<@m$P> -> !qz.str
    qz.struct_set %p[0], %y : !qz.val<@m$P>, !qz.str
    qz.drop %old : !qz.str
    %old2 = qz.struct_get %q[0] : !qz.val<@m$P> -> !qz.str
    qz.struct_set %q[0], %x : !qz.val<@m$P>, !qz.str
    qz.drop %old2 : !qz.str
    func.return
  }
  // What is assigned in between may be assigned here, whatever the type is that it is known by.
  func.func @maybe_elsewhere(%v: !qz.vec<!qz.str>, %w: !qz.vec<!qz.val<"ref">>, %z: !qz.val<"ref">, %i: si64) {
    %x = qz.vec_get %v, %i : !qz.vec<!qz.str> -> !qz.str
    qz.dup %x : !qz.str
    qz.vec_set %w, %i, %z : !qz.vec<!qz.val<"ref">>, !qz.val<"ref">
    %old = qz.vec_get unchecked %v, %i : !qz.vec<!qz.str> -> !qz.str
    qz.vec_set unchecked %v, %i, %x : !qz.vec<!qz.str>, !qz.str
    qz.drop %old : !qz.str
    func.return
  }
  // Something else is given up, or may be, where there would be a count less.
  func.func @beside_a_drop(%v: !qz.vec<!qz.str>, %z: !qz.str, %i: si64) {
    %x = qz.vec_get %v, %i : !qz.vec<!qz.str> -> !qz.str
    qz.dup %x : !qz.str
    qz.drop %z : !qz.str
    %old = qz.vec_get unchecked %v, %i : !qz.vec<!qz.str> -> !qz.str
    qz.vec_set unchecked %v, %i, %x : !qz.vec<!qz.str>, !qz.str
    qz.drop %old : !qz.str
    func.return
  }
  func.func @beside_a_call(%v: !qz.vec<!qz.str>, %i: si64) {
    %x = qz.vec_get %v, %i : !qz.vec<!qz.str> -> !qz.str
    qz.dup %x : !qz.str
    func.call @anything() : () -> ()
    qz.drop %x : !qz.str
    qz.vec_set unchecked %v, %i, %x : !qz.vec<!qz.str>, !qz.str
    func.return
  }
  // What is marked belongs to more than this.
  func.func @marked(%v: !qz.vec<!qz.str>, %i: si64) {
    %x = qz.vec_get %v, %i : !qz.vec<!qz.str> -> !qz.str
    qz.dup %x {qz.in_place} : !qz.str
    qz.vec_set unchecked %v, %i, %x : !qz.vec<!qz.str>, !qz.str
    qz.drop %x {qz.in_place} : !qz.str
    func.return
  }
}
// CHECK-LABEL: func.func @elements
// CHECK-NEXT: %x = qz.vec_get %v, %i
// CHECK-NEXT: %y = qz.vec_get %v, %j
// CHECK-NEXT: qz.vec_set unchecked %v, %i, %y
// CHECK-NEXT: qz.vec_set %v, %j, %x
// CHECK-NEXT: func.return
// CHECK-LABEL: func.func @at_constants
// CHECK-NEXT: qz.const 0
// CHECK-NEXT: %x = qz.vec_get
// CHECK-NEXT: cf.br
// CHECK: %y = qz.vec_get
// CHECK-NEXT: qz.vec_set unchecked %v, %again, %y
// CHECK-NEXT: func.return
// CHECK-LABEL: func.func @fields
// CHECK-NEXT: %x = qz.struct_get %p[0]
// CHECK-NEXT: %y = qz.struct_get %q[0]
// CHECK-NEXT: qz.struct_set %p[0], %y
// CHECK-NEXT: qz.struct_set %q[0], %x
// CHECK-NEXT: func.return
// CHECK-LABEL: func.func @maybe_elsewhere
// CHECK: qz.dup %x
// CHECK: qz.drop %old
// CHECK-LABEL: func.func @beside_a_drop
// CHECK: qz.dup %x
// CHECK: qz.drop %old
// CHECK-LABEL: func.func @beside_a_call
// CHECK: qz.dup %x
// CHECK: qz.drop %x
// CHECK-LABEL: func.func @marked
// CHECK: qz.dup %x {qz.in_place}
// CHECK: qz.drop %x {qz.in_place}
