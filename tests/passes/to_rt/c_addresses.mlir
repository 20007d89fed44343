// RUN: to_cfg expand_values to_rt
!V = !qz.struct<"m$V", x: f64, n: si32>
!L = !qz.struct<"m$L", a: si64, b: si64, c: si64>
builtin.module {
  qz.extern "m$f$c1" indirect : (!V, si32, si64) -> !L pointers [2]
  func.func @call(%code: si64, %v: !V, %n: si32, %p: si64) -> si64 {
    %0 = qz.call_extern @m$f$c1(%code, %v, %n, %p) : (si64, !V, si32, si64) -> !L
    %1 = qz.value_get %0[2] : !L -> si64
    qz.return %1 : si64
  }
}

// The address comes first and is no argument to C, which is told before all arguments where to put the result.
// CHECK:      func.func @call(%[[CODE:[0-9]+]]: i64, %[[X:[0-9]+]]: i64, %[[M:[0-9]+]]: i64, %[[N:[0-9]+]]: i64, %[[P:[0-9]+]]: i64)
// CHECK:        %[[L:.*]] = qzrt.words 3
// CHECK:        qzrt.call_extern indirect @m$f$c1(%[[CODE]], %[[L]], %{{.*}}, %{{.*}}, %{{.*}}, %[[P]]) as (!qzrt.ptr, f64, si64, si32, !qzrt.ptr) -> () :
