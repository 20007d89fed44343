// RUN: to_bare place_vectors to_rt
builtin.module {
  func.func private @m$sum(f64, !qz.vec<si64>) -> si64 attributes {qz.bare = array<i64: 1>}

  // The header is on the stack of the twin; what is handed to it from here is in no header that others know.
  func.func @m$first(%v: !qz.vec<si64>) -> si64 attributes {qz.bare = array<i64: 0>} {
    %0 = qz.const 0 : si64 -> si64
    %x = qz.vec_get unchecked %v, %0 : !qz.vec<si64> -> si64
    func.return %x : si64
  }
  func.func @m$main(%x: f64, %n: si64) -> si64 {
    %v = qz.vec_lit %n, %n : si64, si64 -> !qz.vec<si64>
    %s = func.call @m$sum(%x, %v) {qz.lent = array<i64: 1>} : (f64, !qz.vec<si64>) -> si64
    qz.drop %v : !qz.vec<si64>
    func.return %s : si64
  }
  // A count is taken, though it means nothing: the header looks like any other.
  func.func @m$counts(%v: !qz.vec<si64>) attributes {qz.bare = array<i64: 0>} {
    qz.dup %v : !qz.vec<si64>
    qz.drop %v : !qz.vec<si64>
    func.return
  }
}

// CHECK:      func.func @m$first(%[[V:.*]]: i64) -> i64
// CHECK-NEXT:   %[[D:.*]] = qzrt.load "p" 8 %[[V]] scale 1 offset 0 alias "vec data"
// CHECK-NEXT:   %[[N:.*]] = qzrt.load "s" 8 %[[V]] scale 1 offset 8 alias "vec size"
// CHECK-NEXT:   %[[R:.*]] = func.call @m$first$bare(%[[D]], %[[N]]) : (i64, i64) -> i64
// CHECK-NEXT:   func.return %[[R]]
// CHECK:      func.func @m$first$bare(%[[D:.*]]: i64, %[[N:.*]]: i64) -> i64
// CHECK:        %[[V:.*]] = qzrt.words 3
// CHECK-NEXT:   qzrt.store "p" 8 %[[D]] to %[[V]] scale 1 offset 0 alias "vec data"
// CHECK-NEXT:   qzrt.store "s" 8 %[[N]] to %[[V]] scale 1 offset 8 alias "vec size"
// CHECK:      func.func @m$main
// CHECK:        %[[ROOM:.*]] = qzrt.words 2
// CHECK-NEXT:   %[[V:.*]] = qzrt.words 3
// CHECK:        func.call @m$sum$bare(%{{.*}}, %{{.*}}, %{{.*}}) : (i64, i64, i64) -> i64
// CHECK-NOT:    func.call
// CHECK:        func.return
// CHECK:      func.func @m$counts$bare
// CHECK:        %[[V:.*]] = qzrt.stack_block
