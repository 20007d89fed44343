// RUN: place_blocks
builtin.module {
  func.func private @looks(!qz.val<@m$P>) -> si64
  func.func private @changed(!qz.val<@m$P>, !qz.val<@m$P>) -> !qz.val<@m$P>

  // Handed to a call that does not hold on to it, looked at and written.
  func.func @lent(%x: si64, %s: !qz.str) -> si64 {
    %p = qz.struct_new %x, %s : si64, !qz.str -> !qz.val<@m$P>
    %a = func.call @looks(%p) {qz.lent = array<i64: 0>} : (!qz.val<@m$P>) -> si64
    qz.struct_set %p[0], %a : !qz.val<@m$P>, si64
    %b = qz.struct_get %p[0] : !qz.val<@m$P> -> si64
    qz.drop %p : !qz.val<@m$P>
    func.return %b : si64
  }
  // One that it may hold on to, and one that is handed over for good.
  func.func @held(%x: si64, %s: !qz.str) -> si64 {
    %p = qz.struct_new %x, %s : si64, !qz.str -> !qz.val<@m$P>
    %q = qz.struct_new %x, %s : si64, !qz.str -> !qz.val<@m$P>
    %r = func.call @changed(%p, %q) {qz.lent = array<i64: 0>, qz.owns = array<i64: 0>} : (!qz.val<@m$P>, !qz.val<@m$P>) -> !qz.val<@m$P>
    %a = qz.struct_get %r[0] : !qz.val<@m$P> -> si64
    qz.drop %r : !qz.val<@m$P>
    qz.drop %q : !qz.val<@m$P>
    func.return %a : si64
  }
  // Another owner, a drop of its own, no block at all.
  func.func @others(%x: si64, %s: !qz.str) -> !qz.val<@m$P> {
    %p = qz.struct_new %x, %s : si64, !qz.str -> !qz.val<@m$P>
    %a = func.call @looks(%p) {qz.lent = array<i64: 0>} : (!qz.val<@m$P>) -> si64
    %q = qz.struct_new %x, %s : si64, !qz.str drop @m$P$drop -> !qz.val<@m$P>
    %b = func.call @looks(%q) {qz.lent = array<i64: 0>} : (!qz.val<@m$P>) -> si64
    qz.drop %q : !qz.val<@m$P>
    %e = qz.enum_new 0 -> !qz.enum<"E", A, B(word)>
    %t = qz.enum_tag %e : !qz.enum<"E", A, B(word)>
    func.return %p : !qz.val<@m$P>
  }
  // There may be very many frames: five fields in each are too many.
  func.func @deep(%x: si64) -> si64 {
    %y = func.call @deep(%x) : (si64) -> si64
    %small = qz.struct_new %x, %x, %x, %y : si64, si64, si64, si64 -> !qz.val<@m$P>
    %large = qz.struct_new %x, %x, %x, %x, %y : si64, si64, si64, si64, si64 -> !qz.val<@m$P>
    %a = func.call @looks(%small) {qz.lent = array<i64: 0>} : (!qz.val<@m$P>) -> si64
    %b = func.call @looks(%large) {qz.lent = array<i64: 0>} : (!qz.val<@m$P>) -> si64
    qz.drop %large : !qz.val<@m$P>
    qz.drop %small : !qz.val<@m$P>
    func.return %a : si64
  }
}
// CHECK:      func.func @lent
// CHECK-NEXT:   %p = qz.struct_new %x, %s : si64, !qz.str {qz.local = "stack"} -> !qz.val<@m$P>
// CHECK-NEXT:   %a = func.call @looks(%p) {qz.lent = array<i64: 0>}
// CHECK-NEXT:   qz.struct_set %p[0], %a : !qz.val<@m$P>, si64
// CHECK-NEXT:   %b = qz.struct_get %p[0]
// CHECK-NEXT:   qz.drop %p {qz.local = "stack"}
// CHECK:      func.func @held
// CHECK-NOT:    qz.local
// CHECK:      func.func @others
// CHECK-NOT:    qz.local
// CHECK:      func.func @deep
// CHECK:        %small = qz.struct_new {{.*}} {qz.local = "stack"}
// CHECK-NEXT:   %large = qz.struct_new %x, %x, %x, %x, %y : si64, si64, si64, si64, si64 -> !qz.val<@m$P>
// CHECK:        qz.drop %large : !qz.val<@m$P>
// CHECK-NEXT:   qz.drop %small {qz.local = "stack"}
