// RUN: to_closures to_cfg split_generators
builtin.module {
  func.func @"m$sums"(%n: si64) -> !qz.fn<() -> si64> {
    %g = qz.lambda generator "m$sums$next" captures %n : si64 : !qz.fn<() -> si64> {
    ^bb0(%m: si64):
      %x = qz.local %m : !qz.local<si64> from si64
      %before = qz.local_get %x : !qz.local<si64> -> si64
      %zero = qz.const 0 : si64 -> si64
      qz.local_set %x, %zero : !qz.local<si64>, si64
      qz.suspend %zero : si64
      %now = qz.local_get %x : !qz.local<si64> -> si64
      %is_more = qz.cmp "gt" %now, %before : si64
      qz.if %is_more {
        qz.return %now : si64
      }
      qz.return %before : si64
    }
    qz.return %g : !qz.fn<() -> si64>
  }
}

// What was read of a variable before a suspension, and is needed behind it, has a slot besides the variable's.
// CHECK:        %{{.*}} = qz.closure @m$sums$next(%{{.*}}) slots [si64, si64, si64, si64]
// CHECK:        func.func private @m$sums$next(%[[ENV:.*]]: !qz.env) -> si64
// CHECK:        %[[BEFORE:.*]] = qz.slot_get %[[ENV]][2] : si64
// CHECK-NEXT:   qz.slot_set %[[ENV]][3], %[[BEFORE]] : si64
// CHECK:        qz.slot_set %[[ENV]][2], %{{.*}} : si64
// CHECK:        func.return
// CHECK:        %[[NOW:.*]] = qz.slot_get %[[ENV]][2] : si64
// CHECK:        %[[KEPT:.*]] = qz.slot_get %[[ENV]][3] : si64
// CHECK:        %{{.*}} = qz.cmp "gt" %[[NOW]], %[[KEPT]] : si64
