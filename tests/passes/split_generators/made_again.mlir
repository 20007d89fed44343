// RUN: to_closures to_cfg split_generators
builtin.module {
  func.func @"m$calls"(%f: !qz.fn<(si64) -> si64>) -> !qz.fn<() -> si64> {
    %g = qz.lambda generator "m$calls$next" captures %f : !qz.fn<(si64) -> si64> : !qz.fn<() -> si64> {
    ^bb0(%h: !qz.fn<(si64) -> si64>):
      %five = qz.const 5 : si64 -> si64
      qz.loop {
        %x = qz.call_fn %h(%five) : (si64) -> si64
        qz.suspend %x : si64
        qz.yield
      }
      qz.unreachable
    }
    qz.return %g : !qz.fn<() -> si64>
  }
  func.func @"m$nothing"() -> !qz.fn<() -> si64> {
    %g = qz.lambda generator "m$nothing$next" : !qz.fn<() -> si64> {
      %n = qz.const 7 : si64 -> si64
      qz.suspend %n : si64
      qz.return %n : si64
    }
    qz.return %g : !qz.fn<() -> si64>
  }
}

// Constants, and the code of a function that is captured, take no slots; a loop without end has no last value.
// CHECK:      qz.closure @m$calls$next(%{{.*}}) slots [si64]
// CHECK:      qz.closure @m$nothing$next() slots [si64, si64]
// CHECK:      func.func private @m$calls$next(%[[ENV:.*]]: !qz.env) -> si64
// CHECK-NEXT:   %{{.*}} = qz.slot_get %[[ENV]][1] : si64
// CHECK:        qz.switch_br
// CHECK-NEXT: ^{{bb[0-9]+}}:
// CHECK-NEXT:   cf.br ^[[LOOP:bb[0-9]+]]
// CHECK-NEXT: ^[[LOOP]]:
// CHECK-NEXT:   %[[FIVE:.*]] = qz.const 5
// CHECK-NEXT:   %[[H:.*]] = qz.captured %[[ENV]][0]
// CHECK-NEXT:   %[[CODE:.*]] = qz.code_of %[[H]]
// CHECK-NEXT:   %{{.*}} = qz.captured %[[ENV]][0]
// CHECK-NEXT:   %[[X:.*]] = qz.call_code %[[CODE]], %{{.*}}(%[[FIVE]]) : (si64) -> si64
// CHECK:        func.return %[[X]] : si64
// CHECK:        cf.br ^[[LOOP]]
