// RUN: place_blocks
builtin.module {
  func.func private @steps(!qz.val<@m$Q>) -> si64
  func.func private @made() -> !qz.val<@m$P>

  // A block in a block in a block, of which no call takes one out; it may be told apart before.
  func.func @whole(%x: si64, %s: !qz.str) -> si64 {
    %p = qz.struct_new %x, %s : si64, !qz.str -> !qz.val<@m$P>
    %a = qz.struct_get %p[0] : !qz.val<@m$P> -> si64
    %q = qz.struct_new %p, %a : !qz.val<@m$P>, si64 -> !qz.val<@m$Q>
    %r = qz.struct_new %q, %a : !qz.val<@m$Q>, si64 -> !qz.val<@m$Q>
    %n = func.call @steps(%r) {qz.lent = array<i64: 0>, qz.lent_whole = array<i64: 0>} : (!qz.val<@m$Q>) -> si64
    %b = qz.struct_get %r[1] : !qz.val<@m$Q> -> si64
    qz.drop %r : !qz.val<@m$Q>
    func.return %n : si64
  }
  // One call may take a block out, so what is in there is on the heap.
  func.func @lent(%x: si64, %s: !qz.str) -> si64 {
    %p = qz.struct_new %x, %s : si64, !qz.str -> !qz.val<@m$P>
    %q = qz.struct_new %p, %x : !qz.val<@m$P>, si64 -> !qz.val<@m$Q>
    %n = func.call @steps(%q) {qz.lent = array<i64: 0>, qz.lent_whole = array<i64: 0>} : (!qz.val<@m$Q>) -> si64
    %m = func.call @steps(%q) {qz.lent = array<i64: 0>} : (!qz.val<@m$Q>) -> si64
    qz.drop %q : !qz.val<@m$Q>
    func.return %m : si64
  }
  // Here it is taken out.
  func.func @taken(%x: si64, %s: !qz.str) -> !qz.val<@m$P> {
    %p = qz.struct_new %x, %s : si64, !qz.str -> !qz.val<@m$P>
    %q = qz.struct_new %p, %x : !qz.val<@m$P>, si64 -> !qz.val<@m$Q>
    %n = func.call @steps(%q) {qz.lent = array<i64: 0>, qz.lent_whole = array<i64: 0>} : (!qz.val<@m$Q>) -> si64
    %o = qz.struct_get %q[0] : !qz.val<@m$Q> -> !qz.val<@m$P>
    qz.dup %o : !qz.val<@m$P>
    qz.drop %q : !qz.val<@m$Q>
    func.return %o : !qz.val<@m$P>
  }
  // Here another one is put in its place.
  func.func @replaced(%x: si64, %s: !qz.str) -> si64 {
    %p = qz.struct_new %x, %s : si64, !qz.str -> !qz.val<@m$P>
    %q = qz.struct_new %p, %x : !qz.val<@m$P>, si64 -> !qz.val<@m$Q>
    %o = func.call @made() : () -> !qz.val<@m$P>
    qz.struct_set %q[0], %o : !qz.val<@m$Q>, !qz.val<@m$P>
    %n = func.call @steps(%q) {qz.lent = array<i64: 0>, qz.lent_whole = array<i64: 0>} : (!qz.val<@m$Q>) -> si64
    qz.drop %q : !qz.val<@m$Q>
    func.return %n : si64
  }
  // Two have it.
  func.func @shared(%x: si64, %s: !qz.str) -> si64 {
    %p = qz.struct_new %x, %s : si64, !qz.str -> !qz.val<@m$P>
    qz.dup %p : !qz.val<@m$P>
    %q = qz.struct_new %p, %x : !qz.val<@m$P>, si64 -> !qz.val<@m$Q>
    %n = func.call @steps(%q) {qz.lent = array<i64: 0>, qz.lent_whole = array<i64: 0>} : (!qz.val<@m$Q>) -> si64
    qz.drop %q : !qz.val<@m$Q>
    qz.drop %p : !qz.val<@m$P>
    func.return %n : si64
  }
}
// CHECK:      func.func @whole
// CHECK-NEXT:   %p = qz.struct_new {{.*}} {qz.local = "stack"}
// CHECK-NEXT:   %a = qz.struct_get %p[0]
// CHECK-NEXT:   %q = qz.struct_new {{.*}} {qz.local = "stack"}
// CHECK-NEXT:   %r = qz.struct_new {{.*}} {qz.local = "stack"}
// CHECK:        qz.drop %r {qz.local = "stack"}
// CHECK:      func.func @lent
// CHECK-NEXT:   %p = qz.struct_new %x, %s : si64, !qz.str -> !qz.val<@m$P>
// CHECK-NEXT:   %q = qz.struct_new {{.*}} {qz.local = "stack"}
// CHECK:      func.func @taken
// CHECK-NEXT:   %p = qz.struct_new %x, %s : si64, !qz.str -> !qz.val<@m$P>
// CHECK:      func.func @replaced
// CHECK-NEXT:   %p = qz.struct_new %x, %s : si64, !qz.str -> !qz.val<@m$P>
// CHECK:      func.func @shared
// CHECK-NEXT:   %p = qz.struct_new %x, %s : si64, !qz.str -> !qz.val<@m$P>
