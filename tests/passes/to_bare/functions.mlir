// RUN: to_bare
builtin.module {
  func.func private @m$sum(!qz.vec<si64>, f64) -> si64 attributes {qz.bare = array<i64: 0>}
  func.func private @m$other(!qz.vec<si64>) -> si64

  // Calls that are known go to the twin, in the twin itself as well.
  func.func @m$both(%x: f64, %v: !qz.vec<si64>, %w: !qz.vec<f64>) -> si64 attributes {qz.bare = array<i64: 1, 2>, qz.source = "both"} {
    %a = func.call @m$sum(%v, %x) : (!qz.vec<si64>, f64) -> si64
    %b = func.call @m$both(%x, %v, %w) : (f64, !qz.vec<si64>, !qz.vec<f64>) -> si64
    %c = func.call @m$other(%v) : (!qz.vec<si64>) -> si64
    func.return %c : si64
  }
  // Too many words, and one that hands over what it owns.
  func.func @m$many(%v: !qz.vec<si64>, %a: si64, %b: si64, %c: si64, %d: si64, %e: si64) attributes {qz.bare = array<i64: 0>} {
    func.return
  }
  func.func @m$owns(%l: !qz.val<@m$List>, %v: !qz.vec<si64>) -> !qz.val<@m$List> attributes {qz.bare = array<i64: 1>} {
    func.return %l : !qz.val<@m$List>
  }
  func.func @m$main(%l: !qz.val<@m$List>) {
    %1 = qz.const 1 : si64 -> si64
    %v = qz.vec_lit %1, %1 : si64, si64 -> !qz.vec<si64>
    func.call @m$many(%v, %1, %1, %1, %1, %1) : (!qz.vec<si64>, si64, si64, si64, si64, si64) -> ()
    %m = func.call @m$owns(%l, %v) : (!qz.val<@m$List>, !qz.vec<si64>) -> !qz.val<@m$List>
    %f = qz.fn_ref @m$both : !qz.fn<(f64, !qz.vec<si64>, !qz.vec<f64>) -> si64>
    func.return
  }
}

// CHECK-DAG:     func.func private @m$sum$bare(!qz.vec<si64>, f64) -> si64 attributes {qz.takes_bare = array<i64: 0>}
// CHECK-DAG:     func.func private @m$sum(!qz.vec<si64>, f64) -> si64
// CHECK:         func.func @m$both(%[[X:.*]]: f64, %[[V:.*]]: !qz.vec<si64>, %[[W:.*]]: !qz.vec<f64>) -> si64
// CHECK-NEXT:      %[[R:.*]] = func.call @m$both$bare(%[[X]], %[[V]], %[[W]]) {qz.takes_bare = array<i64: 1, 2>}
// CHECK-NEXT:      func.return %[[R]] : si64
// CHECK:         func.func @m$both$bare(%{{.*}}) -> si64 attributes {{.*}}qz.takes_bare = array<i64: 1, 2>
// CHECK-NEXT:      func.call @m$sum$bare(%{{.*}}) {qz.takes_bare = array<i64: 0>}
// CHECK-NEXT:      func.call @m$both$bare(%{{.*}}) {qz.takes_bare = array<i64: 1, 2>}
// CHECK-NEXT:      func.call @m$other(%{{.*}}) : (!qz.vec<si64>) -> si64
// CHECK-NOT:     @m$many$bare
// CHECK-NOT:     @m$owns$bare
// CHECK:         func.call @m$many(
// CHECK-NEXT:    func.call @m$owns(
// CHECK-NEXT:    qz.fn_ref @m$both :
