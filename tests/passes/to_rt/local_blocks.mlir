// RUN: to_rt
builtin.module {
  func.func @nested(%s: !qz.str, %f: !qz.fn<(si64) -> si64>) {
    %p = qz.struct_new %s : !qz.str {qz.local = "stack"} -> !qz.val<@m$P>
    %q = qz.struct_new %p, %f : !qz.val<@m$P>, !qz.fn<(si64) -> si64> {qz.local = "stack"} -> !qz.val<@m$Q>
    qz.drop %q {qz.local = "stack"} : !qz.val<@m$Q>
    func.return
  }
}
// What is in a block in a block is given up where that would be.
// CHECK:      func.func @nested(%0: i64, %1: i64)
// CHECK-NEXT:   %2 = qzrt.stack_block 1
// CHECK-NEXT:   qzrt.store "p" 8 %0 to %2
// CHECK-NEXT:   %3 = qzrt.stack_block 2
// CHECK-NEXT:   qzrt.store "p" 8 %2 to %3
// CHECK-NEXT:   qzrt.store "s" 8 %1 to %3
// CHECK-NEXT:   %4 = qzrt.load "p" 8 %2
// CHECK-NEXT:   func.call @rt.count$drop(%4)
// CHECK-NEXT:   %5 = qzrt.load "s" 8 %3
// CHECK-NEXT:   func.call @rt.count$drop_word(%5)
// CHECK-NEXT:   func.return
