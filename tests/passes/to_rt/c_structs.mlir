// RUN: to_cfg expand_values to_rt
!V = !qz.struct<"m$V", x: f64, n: si32>
!L = !qz.struct<"m$L", a: si64, b: si64, c: si64>
builtin.module {
  qz.extern "turned" : (!V, !L, si64) -> !V
  qz.extern "longest" : (!L) -> !L
  func.func @small(%v: !V, %l: !L, %n: si64) -> si32 {
    %0 = qz.call_extern @turned(%v, %l, %n) : (!V, !L, si64) -> !V
    %1 = qz.value_get %0[1] : !V -> si32
    qz.return %1 : si32
  }
  func.func @large(%l: !L) -> si64 {
    %0 = qz.call_extern @longest(%l) : (!L) -> !L
    %1 = qz.value_get %0[2] : !L -> si64
    qz.return %1 : si64
  }
}

// Eight bytes that are a float and eight that are not go in registers, and come back so; 24 bytes are copied.
// CHECK:      func.func @small
// CHECK:        %[[PLACE:.*]] = qzrt.words 2
// CHECK-NEXT:   %[[V:.*]] = qzrt.words 2
// CHECK:        %[[X:.*]] = qzrt.load "f" 8 %[[V]] scale 1 offset 0 : f64
// CHECK-NEXT:   %[[N:.*]] = qzrt.load "u" 8 %[[V]] scale 1 offset 8 : i64
// CHECK-NEXT:   %[[L:.*]] = qzrt.words 3
// CHECK:        %[[R:.*]] = qzrt.call_extern @turned(%[[X]], %[[N]], %[[L]], %{{.*}}) as (f64, si64, !qzrt.copy<24>, si64) -> (f64, si64) : (f64, i64, i64, i64) -> !qzrt.pack<2>
// CHECK-NEXT:   %[[RX:.*]] = qzrt.unpack %[[R]][0]
// CHECK-NEXT:   %[[RN:.*]] = qzrt.unpack %[[R]][1]
// CHECK-NEXT:   qzrt.store "u" 8 %[[RX]] to %[[PLACE]] scale 1 offset 0
// CHECK-NEXT:   qzrt.store "u" 8 %[[RN]] to %[[PLACE]] scale 1 offset 8
// CHECK:        %[[W:.*]] = qzrt.load "s" 4 %[[PLACE]] scale 16 offset 8
// CHECK-NEXT:   func.return %[[W]]

// A large result lies where C is told.
// CHECK:      func.func @large
// CHECK:        %[[PLACE:.*]] = qzrt.words 3
// CHECK-NEXT:   %[[L:.*]] = qzrt.words 3
// CHECK:        qzrt.call_extern @longest(%[[PLACE]], %[[L]]) as (!qzrt.ptr, !qzrt.copy<24>) -> () : (i64, i64) -> ()
// CHECK:        %[[C:.*]] = qzrt.load "s" 8 %[[PLACE]] scale 24 offset 16
// CHECK-NEXT:   func.return %[[C]]
