// RUN: to_closures
builtin.module {
  func.func private @"m$apply"(!qz.fn<(si64) -> si64>)
  func.func private @"m$half"(si64) -> si64
  func.func @"m$f"(%n: si64) -> si64 {
    %half = qz.fn_ref @"m$half" : !qz.fn<(si64) -> si64>
    %g = qz.lambda "m$f$lambda1" captures %half : !qz.fn<(si64) -> si64> : !qz.fn<(si64) -> si64> {
    ^bb0(%x: si64, %h: !qz.fn<(si64) -> si64>):
      %y = qz.call_fn %h(%x) : (si64) -> si64
      qz.return %y : si64
    }
    func.call @"m$apply"(%g) : (!qz.fn<(si64) -> si64>) -> ()
    %c = qz.cmp "eq" %n, %n : si64
    qz.if %c {
      %k = qz.lambda "m$f$lambda2" captures %g : !qz.fn<(si64) -> si64> : !qz.fn<() -> si64> {
      ^bb0(%inner: !qz.fn<(si64) -> si64>):
        %one = qz.const 1 : si64 -> si64
        %r = qz.call_fn %inner(%one) : (si64) -> si64
        qz.return %r : si64
      }
      %s = qz.call_fn %k() : () -> si64
      qz.return %s : si64
    }
    %b = qz.call_fn %half(%n) : (si64) -> si64
    qz.return %b : si64
  }
}

// Plain functions are not captured, so that who calls one of them is a plain function too.
// CHECK:      func.func @m$f(%[[N:.*]]: si64) -> si64 {
// CHECK-NEXT:   %{{.*}} = qz.fn_ref @m$half
// CHECK-NEXT:   %[[G:.*]] = qz.fn_ref @m$f$lambda1 : !qz.fn<(si64) -> si64>
// CHECK-NEXT:   func.call @m$apply(%[[G]])
// CHECK:          %{{.*}} = qz.fn_ref @m$f$lambda2
// CHECK-NEXT:     %[[S:.*]] = func.call @m$f$lambda2() : () -> si64
// CHECK:        %{{.*}} = func.call @m$half(%[[N]]) : (si64) -> si64
// CHECK:      func.func private @m$f$lambda1(%[[X:.*]]: si64) -> si64 {
// CHECK-NEXT:   %{{.*}} = qz.fn_ref @m$half
// CHECK-NEXT:   %{{.*}} = func.call @m$half(%[[X]]) : (si64) -> si64
// CHECK:      func.func private @m$f$lambda2() -> si64 {
// CHECK:        %{{.*}} = func.call @m$f$lambda1(%{{.*}}) : (si64) -> si64
