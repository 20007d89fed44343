// RUN: settle_variables
builtin.module {
  func.func @never(%v: !qz.vec<si64>, %i: si64) -> si64 {
    %a = qz.local "v" %v : !qz.local<!qz.vec<si64>> from !qz.vec<si64>
    qz.for %i to %i : si64 {
    ^bb0(%k: si64):
      %inner = qz.local_get %a : !qz.local<!qz.vec<si64>> -> !qz.vec<si64>
      qz.vec_set %inner, %k, %k : !qz.vec<si64>, si64
      qz.yield
    }
    %seen = qz.local_get %a : !qz.local<!qz.vec<si64>> -> !qz.vec<si64>
    %n = qz.vec_size %seen : !qz.vec<si64>
    qz.return %n : si64
  }
  func.func @once(%x: si64) -> si64 {
    %a = qz.local %x : !qz.local<si64> from si64
    qz.local_set %a, %x : !qz.local<si64>, si64
    %y = qz.local_get %a : !qz.local<si64> -> si64
    qz.return %y : si64
  }
  func.func @parts(%p: !qz.struct<"m$P", "x": si64, "y": si64>) -> si64 {
    %a = qz.local %p : !qz.local<!qz.struct<"m$P", "x": si64, "y": si64>> from !qz.struct<"m$P", "x": si64, "y": si64>
    %y = qz.local_get %a[1] : !qz.local<!qz.struct<"m$P", "x": si64, "y": si64>> -> si64
    qz.return %y : si64
  }
}
// CHECK:      func.func @never(%v: !qz.vec<si64>, %i: si64) -> si64 {
// CHECK-NEXT:   qz.for
// CHECK-NEXT:   ^bb0(%k: si64):
// CHECK-NEXT:     qz.vec_set %v, %k, %k
// CHECK-NEXT:     qz.yield
// CHECK-NEXT:   }
// CHECK-NEXT:   %n = qz.vec_size %v
// CHECK-NEXT:   qz.return %n

// One assignment is enough for a variable to stay.
// CHECK:      func.func @once
// CHECK-NEXT:   %a = qz.local %x

// CHECK:      func.func @parts
// CHECK-NEXT:   %a = qz.local %p
