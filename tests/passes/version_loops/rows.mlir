// RUN: version_loops
// A vector that is the element of another one is the same in every turn; whether it is there is asked first.

// CHECK-LABEL: @row
func.func @row(%v: !qz.vec<!qz.vec<si64>>, %k: si64, %n: si64) {
  %zero = qz.const 0 : si64 -> si64
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    %row = qz.vec_get unchecked %v, %k : !qz.vec<!qz.vec<si64>> -> !qz.vec<si64>
    qz.vec_set %row, %i, %n : !qz.vec<si64>, si64
    qz.yield
  }
  qz.return
}
// CHECK:      qz.all {
// CHECK-NEXT:   qz.cmp "lt" %zero, %n : si64
// CHECK:      } {
// CHECK-NEXT:   %[[SIZE:.*]] = qz.vec_size %v
// CHECK-NEXT:   %[[LIMIT:.*]] = qz.reinterpret %[[SIZE]] : si64 to ui64
// CHECK-NEXT:   %[[AT:.*]] = qz.reinterpret %k : si64 to ui64
// CHECK-NEXT:   %[[THERE:.*]] = qz.cmp "lt" %[[AT]], %[[LIMIT]] : ui64
// CHECK-NEXT:   qz.yield %[[THERE]] : i1
// CHECK-NEXT: } {
// CHECK-NEXT:   %[[ROW:.*]] = qz.vec_get unchecked %v, %k
// CHECK:        qz.vec_size %[[ROW]]
// CHECK:      qz.if
// CHECK:        qz.vec_set unchecked
// CHECK:      } else {
// CHECK:        qz.vec_set %row

// So is one that lies deeper.
// CHECK-LABEL: @deep
func.func @deep(%v: !qz.vec<!qz.vec<!qz.vec<si64>>>, %k: si64, %n: si64) {
  %zero = qz.const 0 : si64 -> si64
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    %table = qz.vec_get %v, %k : !qz.vec<!qz.vec<!qz.vec<si64>>> -> !qz.vec<!qz.vec<si64>>
    %row = qz.vec_get %table, %n : !qz.vec<!qz.vec<si64>> -> !qz.vec<si64>
    %x = qz.vec_get %row, %i : !qz.vec<si64> -> si64
    qz.yield
  }
  qz.return
}
// CHECK:      qz.if
// CHECK:        qz.vec_get unchecked %v
// CHECK-NEXT:   qz.vec_get unchecked
// CHECK-NEXT:   qz.vec_get unchecked
// CHECK:      } else {
