// RUN: to_closures to_cfg split_generators
builtin.module {
  func.func @"m$words"(%text: !qz.str, %n: si64) -> !qz.fn<() -> !qz.str> {
    %g = qz.lambda generator "m$words$next" captures %text, %n : !qz.str, si64 : !qz.fn<() -> !qz.str> {
    ^bb0(%t: !qz.str, %m: si64):
      %zero = qz.const 0 : si64 -> si64
      %count = qz.local %zero : !qz.local<si64> from si64
      %passing = qz.local %zero : !qz.local<si64> from si64
      %once = qz.local_get %passing : !qz.local<si64> -> si64
      %double = qz.str_concat %t, %t
      qz.suspend %double : !qz.str
      qz.loop {
        %i = qz.local_get %count : !qz.local<si64> -> si64
        %last = qz.cmp "ge" %i, %m : si64
        qz.if %last {
          qz.break
        }
        qz.local_set %count, %m : !qz.local<si64>, si64
        qz.suspend %t : !qz.str
        qz.yield
      }
      qz.return %double : !qz.str
    }
    qz.return %g : !qz.fn<() -> !qz.str>
  }
}

// The environment gets slots for the place, the variable and the text that are needed behind a suspension.
// CHECK:      %{{.*}} = qz.closure @m$words$next(%{{.*}}, %{{.*}}) slots [si64, si64, !qz.str, !qz.str]
// CHECK:      func.func private @m$words$next(%[[ENV:.*]]: !qz.env) -> !qz.str
// CHECK-NEXT:   %[[AT:.*]] = qz.slot_get %[[ENV]][2] : si64
// CHECK-NEXT:   %[[RUNNING:.*]] = qz.const -1
// CHECK-NEXT:   qz.slot_set %[[ENV]][2], %[[RUNNING]] : si64
// CHECK-NEXT:   qz.switch_br %[[AT]] : si64 case 0 ^[[START:bb[0-9]+]] case 1 ^[[FIRST:bb[0-9]+]] case 2 ^[[SECOND:bb[0-9]+]] case 3 ^[[END:bb[0-9]+]] default ^[[AGAIN:bb[0-9]+]]
// CHECK-NEXT: ^[[START]]:

// A variable that is needed later is its slot; one that is not stays what it is.
// CHECK:        qz.slot_set %[[ENV]][3], %{{.*}} : si64
// CHECK-NEXT:   %{{.*}} = qz.local %{{.*}} : !qz.local<si64> from si64

// A value goes into its slot where it is made, and comes from there behind the suspension.
// CHECK:        %[[DOUBLE:.*]] = qz.str_concat
// CHECK-NEXT:   %{{.*}} = qz.slot_set %[[ENV]][4], %[[DOUBLE]] : !qz.str -> !qz.val<"nullable">
// CHECK-NEXT:   %[[ONE:.*]] = qz.const 1 : si64 -> si64
// CHECK-NEXT:   qz.slot_set %[[ENV]][2], %[[ONE]] : si64
// CHECK-NEXT:   func.return %[[DOUBLE]] : !qz.str
// CHECK-NEXT: ^[[FIRST]]:
// CHECK-NEXT:   cf.br ^[[LOOP:bb[0-9]+]]

// What is captured is read again.
// CHECK-NEXT: ^[[LOOP]]:
// CHECK-NEXT:   %[[I:.*]] = qz.slot_get %[[ENV]][3] : si64
// CHECK-NEXT:   %[[M:.*]] = qz.captured %[[ENV]][1] : si64
// CHECK-NEXT:   %{{.*}} = qz.cmp "ge" %[[I]], %[[M]] : si64
// CHECK:        %[[MORE:.*]] = qz.captured %[[ENV]][1] : si64
// CHECK-NEXT:   qz.slot_set %[[ENV]][3], %[[MORE]] : si64
// CHECK-NEXT:   %[[TWO:.*]] = qz.const 2 : si64 -> si64
// CHECK-NEXT:   qz.slot_set %[[ENV]][2], %[[TWO]] : si64
// CHECK-NEXT:   %[[T:.*]] = qz.captured %[[ENV]][0] : !qz.str
// CHECK-NEXT:   func.return %[[T]] : !qz.str
// CHECK-NEXT: ^[[SECOND]]:
// CHECK-NEXT:   cf.br ^[[LOOP]]

// The result is given for ever.
// CHECK:      ^[[DONE:bb[0-9]+]](%[[RESULT:.*]]: !qz.str):
// CHECK-NEXT:   %{{.*}} = qz.slot_set %[[ENV]][5], %[[RESULT]]
// CHECK-NEXT:   %[[THREE:.*]] = qz.const 3
// CHECK-NEXT:   qz.slot_set %[[ENV]][2], %[[THREE]]
// CHECK-NEXT:   func.return %[[RESULT]] : !qz.str
// CHECK-NEXT: ^[[END]]:
// CHECK-NEXT:   %[[AGAIN_RESULT:.*]] = qz.slot_get %[[ENV]][5] : !qz.str
// CHECK-NEXT:   cf.br ^[[DONE]](%[[AGAIN_RESULT]] : !qz.str)
// CHECK-NEXT: ^[[AGAIN]]:
// CHECK-NEXT:   %[[MESSAGE:.*]] = qz.str_const
// CHECK-NEXT:   qz.panic %[[MESSAGE]]
