// RUN: version_loops
// A nest is doubled as a whole: the least and the greatest index of all turns come of those of the counters.

// CHECK-LABEL: @nest
func.func @nest(%v: !qz.vec<f64>, %n: si64, %m: si64, %x: f64) {
  %zero = qz.const 0 : si64 -> si64
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    %row = qz.mul %i, %m overflow "wrap" : si64
    qz.for %i to %m inclusive : si64 {
    ^bb0(%j: si64):
      %here = qz.add %row, %j overflow "wrap" : si64
      %one = qz.const 1 : si64 -> si64
      %at = qz.sub %here, %one overflow "wrap" : si64
      qz.vec_set %v, %at, %x : !qz.vec<f64>, f64
      qz.yield
    }
    qz.yield
  }
  qz.return
}
// CHECK:      %[[ALL:.*]] = qz.all {
// CHECK-NEXT:   %[[SOME:.*]] = qz.cmp "lt" %zero, %n : si64
// CHECK-NEXT:   qz.yield %[[SOME]] : i1
// CHECK-NEXT: } {
// CHECK-NEXT:   %[[WORD:.*]] = qz.reinterpret %n : si64 to ui64
// CHECK-NEXT:   %[[TWO31:.*]] = qz.const 2147483648 : si64 -> si64
// CHECK-NEXT:   %[[LIMIT:.*]] = qz.reinterpret %[[TWO31]] : si64 to ui64
// CHECK-NEXT:   %[[SMALL:.*]] = qz.cmp "lt" %[[WORD]], %[[LIMIT]] : ui64
// CHECK-NEXT:   qz.yield %[[SMALL]] : i1
// CHECK-NEXT: } {
// CHECK-NEXT:   qz.reinterpret %m : si64 to ui64
// CHECK:      } {
// CHECK-NEXT:   %[[SIZE:.*]] = qz.vec_size %v : !qz.vec<f64>
// CHECK-NEXT:   %[[MINUS:.*]] = qz.const -1 : si64 -> si64
// CHECK-NEXT:   %[[LAST:.*]] = qz.add %n, %[[MINUS]] overflow "wrap" : si64
// CHECK-NEXT:   %[[ROW:.*]] = qz.mul %[[LAST]], %m overflow "wrap" : si64
// CHECK-NEXT:   %[[SUM:.*]] = qz.add %[[ROW]], %m overflow "wrap" : si64
// CHECK-NEXT:   %[[ONE:.*]] = qz.const 1 : si64 -> si64
// CHECK-NEXT:   %[[MOST:.*]] = qz.sub %[[SUM]], %[[ONE]] overflow "wrap" : si64
// CHECK-NEXT:   %[[BELOW:.*]] = qz.cmp "lt" %[[MOST]], %[[SIZE]] : si64
// CHECK-NEXT:   %[[LOW:.*]] = qz.const 0 : si64 -> si64
// CHECK-NEXT:   %[[ROW0:.*]] = qz.mul %[[LOW]], %m overflow "wrap" : si64
// CHECK-NEXT:   %[[LOW0:.*]] = qz.const 0 : si64 -> si64
// CHECK-NEXT:   %[[SUM0:.*]] = qz.add %[[ROW0]], %[[LOW0]] overflow "wrap" : si64
// CHECK-NEXT:   %[[ONE0:.*]] = qz.const 1 : si64 -> si64
// CHECK-NEXT:   %[[LEAST:.*]] = qz.sub %[[SUM0]], %[[ONE0]] overflow "wrap" : si64
// CHECK-NEXT:   %[[NIL:.*]] = qz.const 0 : si64 -> si64
// CHECK-NEXT:   %[[ABOVE:.*]] = qz.cmp "ge" %[[LEAST]], %[[NIL]] : si64
// CHECK-NEXT:   %[[BOTH:.*]] = qz.bit_and %[[BELOW]], %[[ABOVE]] : i1
// CHECK-NEXT:   qz.yield %[[BOTH]] : i1
// CHECK-NEXT: }
// CHECK-NEXT: qz.if %[[ALL]] {
// CHECK-NEXT:   qz.for %zero to %n : si64 {
// CHECK:          qz.for
// CHECK:          qz.vec_set unchecked %v
// CHECK:      } else {
// CHECK-NEXT:   qz.for %zero to %n : si64 {
// CHECK:          qz.if
// CHECK-NEXT:       qz.for
// CHECK:              qz.vec_set unchecked %v
// CHECK:          } else {
// CHECK-NEXT:       qz.for
// CHECK:              qz.vec_set %v
