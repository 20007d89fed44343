// RUN: to_rt
builtin.module {
  func.func @element(%i: si64) -> si16 {
    %x = qz.table_get <"\01\00\FF\FF">[%i] : si16
    func.return %x : si16
  }
  func.func @flag(%i: si64) -> i1 {
    %x = qz.table_get unchecked <"\00\01">[%i] : i1
    func.return %x : i1
  }
  func.func @vector() -> !qz.vec<si16> {
    %v = qz.table_vec <"\01\00\FF\FF"> : !qz.vec<si16>
    func.return %v : !qz.vec<si16>
  }
  func.func @empty() -> !qz.vec<f64> {
    %v = qz.table_vec <""> : !qz.vec<f64>
    func.return %v : !qz.vec<f64>
  }
}
// The size is a number, and no vector is read.
// CHECK:      func.func @element(%[[I:.*]]: i64) -> i64 {
// CHECK-NEXT:   %[[TWO:.*]] = arith.constant 2 : i64
// CHECK-NEXT:   %[[OK:.*]] = arith.cmpi ult, %[[I]], %[[TWO]] : i64
// CHECK-NEXT:   qzrt.check "bounds" %[[OK]](%[[I]], %[[TWO]])
// CHECK-NEXT:   %[[TABLE:.*]] = qzrt.bytes "\01\00\FF\FF"
// CHECK-NEXT:   %[[X:.*]] = qzrt.load "s" 2 %[[TABLE]][%[[I]]] scale 2 offset 0 alias "element 2" : i64
// CHECK-NEXT:   func.return %[[X]] : i64

// CHECK:      func.func @flag
// CHECK-NEXT:   %[[TABLE:.*]] = qzrt.bytes "\00\01"
// CHECK-NEXT:   qzrt.load "b" 1 %[[TABLE]][%{{.*}}] scale 1 offset 0 alias "element 1" : i1

// A vector is a copy, with exactly the room it needs.
// CHECK:      func.func @vector
// CHECK:        %[[V:.*]] = func.call @rt.vec$new(%[[N:.*]], %{{.*}}) : (i64, i64) -> i64
// CHECK-NEXT:   %[[DATA:.*]] = qzrt.load "p" 8 %[[V]] scale 1 offset 0 alias "vec data" : i64
// CHECK-NEXT:   %[[TABLE:.*]] = qzrt.bytes "\01\00\FF\FF"
// CHECK-NEXT:   qzrt.copy %[[DATA]], %[[TABLE]], %{{.*}}
// CHECK-NEXT:   qzrt.store "s" 8 %[[N]] to %[[V]] scale 1 offset 8 alias "vec size" : i64

// CHECK:      func.func @empty
// CHECK:        func.call @rt.vec$new
// CHECK-NEXT:   func.return
