// RUN: to_closures
builtin.module {
  func.func @"m$each"(%v: !qz.vec<si64>, %f: !qz.fn<(si64) -> i1>, %fs: !qz.vec<!qz.fn<(si64) -> i1>>) {
    qz.for_each %v : !qz.vec<si64> {
    ^bb0(%x: si64):
      %a = qz.call_fn %f(%x) : (si64) -> i1
      qz.if %a {
        %b = qz.call_fn %f(%x) : (si64) -> i1
        qz.yield
      }
      qz.for_each %fs : !qz.vec<!qz.fn<(si64) -> i1>> {
      ^bb0(%g: !qz.fn<(si64) -> i1>):
        %c = qz.call_fn %g(%x) : (si64) -> i1
        qz.while {
          %d = qz.call_fn %g(%x) : (si64) -> i1
          qz.yield %d : i1
        } do {
          qz.yield
        }
        qz.yield
      }
      qz.yield
    }
    qz.return
  }
  func.func @"m$once"(%f: !qz.fn<() -> ()>, %c: i1) {
    qz.if %c {
      qz.call_fn %f() : () -> ()
      qz.yield
    }
    qz.return
  }
}

// The code is fetched where the function value is defined, if a loop is between that and a call.
// CHECK:      func.func @m$each(%[[V:.*]]: !qz.vec<si64>, %[[F:.*]]: !qz.fn<(si64) -> i1>, %[[FS:.*]]: !qz.vec
// CHECK-NEXT:   %[[CODE:.*]] = qz.code_of %[[F]]
// CHECK-NEXT:   qz.for_each %[[V]]
// CHECK-NEXT:   ^bb0(%[[X:.*]]: si64):
// CHECK-NEXT:     %{{.*}} = qz.call_code %[[CODE]], %[[F]](%[[X]]) : (si64) -> i1
// CHECK:            %{{.*}} = qz.call_code %[[CODE]], %[[F]](%[[X]]) : (si64) -> i1
// CHECK:          qz.for_each %[[FS]]
// CHECK-NEXT:     ^bb0(%[[G:.*]]: !qz.fn<(si64) -> i1>):
// CHECK-NEXT:       %[[GCODE:.*]] = qz.code_of %[[G]]
// CHECK-NEXT:       %{{.*}} = qz.call_fn %[[G]](%[[X]]) : (si64) -> i1
// CHECK:              %{{.*}} = qz.call_code %[[GCODE]], %[[G]](%[[X]]) : (si64) -> i1

// CHECK:      func.func @m$once
// CHECK-NEXT:   qz.if
// CHECK-NEXT:     qz.call_fn
