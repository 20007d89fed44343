// RUN: to_cfg expand_values
!V = !qz.struct<"m$V", x: f64, y: f64>
!L = !qz.struct<"m$L", tag: ui8, at: !V, name: !qz.str>
builtin.module {
  func.func @read(%v: !qz.vec<!L>, %i: si64) -> f64 {
    %0 = qz.vec_get %v, %i : !qz.vec<!L> -> !L
    %1 = qz.value_get %0[2] : !L -> f64
    %2 = qz.vec_get %v, %i[1] : !qz.vec<!L> -> !V
    %3 = qz.value_get %2[1] : !V -> f64
    %4 = qz.vec_get unchecked %v, %i[1] : !qz.vec<!L> -> f64
    %5 = qz.add %1, %3 : f64
    %6 = qz.add %5, %4 : f64
    qz.return %6 : f64
  }
  func.func @write(%v: !qz.vec<!L>, %i: si64, %at: !V, %l: !L) {
    qz.vec_set %v, %i[1], %at : !qz.vec<!L>, !V
    qz.vec_set unchecked %v, %i[1], %at : !qz.vec<!L>, !V
    qz.vec_set %v, %i, %l : !qz.vec<!L>, !L
    qz.return
  }
  func.func @grow(%n: si64, %at: !V) -> !V {
    %0 = qz.vec_lit %at, %at : !V, !V -> !qz.vec<!V>
    %1 = qz.vec_filled %n, %at : !V -> !qz.vec<!V>
    qz.vec_push %0, %at : !qz.vec<!V>, !V
    %2 = qz.vec_pop_unchecked %1 : !qz.vec<!V> -> !V
    qz.return %2 : !V
  }
}

// What is read of a whole element is what is used; the check of the index stays with the first leaf.
// CHECK:      func.func @read(%[[V:[a-z]*]]: {{.*}}, %[[I:[a-z]*]]: si64) -> f64 {
// CHECK-NEXT:   %{{.*}} = qz.vec_get %[[V]], %[[I]][0] : {{.*}} -> ui8
// CHECK-NEXT:   %{{.*}} = qz.vec_get unchecked %[[V]], %[[I]][2] : {{.*}} -> f64
// CHECK-NEXT:   %{{.*}} = qz.vec_get %[[V]], %[[I]][1] : {{.*}} -> f64
// CHECK-NEXT:   %{{.*}} = qz.vec_get unchecked %[[V]], %[[I]][2] : {{.*}} -> f64
// CHECK-NEXT:   %{{.*}} = qz.vec_get unchecked %[[V]], %[[I]][1] : {{.*}} -> f64
// CHECK-NEXT:   %{{.*}} = qz.add

// Only the first write of an element is checked.
// CHECK:      func.func @write(%[[V:[a-z]*]]: {{.*}}, %[[I:[a-z]*]]: si64, %[[X:.*]]: f64, %[[Y:.*]]: f64, %[[T:.*]]: ui8, %[[LX:.*]]: f64, %[[LY:.*]]: f64, %[[S:.*]]: !qz.str) {
// CHECK-NEXT:   qz.vec_set %[[V]], %[[I]][1], %[[X]]
// CHECK-NEXT:   qz.vec_set unchecked %[[V]], %[[I]][2], %[[Y]]
// CHECK-NEXT:   qz.vec_set unchecked %[[V]], %[[I]][1], %[[X]]
// CHECK-NEXT:   qz.vec_set unchecked %[[V]], %[[I]][2], %[[Y]]
// CHECK-NEXT:   qz.vec_set %[[V]], %[[I]][0], %[[T]]
// CHECK-NEXT:   qz.vec_set unchecked %[[V]], %[[I]][1], %[[LX]]
// CHECK-NEXT:   qz.vec_set unchecked %[[V]], %[[I]][2], %[[LY]]
// CHECK-NEXT:   qz.vec_set unchecked %[[V]], %[[I]][3], %[[S]]
// CHECK-NEXT:   func.return

// CHECK:      func.func @grow(%[[N:.*]]: si64, %[[X:.*]]: f64, %[[Y:.*]]: f64) -> (f64, f64) {
// CHECK-NEXT:   %[[A:.*]] = qz.vec_lit %[[X]], %[[Y]], %[[X]], %[[Y]] : f64, f64, f64, f64
// CHECK-NEXT:   %[[B:.*]] = qz.vec_filled %[[N]], %[[X]], %[[Y]] : f64, f64
// CHECK-NEXT:   qz.vec_push %[[A]], %[[X]], %[[Y]]
// CHECK-NEXT:   %[[PX:.*]], %[[PY:.*]] = qz.vec_pop_unchecked %[[B]]
// CHECK-NEXT:   func.return %[[PX]], %[[PY]] : f64, f64
