// RUN: to_cfg expand_values
!V = !qz.struct<"m$V", x: f64, y: f64>
!L = !qz.struct<"m$L", tag: ui8, at: !V, name: !qz.str>
builtin.module {
  func.func private @"V$length"(!V) -> f64
  func.func private @"V$moved"(!V, !V) -> !V
  func.func @boxed(%v: !V) -> !qz.dyn<@Shape> {
    %0 = qz.dyn_new %v [@"V$length", @"V$moved"] : [(!V) -> f64, (!V, !V) -> !V] : !V -> !qz.dyn<@Shape>
    qz.return %0 : !qz.dyn<@Shape>
  }
  func.func @called(%s: !qz.dyn<@Shape>, %by: !V) -> !V {
    %0 = qz.dyn_call %s[1] (%by) : !qz.dyn<@Shape>, (!V) -> !V
    qz.return %0 : !V
  }
}

// The value is put into a block, and each method gets a function in front of it that takes the block.
// CHECK:      func.func @boxed(%[[X:.*]]: f64, %[[Y:.*]]: f64) -> !qz.dyn<@Shape> {
// CHECK-NEXT:   %[[BOX:.*]] = qz.struct_new %[[X]], %[[Y]] : f64, f64 -> !qz.val<@"m$V in a box">
// CHECK-NEXT:   %[[R:.*]] = qz.dyn_new %[[BOX]] [@boxed.boxed0, @boxed.boxed1]
// CHECK-NEXT:   func.return %[[R]]

// CHECK:      func.func @called(%[[S:.*]]: !qz.dyn<@Shape>, %[[X:.*]]: f64, %[[Y:.*]]: f64) -> (f64, f64) {
// CHECK-NEXT:   %[[RX:.*]], %[[RY:.*]] = qz.dyn_call %[[S]][1] (%[[X]], %[[Y]])
// CHECK-NEXT:   func.return %[[RX]], %[[RY]] : f64, f64

// CHECK:      func.func private @boxed.boxed1(%[[BOX:.*]]: !qz.val<@"m$V in a box">, %[[AX:.*]]: f64, %[[AY:.*]]: f64) -> (f64, f64) attributes {qz.source = "V$moved"} {
// CHECK-NEXT:   %[[X:.*]] = qz.struct_get %[[BOX]][0]
// CHECK-NEXT:   %[[Y:.*]] = qz.struct_get %[[BOX]][1]
// CHECK-NEXT:   %[[RX:.*]], %[[RY:.*]] = func.call @V$moved(%[[X]], %[[Y]], %[[AX]], %[[AY]])
// CHECK-NEXT:   func.return %[[RX]], %[[RY]] : f64, f64
