// RUN: to_rt
!V = !qz.struct<"m$V", small: ui8, n: si64>
!W = !qz.struct<"m$W", n: si64, m: si64>
builtin.module {
  // The runtime asks whether a row is nothing but zeros: what lies between its leaves must be something.
  func.func @gaps(%n: si64, %small: ui8, %x: si64) -> !qz.vec<!V> {
    %v = qz.vec_filled %n, %small, %x : ui8, si64 -> !qz.vec<!V>
    func.return %v : !qz.vec<!V>
  }
  func.func @no_gaps(%n: si64, %x: si64) -> !qz.vec<!W> {
    %v = qz.vec_filled %n, %x, %x : si64, si64 -> !qz.vec<!W>
    func.return %v : !qz.vec<!W>
  }
}
// CHECK:      func.func @gaps
// CHECK:        %[[ROW:.*]] = qzrt.words 2
// CHECK:        qzrt.fill %[[ROW]], %{{.*}}, %[[BYTES:.*]]
// CHECK-NEXT:   qzrt.store "u" 1 %{{.*}} to %[[ROW]]
// CHECK-NEXT:   qzrt.store "s" 8 %{{.*}} to %[[ROW]]
// CHECK:        func.call @rt.vec$filled
// CHECK:      func.func @no_gaps
// CHECK-NOT:    qzrt.fill
