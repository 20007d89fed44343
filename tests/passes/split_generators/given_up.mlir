// RUN: to_closures to_cfg split_generators
builtin.module {
  func.func private @bye(!qz.str) -> ()
  func.func @"m$kept"(%text: !qz.str) -> !qz.fn<() -> si64> {
    %g = qz.lambda generator "m$kept$next" captures %text : !qz.str : !qz.fn<() -> si64> {
    ^bb0(%t: !qz.str):
      %one = qz.const 1 : si64 -> si64
      %double = qz.str_concat %t, %t
      qz.defer {
        %up = qz.suspend %one : si64 -> i1
        qz.if %up {
          qz.return %one : si64
        }
        qz.yield
      } finally {
        func.call @bye(%double) : (!qz.str) -> ()
        qz.keep %double : !qz.str
        qz.yield
      }
      qz.suspend %one : si64
      qz.return %one : si64
    }
    qz.return %g : !qz.fn<() -> si64>
  }
}

// Number 1 goes on behind the first suspension, number 5 does so and knows that the generator is given up.
// CHECK:      qz.closure @m$kept$next(%{{.*}}) slots [{{.*}}] drop @m$kept$next$given_up
// CHECK:      func.func private @m$kept$next(%[[ENV:.*]]: !qz.env) -> si64
// CHECK:        qz.switch_br %{{.*}} : si64 case 0 ^{{bb[0-9]+}} case 1 ^[[ON:bb[0-9]+]] case 5 ^[[UP:bb[0-9]+]] case 2
// CHECK:      ^[[REST:bb[0-9]+]](%[[IS_UP:.*]]: i1):
// CHECK-NEXT:   cf.cond_br %[[IS_UP]]

// What was held until the end of the scope is taken out of its slot.
// CHECK:        %[[DOUBLE:.*]] = qz.slot_get %[[ENV]][2] : !qz.str
// CHECK:        func.call @bye(
// CHECK:        qz.keep
// CHECK-NEXT:   %[[ZERO:.*]] = qz.const 0 : si64
// CHECK-NEXT:   %[[NOTHING:.*]] = qz.adopt %[[ZERO]] -> !qz.str
// CHECK-NEXT:   %{{.*}} = qz.slot_set %[[ENV]][2], %[[NOTHING]] : !qz.str -> !qz.val<"nullable">
