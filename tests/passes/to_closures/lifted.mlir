// RUN: to_closures
builtin.module {
  func.func private @"m$apply"(!qz.fn<(si64) -> si64>) -> si64
  func.func @"m$f"(%n: si64) -> si64 {
    %five = qz.const 5 : si64 -> si64
    %cell = qz.shared stack %n : !qz.shared<si64> from si64
    %f = qz.lambda stack "m$f$lambda1" captures %five, %cell, %n : si64, !qz.shared<si64>, si64 : !qz.fn<(si64) -> si64> {
    ^bb0(%x: si64, %k: si64, %c: !qz.shared<si64>, %m: si64):
      %y = qz.add %x, %k overflow "trap" : si64
      %z = qz.add %y, %m overflow "trap" : si64
      qz.shared_set %c, %z : !qz.shared<si64>, si64
      qz.return %z : si64
    }
    %a = qz.call_fn %f(%n) : (si64) -> si64
    %b = func.call @"m$apply"(%f) : (!qz.fn<(si64) -> si64>) -> si64
    qz.return %b : si64
  }
}

// What is captured is passed once, in a block; the constant is made again; the known call is direct.
// CHECK:      func.func @m$f(%{{.*}}: si64) -> si64 {
// CHECK:        %[[CELL:.*]] = qz.shared stack
// CHECK-NEXT:   %[[F:.*]] = qz.closure stack @m$f$lambda1(%[[CELL]], %[[N:.*]]) : (!qz.shared<si64>, si64) -> !qz.fn<(si64) -> si64>
// CHECK-NEXT:   %[[ENV:.*]] = qz.environment %[[F]] : !qz.fn<(si64) -> si64>
// CHECK-NEXT:   %{{.*}} = func.call @m$f$lambda1(%[[N]], %[[ENV]]) : (si64, !qz.env) -> si64
// CHECK-NEXT:   %{{.*}} = func.call @m$apply(%[[F]])
// CHECK:      func.func private @m$f$lambda1(%[[X:.*]]: si64, %[[E:.*]]: !qz.env) -> si64 {
// CHECK-NEXT:   %[[K:.*]] = qz.const 5 : si64 -> si64
// CHECK-NEXT:   %[[C:.*]] = qz.captured %[[E]][0] : !qz.shared<si64>
// CHECK-NEXT:   %[[M:.*]] = qz.captured %[[E]][1] : si64
// CHECK-NEXT:   %[[Y:.*]] = qz.add %[[X]], %[[K]]
// CHECK-NEXT:   %[[Z:.*]] = qz.add %[[Y]], %[[M]]
// CHECK-NEXT:   qz.shared_set %[[C]], %[[Z]]
// CHECK-NEXT:   qz.return %[[Z]]
