// RUN: lend_to_variables mark_borrows insert_counts
builtin.module {
  func.func private @made() -> !qz.val<@m$P>
  func.func private @anything() -> ()

  // The walk counts nothing, and what it began with is given up behind it.
  func.func @of_an_owner(%n: si64) -> si64 {
    %new = func.call @made() : () -> !qz.val<@m$P>
    %at = qz.local "at" %new : !qz.local<!qz.val<@m$P>> from !qz.val<@m$P>
    %here = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    %next = qz.struct_get %here[0] : !qz.val<@m$P> -> !qz.val<@m$P>
    qz.local_set %at, %next : !qz.local<!qz.val<@m$P>>, !qz.val<@m$P>
    %last = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    %value = qz.struct_get %last[1] : !qz.val<@m$P> -> si64
    func.return %value : si64
  }
  // Whoever gets the content gets a count, not that of what the walk began with.
  func.func @given(%n: si64) -> !qz.val<@m$P> {
    %new = func.call @made() : () -> !qz.val<@m$P>
    %at = qz.local "at" %new : !qz.local<!qz.val<@m$P>> from !qz.val<@m$P>
    %here = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    %next = qz.struct_get %here[0] : !qz.val<@m$P> -> !qz.val<@m$P>
    qz.local_set %at, %next : !qz.local<!qz.val<@m$P>>, !qz.val<@m$P>
    %last = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    func.return %last : !qz.val<@m$P>
  }
  // What is read from the variable, and used when it may be gone, is counted.
  func.func @used_later(%p: !qz.val<@m$P>, %q: !qz.val<@m$P>) -> si64 {
    %at = qz.local "at" %p : !qz.local<!qz.val<@m$P>> from !qz.val<@m$P>
    %here = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    %next = qz.struct_get %here[0] : !qz.val<@m$P> -> !qz.val<@m$P>
    qz.local_set %at, %next : !qz.local<!qz.val<@m$P>>, !qz.val<@m$P>
    %last = qz.local_get %at : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    qz.struct_set %p[2], %q : !qz.val<@m$P>, !qz.val<@m$P>
    %value = qz.struct_get %last[1] : !qz.val<@m$P> -> si64
    func.return %value : si64
  }
}
// CHECK-LABEL: func.func @of_an_owner(
// CHECK-NOT: qz.dup
// CHECK: %[[NEW:.*]] = func.call @made
// CHECK-NOT: qz.d
// CHECK: qz.struct_get %{{.*}}[1]
// CHECK-NEXT: qz.drop %[[NEW]]
// CHECK-NEXT: func.return
// CHECK-LABEL: func.func @given(
// CHECK: %[[NEW:.*]] = func.call @made
// CHECK: qz.local_set
// CHECK-NEXT: %[[LAST:.*]] = qz.local_get
// CHECK-NEXT: qz.dup %[[LAST]]
// CHECK-NEXT: qz.drop %[[NEW]]
// CHECK-NEXT: func.return %[[LAST]]
// CHECK-LABEL: func.func @used_later(
// CHECK: qz.local_set
// CHECK-NEXT: %[[LAST:.*]] = qz.local_get
// CHECK-NEXT: qz.dup %[[LAST]]
// CHECK: qz.struct_set
// CHECK: qz.struct_get %[[LAST]][1]
// CHECK-NEXT: qz.drop %[[LAST]]
