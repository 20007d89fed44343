// RUN: to_cfg expand_values
!V = !qz.struct<"m$V", x: f64, y: f64>
!L = !qz.struct<"m$L", tag: ui8, at: !V, name: !qz.str>
builtin.module {
  func.func @locals(%l: !L, %v: !V, %y: f64) -> f64 {
    %0 = qz.local "l" %l : !qz.local<!L> from !L
    qz.local_set %0[1], %v : !qz.local<!L>, !V
    qz.local_set %0[2], %y : !qz.local<!L>, f64
    %1 = qz.local_get %0[1] : !qz.local<!L> -> !V
    %2 = qz.local_get %0 : !qz.local<!L> -> !L
    qz.local_set %0, %2 : !qz.local<!L>, !L
    %3 = qz.value_get %1[1] : !V -> f64
    qz.return %3 : f64
  }
  func.func @shared(%l: !L, %v: !V) -> ui8 {
    %0 = qz.shared %l : !qz.shared<!L> from !L
    qz.shared_set %0[1], %v : !qz.shared<!L>, !V
    %1 = qz.shared_get %0[2] : !qz.shared<!L> -> f64
    %2 = qz.shared_get %0 : !qz.shared<!L> -> !L
    %3 = qz.value_get %2[0] : !L -> ui8
    qz.return %3 : ui8
  }
  func.func @globals(%v: !V) -> !V {
    qz.global_set @"m$at", %v : !V
    %0 = qz.global_get @"m$line"[1] : !V
    %1 = qz.global_get @"m$line"[2] : f64
    qz.global_set @"m$line"[2], %1 : f64
    qz.return %0 : !V
  }
}

// A local is a cell for each leaf.
// CHECK:      func.func @locals(%[[T:.*]]: ui8, %[[X:.*]]: f64, %[[Y:.*]]: f64, %[[S:.*]]: !qz.str, %[[VX:.*]]: f64, %[[VY:.*]]: f64, %[[NEW:.*]]: f64) -> f64 {
// CHECK-NEXT:   %[[TC:.*]] = qz.local "l.tag" %[[T]]
// CHECK-NEXT:   %[[XC:.*]] = qz.local "l.at.x" %[[X]]
// CHECK-NEXT:   %[[YC:.*]] = qz.local "l.at.y" %[[Y]]
// CHECK-NEXT:   %[[SC:.*]] = qz.local "l.name" %[[S]]
// CHECK-NEXT:   qz.local_set %[[XC]], %[[VX]]
// CHECK-NEXT:   qz.local_set %[[YC]], %[[VY]]
// CHECK-NEXT:   qz.local_set %[[YC]], %[[NEW]]
// CHECK-NEXT:   %[[R:.*]] = qz.local_get %[[YC]]
// CHECK-NEXT:   %[[T2:.*]] = qz.local_get %[[TC]]
// CHECK:        qz.local_set %[[TC]], %[[T2]]
// CHECK:        func.return %[[R]] : f64

// What closures share is one block, with a word for each leaf.
// CHECK:      func.func @shared(%[[T:.*]]: ui8, %[[X:.*]]: f64, %[[Y:.*]]: f64, %[[S:.*]]: !qz.str, %[[VX:.*]]: f64, %[[VY:.*]]: f64) -> ui8 {
// CHECK-NEXT:   %[[C:.*]] = qz.shared %[[T]], %[[X]], %[[Y]], %[[S]]
// CHECK-NEXT:   qz.shared_set %[[C]][1], %[[VX]]
// CHECK-NEXT:   qz.shared_set %[[C]][2], %[[VY]]
// CHECK-NEXT:   %{{.*}} = qz.shared_get %[[C]][2]
// CHECK-NEXT:   %[[R:.*]] = qz.shared_get %[[C]][0]
// CHECK-NEXT:   func.return %[[R]] : ui8

// A variable of a module is one for each leaf.
// CHECK:      func.func @globals(%[[X:.*]]: f64, %[[Y:.*]]: f64) -> (f64, f64) {
// CHECK-NEXT:   qz.global_set @m$at.0, %[[X]]
// CHECK-NEXT:   qz.global_set @m$at.1, %[[Y]]
// CHECK-NEXT:   %[[LX:.*]] = qz.global_get @m$line.1
// CHECK-NEXT:   %[[LY:.*]] = qz.global_get @m$line.2
// CHECK-NEXT:   %[[LY2:.*]] = qz.global_get @m$line.2
// CHECK-NEXT:   qz.global_set @m$line.2, %[[LY2]]
// CHECK-NEXT:   func.return %[[LX]], %[[LY]] : f64, f64
