// RUN: place_vectors to_rt
builtin.module {
  func.func @filled(%n: si64, %x: si64) -> si64 {
    %v = qz.vec_filled %n, %x : si64 -> !qz.vec<si64>
    %size = qz.vec_size %v : !qz.vec<si64>
    qz.drop %v : !qz.vec<si64>
    func.return %size : si64
  }
  func.func @literal(%a: !qz.str) {
    %v = qz.vec_lit %a, %a : !qz.str, !qz.str -> !qz.vec<!qz.str>
    qz.drop %v : !qz.vec<!qz.str>
    func.return
  }
  func.func @zeros() {
    %5 = qz.const 5 : si64 -> si64
    %0 = qz.const 0 : ui8 -> ui8
    %v = qz.vec_filled %5, %0 : ui8 -> !qz.vec<ui8>
    qz.drop %v : !qz.vec<ui8>
    func.return
  }
  func.func @push(%x: si64) {
    %v = qz.vec_new : !qz.vec<si64>
    qz.vec_push %v, %x : !qz.vec<si64>, si64
    qz.drop %v : !qz.vec<si64>
    func.return
  }
}
// CHECK:      func.func @filled(%[[N:.*]]: i64, %[[X:.*]]: i64) -> i64 {
// CHECK:        %[[DATA:.*]] = func.call @rt.vec$filled_room(%[[N]], %[[X]], %[[KIND:.*]]) : (i64, i64, i64) -> i64
// CHECK-NEXT:   %[[V:.*]] = qzrt.words 3
// CHECK-NEXT:   qzrt.store "p" 8 %[[DATA]] to %[[V]] scale 1 offset 0 alias "vec data" : i64
// CHECK-NEXT:   qzrt.store "s" 8 %[[N]] to %[[V]] scale 1 offset 8 alias "vec size" : i64
// CHECK-NEXT:   qzrt.store "s" 8 %[[N]] to %[[V]] scale 1 offset 16 alias "vec capacity" : i64
// CHECK:        func.call @rt.vec$drop_room(%{{.*}}, %{{.*}}, %{{.*}}, %[[KIND]])

// The elements are on the stack, and what they hold is given back all the same.
// CHECK:      func.func @literal
// CHECK:        %[[ROOM:.*]] = qzrt.words 2
// CHECK-NEXT:   qzrt.words 3
// CHECK-NEXT:   qzrt.store "p" 8 %[[ROOM]]
// CHECK:        func.call @rt.vec$drop_elements(
// CHECK-NEXT:   func.return

// CHECK:      func.func @zeros
// CHECK:        %[[ROOM:.*]] = qzrt.words 1
// CHECK-NEXT:   qzrt.fill %[[ROOM]]
// CHECK-NOT:    func.call
// CHECK:        func.return

// Nothing is asked for before there is an element.
// CHECK:      func.func @push
// CHECK-NOT:    @rt.vec$room
// CHECK:        %[[WANTED:.*]] = func.call @rt.vec$larger(
// CHECK-NEXT:   %[[MOVED:.*]] = func.call @rt.vec$moved(%{{.*}}, %{{.*}}, %[[WANTED]], %{{.*}})
// CHECK-NEXT:   qzrt.store "p" 8 %[[MOVED]]
// CHECK-NEXT:   qzrt.store "s" 8 %[[WANTED]]
