// RUN: to_cfg expand_values
!V = !qz.struct<"m$V", x: f64, y: f64>
!L = !qz.struct<"m$L", tag: ui8, at: !V>
!N = !qz.struct<"m$N">
!P = !qz.struct<"m$P", n: si64, s: !qz.str>
!Pr = !qz.struct<"m$P", n: si64, s: !qz.val<"ref">>
builtin.module {
  func.func private @turned(!V, si64) -> !V
  func.func @plain(%v: !qz.vec<!V>, %f: !qz.fn<(!V) -> ()>) -> !qz.vec<!V> {
    qz.return %v : !qz.vec<!V>
  }
  func.func @calls(%v: !V, %n: si64) -> !L attributes {"qz.names" = ["v", "n"]} {
    %0 = func.call @turned(%v, %n) : (!V, si64) -> !V
    %1 = qz.const 3 : ui8 -> ui8
    %2 = qz.value_new %1, %0 : ui8, !V -> !L
    qz.return %2 : !L
  }
  func.func @parts(%l: !L) -> f64 {
    %0 = qz.value_get %l[1 "at"] : !L -> !V
    %1 = qz.value_get %0[1 "y"] : !V -> f64
    qz.return %1 : f64
  }
  func.func @chosen(%c: i1, %n: si64, %a: !V, %b: !V) -> f64 {
    %0 = qz.if %c -> !V {
      qz.yield %a : !V
    } else {
      %1 = func.call @turned(%b, %n) : (!V, si64) -> !V
      qz.yield %1 : !V
    }
    %3 = qz.value_get %0[0 "x"] : !V -> f64
    qz.return %3 : f64
  }
  func.func @nothing() -> !N {
    %0 = qz.value_new -> !N
    qz.return %0 : !N
  }
  func.func @values(%f: !qz.fn<(!V) -> !N>, %v: !V) -> !N {
    %0 = qz.call_fn %f(%v) : (!V) -> !N
    qz.return %0 : !N
  }
  func.func @reinterpreted(%p: !P) -> !Pr {
    %0 = qz.reinterpret %p : !P to !Pr
    %1 = qz.reinterpret %p : !P to si64
    qz.debug_bind "p", %p : !P
    qz.return %0 : !Pr
  }
  func.func @kept(%p: !P) {
    qz.keep %p : !P
    qz.return
  }
}

// Vectors and functions keep what they hold and take.
// CHECK:      func.func private @turned(f64, f64, si64) -> (f64, f64)
// CHECK:      func.func @plain(%{{.*}}: !qz.vec<!qz.struct<"m$V", x: f64, y: f64>>, %{{.*}}: !qz.fn<(!qz.struct<"m$V", x: f64, y: f64>) -> ()>)

// Parameters, results and names, leaf by leaf.
// CHECK:      func.func @calls(%[[X:.*]]: f64, %[[Y:.*]]: f64, %[[N:.*]]: si64) -> (ui8, f64, f64) attributes {qz.names = ["v.x", "v.y", "n"]} {
// CHECK-NEXT:   %[[X2:.*]], %[[Y2:.*]] = func.call @turned(%[[X]], %[[Y]], %[[N]]) : (f64, f64, si64) -> (f64, f64)
// CHECK-NEXT:   %[[TAG:.*]] = qz.const 3 : ui8 -> ui8
// CHECK-NEXT:   func.return %[[TAG]], %[[X2]], %[[Y2]] : ui8, f64, f64

// CHECK:      func.func @parts(%{{.*}}: ui8, %{{.*}}: f64, %[[Y:.*]]: f64) -> f64 {
// CHECK-NEXT:   func.return %[[Y]] : f64

// A block is handed the leaves.
// CHECK:      func.func @chosen(%[[C:.*]]: i1, %[[N:.*]]: si64, %[[AX:.*]]: f64, %[[AY:.*]]: f64, %[[BX:.*]]: f64, %[[BY:.*]]: f64)
// CHECK:        cf.br ^[[END:.*]](%[[AX]], %[[AY]] : f64, f64)
// CHECK:        %[[CX:.*]], %[[CY:.*]] = func.call @turned(%[[BX]], %[[BY]], %[[N]])
// CHECK-NEXT:   cf.br ^[[END]](%[[CX]], %[[CY]] : f64, f64)
// CHECK-NEXT: ^[[END]](%[[X:.*]]: f64, %{{.*}}: f64):
// CHECK-NEXT:   func.return %[[X]] : f64

// A struct without fields is a byte.
// CHECK:      func.func @nothing() -> ui8 {
// CHECK-NEXT:   %[[B:.*]] = qz.const 0 : ui8 -> ui8
// CHECK-NEXT:   func.return %[[B]] : ui8

// The type of a function value, by which its code is called, is kept beside that of the leaves.
// CHECK:      func.func @values(%[[F:.*]]: !qz.fn<(!qz.struct<"m$V", x: f64, y: f64>) -> !qz.struct<"m$N">>, %[[X:.*]]: f64, %[[Y:.*]]: f64) -> ui8 {
// CHECK-NEXT:   %[[R:.*]] = qz.call_fn %[[F]](%[[X]], %[[Y]]) : (f64, f64) -> ui8 of !qz.fn<(!qz.struct<"m$V", x: f64, y: f64>) -> !qz.struct<"m$N">>
// CHECK-NEXT:   func.return %[[R]] : ui8

// Only the leaf of another type is taken for something else; as a word, all of them lie on the stack.
// CHECK:      func.func @reinterpreted(%[[N:.*]]: si64, %[[S:.*]]: !qz.str) -> (si64, !qz.val<"ref">) {
// CHECK-NEXT:   %[[E:.*]] = qz.reinterpret %[[S]] : !qz.str to !qz.val<"ref">
// CHECK-NEXT:   %{{.*}} = qz.row %[[N]], %[[S]] : si64, !qz.str as !qz.struct<"m$P", n: si64, s: !qz.str>
// CHECK-NEXT:   qz.debug_bind "p.n", %[[N]] : si64
// CHECK-NEXT:   qz.debug_bind "p.s", %[[S]] : !qz.str
// CHECK-NEXT:   func.return %[[N]], %[[E]] : si64, !qz.val<"ref">

// What is counted is kept.
// CHECK:      func.func @kept(%{{.*}}: si64, %[[S:.*]]: !qz.str) {
// CHECK-NEXT:   qz.keep %[[S]] : !qz.str
// CHECK-NEXT:   func.return
