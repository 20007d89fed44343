// RUN: to_cfg insert_counts to_rt
!R = !qz.val<!qz.struct<"m$R", small: ui8, text: !qz.val<"ref">, on: i1, real: f64>>
builtin.module {
  func.func @made(%small: ui8, %text: !qz.str, %on: i1, %real: f64) -> !R {
    %0 = qz.struct_new %small, %text, %on, %real : ui8, !qz.str, i1, f64 -> !R
    qz.return %0 : !R
  }
  func.func @changed(%r: !R) -> f64 {
    %0 = qz.struct_get %r[0] : !R -> ui8
    qz.struct_set %r[0], %0 : !R, ui8
    %1 = qz.struct_get %r[3] : !R -> f64
    qz.return %1 : f64
  }
}

// Four words: a byte, an address, a byte, a double, each where C has it; the second word is counted.
// CHECK:      func.func @made
// CHECK:        func.call @rt.memory$alloc
// CHECK:        qzrt.store "u" 1 %{{.*}} to %[[R:.*]] scale 32 offset 0
// CHECK:        qzrt.store "u" 8 %{{.*}} to %[[R]] scale 32 offset 8
// CHECK:        qzrt.store "b" 1 %{{.*}} to %[[R]] scale 32 offset 16
// CHECK:        qzrt.store "f" 8 %{{.*}} to %[[R]] scale 32 offset 24
// CHECK:      func.func @changed
// CHECK:        qzrt.load "u" 1 %{{.*}} scale 32 offset 0
// CHECK-NEXT:   qzrt.store "u" 1 %{{.*}} to %{{.*}} scale 32 offset 0
// CHECK-NEXT:   qzrt.load "f" 8 %{{.*}} scale 32 offset 24
