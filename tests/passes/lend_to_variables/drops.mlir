// RUN: lend_to_variables
builtin.module attributes {qz.drops} {
  // What runs when a value is given up may do anything, and be in the middle of the walk.
  func.func @walk(%p: !qz.val<@m$P>) {
    %at = qz.local "at" %p : !qz.local<!qz.val<@m$P>> from !qz.val<@m$P>
    cf.br ^again
  ^again:
    %here = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    %next = qz.struct_get %here[0] : !qz.val<@m$P> -> !qz.val<@m$P>
    qz.local_set %at, %next : !qz.local<!qz.val<@m$P>>, !qz.val<@m$P>
    cf.br ^again
  }
}
// CHECK-LABEL: func.func @walk(
// CHECK-NOT: unowned
