// RUN: to_rt
builtin.module {
  func.func @third(%v: !qz.vec<si16>, %i: si64) -> si16 {
    %x = qz.vec_get %v, %i : !qz.vec<si16> -> si16
    func.return %x : si16
  }
  func.func @put(%v: !qz.vec<f32>, %i: si64, %x: f32) {
    qz.vec_set unchecked %v, %i, %x : !qz.vec<f32>, f32
    func.return
  }
  func.func @push(%v: !qz.vec<i1>, %x: i1) {
    qz.vec_push %v, %x : !qz.vec<i1>, i1
    func.return
  }
  func.func @literal(%a: !qz.str) -> !qz.vec<!qz.str> {
    %v = qz.vec_lit %a : !qz.str -> !qz.vec<!qz.str>
    func.return %v : !qz.vec<!qz.str>
  }
}
// CHECK:      func.func @third(%[[V:.*]]: i64, %[[I:.*]]: i64) -> i64 {
// CHECK-NEXT:   %[[N:.*]] = qzrt.load "s" 8 %[[V]] scale 1 offset 8 alias "vec size" : i64
// CHECK-NEXT:   %[[OK:.*]] = arith.cmpi ult, %[[I]], %[[N]] : i64
// CHECK-NEXT:   qzrt.check "bounds" %[[OK]](%[[I]], %[[N]])
// CHECK-NEXT:   %[[DATA:.*]] = qzrt.load "p" 8 %[[V]] scale 1 offset 0 alias "vec data" : i64
// CHECK-NEXT:   %[[X:.*]] = qzrt.load "s" 2 %[[DATA]][%[[I]]] scale 2 offset 0 alias "element 2" : i64
// CHECK-NEXT:   func.return %[[X]] : i64

// A parameter comes as a word, and an f32 is the low half of it.
// CHECK:      func.func @put(%[[V:.*]]: i64, %[[I:.*]]: i64, %[[W:.*]]: i64) {
// CHECK-NEXT:   %[[BITS:.*]] = arith.trunci %[[W]] : i64 to i32
// CHECK-NEXT:   %[[X:.*]] = arith.bitcast %[[BITS]] : i32 to f32
// CHECK-NEXT:   %[[DATA:.*]] = qzrt.load "p"
// CHECK-NEXT:   qzrt.store "f" 4 %[[X]] to %[[DATA]][%[[I]]] scale 4 offset 0 alias "element f32" : f32
// CHECK-NEXT:   func.return

// The data may have moved when the vector grew, so it is read behind that.
// CHECK:      func.func @push
// CHECK:        %[[SIZE:.*]] = qzrt.load "s" 8 %{{.*}} offset 8
// CHECK-NEXT:   %[[ROOM:.*]] = qzrt.load "s" 8 %{{.*}} offset 16
// CHECK-NEXT:   %[[FULL:.*]] = arith.cmpi eq, %[[SIZE]], %[[ROOM]]
// CHECK-NEXT:   cf.cond_br %[[FULL]], ^bb1, ^bb2
// CHECK-NEXT: ^bb1:
// CHECK-NEXT:   func.call @rt.vec$grow(%{{.*}}) : (i64) -> ()
// CHECK-NEXT:   cf.br ^bb2
// CHECK-NEXT: ^bb2:
// CHECK-NEXT:   %[[DATA:.*]] = qzrt.load "p"
// CHECK-NEXT:   qzrt.store "b" 1 %{{.*}} to %[[DATA]][%[[SIZE]]] scale 1 offset 0 alias "element 1" : i1
// CHECK-NEXT:   %[[MORE:.*]] = arith.addi %[[SIZE]], %{{.*}} overflow<nsw>
// CHECK-NEXT:   qzrt.store "s" 8 %[[MORE]] to %{{.*}} offset 8

// The element kind of strings: log2 of the width, and the mark of what is counted.
// CHECK:      func.func @literal
// CHECK:        %[[KIND:.*]] = arith.constant 11 : i64
// CHECK:        func.call @rt.vec$new(%{{.*}}, %[[KIND]])
