// RUN: to_cfg expand_values
!V = !qz.struct<"m$V", x: f64, y: f64>
!L = !qz.struct<"m$L", tag: ui8, at: !V, name: !qz.str>
!E = !qz.enum<"m$E", None, At(word, word, word), Two(word, ref)>
builtin.module {
  func.func @heap(%n: si64, %l: !L, %v: !V) -> !V {
    %0 = qz.struct_new %n, %l : si64, !L -> !qz.val<@"m$H">
    qz.struct_set %0[2 "l.at"], %v : !qz.val<@"m$H">, !V
    %1 = qz.struct_get %0[1 "l"] : !qz.val<@"m$H"> -> !L
    %2 = qz.value_get %1[1 "at"] : !L -> !V
    qz.return %2 : !V
  }
  func.func @tuple(%v: !V) -> f64 {
    %0 = qz.struct_new %v, %v : !V, !V -> !qz.tuple<!V, !V>
    %1 = qz.struct_get %0[2] : !qz.tuple<!V, !V> -> !V
    %2 = qz.value_get %1[1] : !V -> f64
    qz.return %2 : f64
  }
  func.func @payload(%v: !V, %n: si64) -> f64 {
    %0 = qz.enum_new 1 %n, %v : si64, !V -> !E
    %1 = qz.enum_get %0[1, 1] : !E -> !V
    %2 = qz.value_get %1[0] : !V -> f64
    qz.return %2 : f64
  }
  func.func private @inside(%x: f64, %env: !qz.env) -> !V {
    %0 = qz.captured %env[0] : !V
    %1 = qz.captured %env[2] : f64
    qz.return %0 : !V
  }
  func.func @outside(%v: !V, %x: f64) -> !qz.fn<(f64) -> !V> {
    %0 = qz.closure @inside(%v, %x) : (!V, f64) -> !qz.fn<(f64) -> !V>
    qz.return %0 : !qz.fn<(f64) -> !V>
  }
}

// A field of a heap struct is as many words as it has leaves.
// CHECK:      func.func @heap(%[[N:.*]]: si64, %[[TAG:.*]]: ui8, %[[X:.*]]: f64, %[[Y:.*]]: f64, %[[NAME:.*]]: !qz.str, %[[VX:.*]]: f64, %[[VY:.*]]: f64) -> (f64, f64) {
// CHECK-NEXT:   %[[H:.*]] = qz.struct_new %[[N]], %[[TAG]], %[[X]], %[[Y]], %[[NAME]] : si64, ui8, f64, f64, !qz.str -> !qz.val<@m$H>
// CHECK-NEXT:   qz.struct_set %[[H]][2 "l.at.x"], %[[VX]] : !qz.val<@m$H>, f64
// CHECK-NEXT:   qz.struct_set %[[H]][3 "l.at.y"], %[[VY]] : !qz.val<@m$H>, f64
// CHECK-NEXT:   %[[RX:.*]] = qz.struct_get %[[H]][2 "l.at.x"] : !qz.val<@m$H> -> f64
// CHECK-NEXT:   %[[RY:.*]] = qz.struct_get %[[H]][3 "l.at.y"] : !qz.val<@m$H> -> f64
// CHECK-NEXT:   func.return %[[RX]], %[[RY]] : f64, f64

// The first element is two words, so the second begins at word 2.
// CHECK:      func.func @tuple(%[[X:.*]]: f64, %[[Y:.*]]: f64) -> f64 {
// CHECK-NEXT:   %[[T:.*]] = qz.struct_new %[[X]], %[[Y]], %[[X]], %[[Y]] : f64, f64, f64, f64
// CHECK-NEXT:   %[[R:.*]] = qz.struct_get %[[T]][3]
// CHECK-NEXT:   func.return %[[R]] : f64

// CHECK:      func.func @payload(%[[X:.*]]: f64, %[[Y:.*]]: f64, %[[N:.*]]: si64) -> f64 {
// CHECK-NEXT:   %[[E:.*]] = qz.enum_new 1 %[[N]], %[[X]], %[[Y]] : si64, f64, f64
// CHECK-NEXT:   %[[R:.*]] = qz.enum_get %[[E]][1, 1] : {{.*}} -> f64
// CHECK-NEXT:   func.return %[[R]] : f64

// CHECK:      func.func private @inside(%{{.*}}: f64, %[[ENV:.*]]: !qz.env) -> (f64, f64) {
// CHECK-NEXT:   %[[X:.*]] = qz.captured %[[ENV]][0] : f64
// CHECK-NEXT:   %[[Y:.*]] = qz.captured %[[ENV]][1] : f64
// CHECK:        func.return %[[X]], %[[Y]] : f64, f64

// CHECK:      func.func @outside(%[[VX:.*]]: f64, %[[VY:.*]]: f64, %[[X:.*]]: f64)
// CHECK-NEXT:   %[[F:.*]] = qz.closure @inside(%[[VX]], %[[VY]], %[[X]]) : (f64, f64, f64)
// CHECK-NEXT:   func.return %[[F]]
