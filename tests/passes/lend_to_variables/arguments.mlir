// RUN: lend_to_variables
builtin.module {
  func.func private @anything() -> ()
  func.func private @given(!qz.val<@m$P>) -> ()
  func.func private @made() -> !qz.val<@m$P>

  // Of what the caller keeps, and of a constant.
  func.func @either(%p: !qz.val<@m$P>, %c: i1) -> !qz.val<@m$P> {
    cf.cond_br %c, ^l, ^r
  ^l:
    %x = qz.struct_get %p[0] : !qz.val<@m$P> -> !qz.val<@m$P>
    cf.br ^join(%x : !qz.val<@m$P>)
  ^r:
    cf.br ^join(%p : !qz.val<@m$P>)
  ^join(%z: !qz.val<@m$P>):
    %w = qz.struct_get %z[0] : !qz.val<@m$P> -> !qz.val<@m$P>
    func.return %w : !qz.val<@m$P>
  }
  // Beside others, which stay as they are.
  func.func @several(%p: !qz.val<@m$P>, %n: si64, %c: i1) -> !qz.val<@m$P> {
    cf.cond_br %c, ^l, ^r
  ^l:
    %x = qz.struct_get %p[0] : !qz.val<@m$P> -> !qz.val<@m$P>
    cf.br ^join(%n, %x, %p : si64, !qz.val<@m$P>, !qz.val<@m$P>)
  ^r:
    %new = func.call @made() : () -> !qz.val<@m$P>
    cf.br ^join(%n, %p, %new : si64, !qz.val<@m$P>, !qz.val<@m$P>)
  ^join(%m: si64, %z: !qz.val<@m$P>, %owned: !qz.val<@m$P>):
    %w = qz.struct_get %z[0] : !qz.val<@m$P> -> !qz.val<@m$P>
    func.return %w : !qz.val<@m$P>
  }
  // What is read may be gone when it is handed over.
  func.func @too_late(%p: !qz.val<@m$P>, %c: i1) -> !qz.val<@m$P> {
    cf.cond_br %c, ^l, ^r
  ^l:
    %x = qz.struct_get %p[0] : !qz.val<@m$P> -> !qz.val<@m$P>
    func.call @anything() : () -> ()
    cf.br ^join(%x : !qz.val<@m$P>)
  ^r:
    cf.br ^join(%p : !qz.val<@m$P>)
  ^join(%z: !qz.val<@m$P>):
    %w = qz.struct_get %z[0] : !qz.val<@m$P> -> !qz.val<@m$P>
    func.return %w : !qz.val<@m$P>
  }
  // A walk from what is made here: all variables hold on to that.
  func.func @of_an_owner(%c: i1) {
    %new = func.call @made() : () -> !qz.val<@m$P>
    %at = qz.local "at" %new : !qz.local<!qz.val<@m$P>> from !qz.val<@m$P>
    cf.br ^again
  ^again:
    %here = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    cf.cond_br %c, ^l, ^r
  ^l:
    %x = qz.struct_get %here[0] : !qz.val<@m$P> -> !qz.val<@m$P>
    cf.br ^join(%x : !qz.val<@m$P>)
  ^r:
    %y = qz.struct_get %here[1] : !qz.val<@m$P> -> !qz.val<@m$P>
    cf.br ^join(%y : !qz.val<@m$P>)
  ^join(%z: !qz.val<@m$P>):
    qz.local_set %at, %z : !qz.local<!qz.val<@m$P>>, !qz.val<@m$P>
    cf.br ^again
  }
  // What is handed over is of another type than what all hold on to.
  func.func @of_another_type(%c: i1) {
    %new = func.call @made() : () -> !qz.val<@m$P>
    %at = qz.local "at" %new : !qz.local<!qz.val<@m$P>> from !qz.val<@m$P>
    cf.br ^again
  ^again:
    %here = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    %next = qz.struct_get %here[0] : !qz.val<@m$P> -> !qz.val<@m$P>
    qz.local_set %at, %next : !qz.local<!qz.val<@m$P>>, !qz.val<@m$P>
    cf.cond_br %c, ^l, ^r
  ^l:
    %x = qz.struct_get %here[1] : !qz.val<@m$P> -> !qz.str
    cf.br ^join(%x : !qz.str)
  ^r:
    %y = qz.struct_get %here[2] : !qz.val<@m$P> -> !qz.str
    cf.br ^join(%y : !qz.str)
  ^join(%z: !qz.str):
    cf.br ^again
  }
  // Of what is made here and of what the caller has: where the latter comes from, the former may not be there.
  func.func @of_an_owner_or_not(%p: !qz.val<@m$P>, %c: i1) {
    cf.cond_br %c, ^l, ^r
  ^l:
    %new = func.call @made() : () -> !qz.val<@m$P>
    %at = qz.local "at" %new : !qz.local<!qz.val<@m$P>> from !qz.val<@m$P>
    %here = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    qz.local_set %at, %here : !qz.local<!qz.val<@m$P>>, !qz.val<@m$P>
    cf.br ^join(%here : !qz.val<@m$P>)
  ^r:
    cf.br ^join(%p : !qz.val<@m$P>)
  ^join(%z: !qz.val<@m$P>):
    func.return
  }
  // Of two that are made here.
  func.func @of_two_owners(%c: i1) {
    %one = func.call @made() : () -> !qz.val<@m$P>
    %at = qz.local "at" %one : !qz.local<!qz.val<@m$P>> from !qz.val<@m$P>
    %other = func.call @made() : () -> !qz.val<@m$P>
    %to = qz.local "to" %other : !qz.local<!qz.val<@m$P>> from !qz.val<@m$P>
    %here = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    qz.local_set %at, %here : !qz.local<!qz.val<@m$P>>, !qz.val<@m$P>
    %there = qz.local_get %to : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    qz.local_set %to, %there : !qz.local<!qz.val<@m$P>>, !qz.val<@m$P>
    cf.cond_br %c, ^l, ^r
  ^l:
    cf.br ^join(%here : !qz.val<@m$P>)
  ^r:
    cf.br ^join(%there : !qz.val<@m$P>)
  ^join(%z: !qz.val<@m$P>):
    func.return
  }
  // A block that leads elsewhere, too, can assign nothing on the way.
  func.func @on_an_edge(%p: !qz.val<@m$P>, %c: i1) -> !qz.val<@m$P> {
    %x = qz.struct_get %p[0] : !qz.val<@m$P> -> !qz.val<@m$P>
    cf.cond_br %c, ^l, ^join(%x : !qz.val<@m$P>)
  ^l:
    cf.br ^join(%p : !qz.val<@m$P>)
  ^join(%z: !qz.val<@m$P>):
    %w = qz.struct_get %z[0] : !qz.val<@m$P> -> !qz.val<@m$P>
    func.return %w : !qz.val<@m$P>
  }
  // What is only handed on has to have a count by then: where it is a constant, it needs none.
  func.func @handed_on(%p: !qz.val<@m$P>, %c: i1) -> !qz.val<@m$P> {
    cf.cond_br %c, ^l, ^r
  ^l:
    %x = qz.struct_get %p[0] : !qz.val<@m$P> -> !qz.val<@m$P>
    cf.br ^join(%x : !qz.val<@m$P>)
  ^r:
    %none = qz.const 0 : i64 -> !qz.val<@m$P>
    cf.br ^join(%none : !qz.val<@m$P>)
  ^join(%z: !qz.val<@m$P>):
    cf.cond_br %c, ^back, ^given
  ^back:
    func.return %z : !qz.val<@m$P>
  ^given:
    func.call @given(%z) : (!qz.val<@m$P>) -> ()
    func.return %p : !qz.val<@m$P>
  }
}
// CHECK-LABEL: func.func @either(
// CHECK: qz.const 0
// CHECK-NEXT: %[[EITHER:.*]] = qz.local "either" %{{.*}} {qz.unowned}
// CHECK: qz.local_set %[[EITHER]], %x
// CHECK: qz.local_set %[[EITHER]], %p
// CHECK: ^{{.*}}:
// CHECK-NEXT: %z = qz.local_get %[[EITHER]]
// CHECK-NEXT: qz.struct_get %z[0]
// CHECK-LABEL: func.func @several(
// CHECK: qz.local_set %[[EITHER:.*]], %x
// CHECK-NEXT: cf.br ^[[JOIN:[a-z0-9]+]](%n, %p : si64, !qz.val<@m$P>)
// CHECK: qz.local_set %[[EITHER]], %p
// CHECK-NEXT: cf.br ^[[JOIN]](%n, %new : si64, !qz.val<@m$P>)
// CHECK-LABEL: func.func @too_late(
// CHECK-NOT: unowned
// CHECK-LABEL: func.func @of_an_owner(
// CHECK: %new = func.call
// CHECK-NEXT: %[[EITHER:.*]] = qz.local "either" %new {qz.unowned}
// CHECK-NEXT: qz.local "at" %new {qz.unowned}
// CHECK: qz.local_set %[[EITHER]], %x
// CHECK: qz.local_set %[[EITHER]], %y
// CHECK-LABEL: func.func @of_another_type(
// CHECK: %[[BASE:.*]] = qz.reinterpret %new : !qz.val<@m$P> to !qz.str
// CHECK-NEXT: qz.local "either" %[[BASE]] {qz.unowned}
// CHECK-LABEL: func.func @of_an_owner_or_not(
// CHECK: qz.local "at" %new {qz.unowned}
// CHECK: cf.br ^{{.*}}(%here : !qz.val<@m$P>)
// CHECK-LABEL: func.func @of_two_owners(
// CHECK: cf.br ^{{.*}}(%here : !qz.val<@m$P>)
// CHECK-LABEL: func.func @on_an_edge(
// CHECK-NOT: unowned
// CHECK-LABEL: func.func @handed_on(
// CHECK-NOT: unowned
