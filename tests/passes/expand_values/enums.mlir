// RUN: to_cfg expand_values
!V = !qz.struct<"m$V", x: f64, y: f64>
!O = !qz.enum<"m$Option<Int>" unboxed, Some(si64), None>
!R = !qz.enum<"m$Result" unboxed, Ok(f64), Err(si64, ref), At(f64, f64)>
!W = !qz.enum<"m$Wrapped" unboxed, Only(si64)>
!G = !qz.enum<"m$Option<Bool>" unboxed, Some(i1), None>
!F = !qz.enum<"m$Flags" unboxed, On(i1), At(f32, !qz.char), Off>
!B = !qz.enum<"m$Big", Held(word, word), Not(word)>
builtin.module {
  func.func @some(%n: si64) -> !O {
    %0 = qz.enum_new 0 %n : si64 -> !O
    qz.return %0 : !O
  }
  func.func @none() -> !O {
    %0 = qz.enum_new 1 -> !O
    qz.return %0 : !O
  }
  func.func @off() -> !F {
    %0 = qz.enum_new 2 -> !F
    qz.return %0 : !F
  }
  func.func @no_flag() -> !G {
    %0 = qz.enum_new 1 -> !G
    qz.return %0 : !G
  }
  func.func @fails(%n: si64, %why: !qz.str) -> !R {
    %0 = qz.enum_new 1 %n, %why : si64, !qz.str -> !R
    qz.return %0 : !R
  }
  func.func @looks(%r: !R) -> f64 {
    %0 = qz.enum_tag %r : !R
    %1 = qz.enum_get %r[0, 0] : !R -> f64
    %2 = qz.enum_get %r[1, 1] : !R -> !qz.str
    %3 = qz.enum_get %r[2, 0] : !R -> !V
    %4 = qz.str_size %2
    %5 = qz.value_get %3[1] : !V -> f64
    qz.debug_bind "r", %r : !R
    qz.return %5 : f64
  }
  func.func @only(%n: si64) -> si64 {
    %0 = qz.enum_new 0 %n : si64 -> !W
    %1 = qz.enum_tag %0 : !W
    %2 = qz.add %1, %n overflow "wrap" : si64
    %3 = qz.enum_get %0[0, 0] : !W -> si64
    qz.return %3 : si64
  }
  func.func @in_a_block(%o: !O) -> !O {
    %0 = qz.enum_new 0 %o : !O -> !B
    %1 = qz.enum_get %0[0, 0] : !B -> !O
    qz.return %1 : !O
  }
  func.func @in_a_row(%v: !qz.vec<!O>, %i: si64) -> si64 {
    %0 = qz.vec_get %v, %i : !qz.vec<!O> -> !O
    qz.vec_push %v, %0 : !qz.vec<!O>, !O
    %1 = qz.enum_get %0[0, 0] : !O -> si64
    qz.return %1 : si64
  }
}

// The tag and what is held; a variant without anything has a 0 there.
// CHECK:      func.func @some(%[[N:.*]]: si64) -> (ui8, si64) {
// CHECK-NEXT:   %[[TAG:.*]] = qz.const 0 : ui8 -> ui8
// CHECK-NEXT:   func.return %[[TAG]], %[[N]] : ui8, si64
// CHECK:      func.func @none() -> (ui8, si64) {
// CHECK-NEXT:   %[[TAG:.*]] = qz.const 1 : ui8 -> ui8
// CHECK-NEXT:   %[[ZERO:.*]] = qz.const 0 : si64 -> si64
// CHECK-NEXT:   func.return %[[TAG]], %[[ZERO]] : ui8, si64

// CHECK:      func.func @off() -> (ui8, si64, !qz.char) {
// CHECK-NEXT:   %[[TAG:.*]] = qz.const 2 : ui8 -> ui8
// CHECK-NEXT:   %[[ZERO:.*]] = qz.const 0 : si64 -> si64
// CHECK-NEXT:   %[[NUL:.*]] = qz.const 0 : i64 -> !qz.char
// CHECK-NEXT:   func.return %[[TAG]], %[[ZERO]], %[[NUL]] : ui8, si64, !qz.char
// CHECK:      func.func @no_flag() -> (ui8, i1) {
// CHECK-NEXT:   %[[TAG:.*]] = qz.const 1 : ui8 -> ui8
// CHECK-NEXT:   %[[FALSE:.*]] = qz.const false -> i1
// CHECK-NEXT:   func.return %[[TAG]], %[[FALSE]] : ui8, i1

// Numbers of several types share a word, and what is counted has another one.
// CHECK:      func.func @fails(%[[N:.*]]: si64, %[[WHY:.*]]: !qz.str) -> (ui8, si64, f64, !qz.val<"nullable">) {
// CHECK-NEXT:   %[[TAG:.*]] = qz.const 1 : ui8 -> ui8
// CHECK-NEXT:   %[[ZERO:.*]] = qz.const 0.000000e+00 : f64 -> f64
// CHECK-NEXT:   %[[REF:.*]] = qz.reinterpret %[[WHY]] : !qz.str to !qz.val<"nullable">
// CHECK-NEXT:   func.return %[[TAG]], %[[N]], %[[ZERO]], %[[REF]]

// What nobody wants of it is not taken out.
// CHECK:      func.func @looks(%[[TAG:.*]]: ui8, %[[A:.*]]: si64, %[[B:.*]]: f64, %[[REF:.*]]: !qz.val<"nullable">) -> f64 {
// CHECK-NEXT:   %[[WHY:.*]] = qz.reinterpret %[[REF]] : !qz.val<"nullable"> to !qz.str
// CHECK-NEXT:   qz.str_size %[[WHY]]
// CHECK-NEXT:   qz.debug_bind "r.tag", %[[TAG]] : ui8
// CHECK-NEXT:   qz.debug_bind "r.0", %[[A]] : si64
// CHECK-NEXT:   qz.debug_bind "r.1", %[[B]] : f64
// CHECK-NEXT:   qz.debug_bind "r.2", %[[REF]] : !qz.val<"nullable">
// CHECK-NEXT:   func.return %[[B]] : f64

// There is no tag where there is no choice.
// CHECK:      func.func @only(%[[N:.*]]: si64) -> si64 {
// CHECK-NEXT:   %[[TAG:.*]] = qz.const 0 : si64 -> si64
// CHECK-NEXT:   qz.add %[[TAG]], %[[N]]
// CHECK-NEXT:   func.return %[[N]] : si64

// CHECK:      func.func @in_a_block(%[[TAG:.*]]: ui8, %[[N:.*]]: si64) -> (ui8, si64) {
// CHECK-NEXT:   %[[B:.*]] = qz.enum_new 0 %[[TAG]], %[[N]] : ui8, si64 -> !qz.enum<"m$Big", Held(word, word), Not(word)>
// CHECK-NEXT:   %[[T:.*]] = qz.enum_get %[[B]][0, 0] : {{.*}} -> ui8
// CHECK-NEXT:   %[[R:.*]] = qz.enum_get %[[B]][0, 1] : {{.*}} -> si64
// CHECK-NEXT:   func.return %[[T]], %[[R]] : ui8, si64

// CHECK:      func.func @in_a_row(%[[V:.*]]: !qz.vec<{{.*}}>, %[[I:.*]]: si64) -> si64 {
// CHECK-NEXT:   %[[T:.*]] = qz.vec_get %[[V]], %[[I]][0] : {{.*}} -> ui8
// CHECK-NEXT:   %[[R:.*]] = qz.vec_get unchecked %[[V]], %[[I]][1] : {{.*}} -> si64
// CHECK-NEXT:   qz.vec_push %[[V]], %[[T]], %[[R]]
// CHECK-NEXT:   func.return %[[R]] : si64
