// RUN: lend_to_variables
builtin.module {
  func.func private @anything() -> ()
  func.func private @made() -> !qz.val<@m$P>

  // A walk along what the caller keeps.
  func.func @walk(%p: !qz.val<@m$P>) {
    %at = qz.local "at" %p : !qz.local<!qz.val<@m$P>> from !qz.val<@m$P>
    cf.br ^again
  ^again:
    %here = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    %next = qz.struct_get %here[0] : !qz.val<@m$P> -> !qz.val<@m$P>
    qz.local_set %at, %next : !qz.local<!qz.val<@m$P>>, !qz.val<@m$P>
    cf.br ^again
  }
  // Either way: what one or the other block hands over is in a variable, too.
  func.func @tree(%p: !qz.val<@m$P>, %left: i1) {
    %at = qz.local "at" %p : !qz.local<!qz.val<@m$P>> from !qz.val<@m$P>
    cf.br ^again
  ^again:
    %here = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    cf.cond_br %left, ^l, ^r
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
  // Something is replaced when nobody looks at it any more, and while somebody does.
  func.func @behind(%p: !qz.val<@m$P>, %q: !qz.val<@m$P>) {
    %at = qz.local "at" %p : !qz.local<!qz.val<@m$P>> from !qz.val<@m$P>
    %here = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    %next = qz.struct_get %here[0] : !qz.val<@m$P> -> !qz.val<@m$P>
    qz.local_set %at, %next : !qz.local<!qz.val<@m$P>>, !qz.val<@m$P>
    %last = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    qz.struct_set %last[0], %q : !qz.val<@m$P>, !qz.val<@m$P>
    func.return
  }
  func.func @meanwhile(%p: !qz.val<@m$P>, %q: !qz.val<@m$P>) {
    %at = qz.local "at" %p : !qz.local<!qz.val<@m$P>> from !qz.val<@m$P>
    %here = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    %next = qz.struct_get %here[0] : !qz.val<@m$P> -> !qz.val<@m$P>
    qz.local_set %at, %next : !qz.local<!qz.val<@m$P>>, !qz.val<@m$P>
    qz.struct_set %p[0], %q : !qz.val<@m$P>, !qz.val<@m$P>
    %last = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    func.return
  }
  // What was read is assigned when it may be gone.
  func.func @too_late(%p: !qz.val<@m$P>) {
    %at = qz.local "at" %p : !qz.local<!qz.val<@m$P>> from !qz.val<@m$P>
    %here = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    %next = qz.struct_get %here[0] : !qz.val<@m$P> -> !qz.val<@m$P>
    func.call @anything() : () -> ()
    qz.local_set %at, %next : !qz.local<!qz.val<@m$P>>, !qz.val<@m$P>
    %last = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    func.return
  }
  // Of what is owned, the variable holds on to what it is made with, and to nothing else.
  func.func @of_an_owner(%p: !qz.val<@m$P>) {
    %new = func.call @made() : () -> !qz.val<@m$P>
    %at = qz.local "at" %new : !qz.local<!qz.val<@m$P>> from !qz.val<@m$P>
    %here = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    %next = qz.struct_get %here[0] : !qz.val<@m$P> -> !qz.val<@m$P>
    qz.local_set %at, %next : !qz.local<!qz.val<@m$P>>, !qz.val<@m$P>
    func.return
  }
  func.func @of_another_owner(%p: !qz.val<@m$P>) {
    %at = qz.local "at" %p : !qz.local<!qz.val<@m$P>> from !qz.val<@m$P>
    %new = func.call @made() : () -> !qz.val<@m$P>
    qz.local_set %at, %new : !qz.local<!qz.val<@m$P>>, !qz.val<@m$P>
    %from = qz.local "from" %p : !qz.local<!qz.val<@m$P>> from !qz.val<@m$P>
    %here = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    qz.local_set %from, %here : !qz.local<!qz.val<@m$P>>, !qz.val<@m$P>
    func.return
  }
  func.func @of_an_owner_by_another(%p: !qz.val<@m$P>) {
    %new = func.call @made() : () -> !qz.val<@m$P>
    %at = qz.local "at" %new : !qz.local<!qz.val<@m$P>> from !qz.val<@m$P>
    %here = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    qz.local_set %at, %here : !qz.local<!qz.val<@m$P>>, !qz.val<@m$P>
    %found = qz.local "found" %p : !qz.local<!qz.val<@m$P>> from !qz.val<@m$P>
    qz.local_set %found, %here : !qz.local<!qz.val<@m$P>>, !qz.val<@m$P>
    %same = qz.local "same" %new : !qz.local<!qz.val<@m$P>> from !qz.val<@m$P>
    qz.local_set %same, %here : !qz.local<!qz.val<@m$P>>, !qz.val<@m$P>
    func.return
  }
  // A function that owns what it is given keeps it as long as the variable is used.
  func.func @owning(%p: !qz.val<@m$P>) attributes {qz.owns = array<i64: 0>} {
    %at = qz.local "at" %p : !qz.local<!qz.val<@m$P>> from !qz.val<@m$P>
    %here = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    %next = qz.struct_get %here[0] : !qz.val<@m$P> -> !qz.val<@m$P>
    qz.local_set %at, %next : !qz.local<!qz.val<@m$P>>, !qz.val<@m$P>
    func.return
  }
  // It matters when it is given up.
  func.func @kept(%p: !qz.val<@m$P>) {
    %new = func.call @made() : () -> !qz.val<@m$P>
    %at = qz.local "at" %new : !qz.local<!qz.val<@m$P>> from !qz.val<@m$P>
    %here = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    qz.local_set %at, %here : !qz.local<!qz.val<@m$P>>, !qz.val<@m$P>
    %there = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    qz.keep %there : !qz.val<@m$P>
    func.return
  }
}
// CHECK-LABEL: func.func @walk(
// CHECK: qz.local "at" %{{.*}} {qz.unowned}
// CHECK-LABEL: func.func @tree(
// CHECK: qz.local "at" %{{.*}} {qz.unowned}
// CHECK: %[[L:.*]] = qz.struct_get %{{.*}}[0]
// CHECK-NEXT: qz.local_set %[[EITHER:.*]], %[[L]]
// CHECK-NEXT: cf.br ^[[JOIN:[a-z0-9]+]]{{$}}
// CHECK: %[[R:.*]] = qz.struct_get %{{.*}}[1]
// CHECK-NEXT: qz.local_set %[[EITHER]], %[[R]]
// CHECK-NEXT: cf.br ^[[JOIN]]{{$}}
// CHECK: ^[[JOIN]]:
// CHECK-NEXT: %[[Z:.*]] = qz.local_get %[[EITHER]]
// CHECK-NEXT: qz.local_set %{{.*}}, %[[Z]]
// CHECK-NEXT: cf.br
// CHECK-LABEL: func.func @behind(
// CHECK: qz.local "at" %{{.*}} {qz.unowned}
// CHECK-LABEL: func.func @meanwhile(
// CHECK-NOT: unowned
// CHECK-LABEL: func.func @too_late(
// CHECK-NOT: unowned
// CHECK-LABEL: func.func @of_an_owner(
// CHECK: qz.local "at" %{{.*}} {qz.unowned}
// CHECK-LABEL: func.func @of_another_owner(
// CHECK-NOT: unowned
// CHECK-LABEL: func.func @of_an_owner_by_another(
// CHECK: qz.local "at" %{{.*}} {qz.unowned}
// CHECK: qz.local "found" %{{.*}} : !qz.local
// CHECK: qz.local "same" %{{.*}} {qz.unowned}
// CHECK-LABEL: func.func @owning(
// CHECK: qz.local "at" %{{.*}} {qz.unowned}
// CHECK-LABEL: func.func @kept(
// CHECK-NOT: unowned
