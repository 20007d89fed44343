// RUN: to_closures
builtin.module {
  func.func @"m$f"(%n: si64) -> !qz.fn<(si64) -> si64> {
    %f = qz.lambda recursive "m$f$lambda1" captures %n : si64 : !qz.fn<(si64) -> si64> {
    ^bb0(%x: si64, %m: si64, %itself: !qz.fn<(si64) -> si64>):
      %g = qz.lambda "m$f$lambda2" captures %itself, %m : !qz.fn<(si64) -> si64>, si64 : !qz.fn<() -> si64> {
      ^bb0(%outer: !qz.fn<(si64) -> si64>, %k: si64):
        %y = qz.call_fn %outer(%k) : (si64) -> si64
        qz.return %y : si64
      }
      %r = qz.call_fn %g() : () -> si64
      %s = qz.call_fn %itself(%r) : (si64) -> si64
      qz.return %s : si64
    }
    %p = qz.lambda recursive "m$f$lambda3" : !qz.fn<() -> ()> {
    ^bb0(%itself: !qz.fn<() -> ()>):
      qz.call_fn %itself() : () -> ()
      qz.return
    }
    qz.call_fn %p() : () -> ()
    qz.return %f : !qz.fn<(si64) -> si64>
  }
}

// CHECK:      func.func @m$f(%[[N:.*]]: si64)
// CHECK-NEXT:   %[[F:.*]] = qz.closure @m$f$lambda1(%[[N]])
// CHECK-NEXT:   %{{.*}} = qz.fn_ref @m$f$lambda3
// CHECK-NEXT:   func.call @m$f$lambda3() : () -> ()
// CHECK-NEXT:   qz.return %[[F]]

// A recursive call is direct; a lambda within captures the closure made from the environment.
// CHECK:      func.func private @m$f$lambda1(%{{.*}}: si64, %[[E:.*]]: !qz.env) -> si64 {
// CHECK-NEXT:   %[[M:.*]] = qz.captured %[[E]][0] : si64
// CHECK-NEXT:   %[[SELF:.*]] = qz.closure_of %[[E]] : !qz.fn<(si64) -> si64>
// CHECK-NEXT:   %[[G:.*]] = qz.closure @m$f$lambda2(%[[SELF]], %[[M]])
// CHECK-NEXT:   %[[GE:.*]] = qz.environment %[[G]]
// CHECK-NEXT:   %[[R:.*]] = func.call @m$f$lambda2(%[[GE]]) : (!qz.env) -> si64
// CHECK-NEXT:   %{{.*}} = func.call @m$f$lambda1(%[[R]], %[[E]]) : (si64, !qz.env) -> si64
// CHECK:      func.func private @m$f$lambda3() {
// CHECK-NEXT:   %{{.*}} = qz.fn_ref @m$f$lambda3
// CHECK-NEXT:   func.call @m$f$lambda3() : () -> ()
// CHECK:      func.func private @m$f$lambda2(%[[E2:.*]]: !qz.env) -> si64 {
// CHECK-NEXT:   %[[OUTER:.*]] = qz.captured %[[E2]][0] : !qz.fn<(si64) -> si64>
// CHECK-NEXT:   %[[K:.*]] = qz.captured %[[E2]][1] : si64
// CHECK-NEXT:   %{{.*}} = qz.call_fn %[[OUTER]](%[[K]]) : (si64) -> si64
