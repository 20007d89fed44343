// RUN: place_vectors
builtin.module {
  func.func private @anything(!qz.vec<si64>) -> ()

  // Read, written and pushed to, but never handed on.
  func.func @grows(%n: si64, %x: si64) -> si64 {
    %v = qz.vec_filled %n, %x : si64 -> !qz.vec<si64>
    qz.vec_push %v, %x : !qz.vec<si64>, si64
    qz.vec_set %v, %x, %x : !qz.vec<si64>, si64
    %last = qz.vec_pop_unchecked %v : !qz.vec<si64> -> si64
    qz.drop %v : !qz.vec<si64>
    func.return %last : si64
  }
  func.func @small(%a: !qz.str, %i: si64) -> si64 {
    %words = qz.vec_lit %a, %a : !qz.str, !qz.str -> !qz.vec<!qz.str>
    %64 = qz.const 64 : si64 -> si64
    %0 = qz.const 0 : si64 -> si64
    %zeros = qz.vec_filled %64, %0 : si64 -> !qz.vec<si64>
    %65 = qz.const 65 : si64 -> si64
    %more = qz.vec_filled %65, %0 : si64 -> !qz.vec<si64>
    %ones = qz.vec_filled %64, %65 : si64 -> !qz.vec<si64>
    %n = qz.vec_size %words : !qz.vec<!qz.str>
    qz.drop %ones : !qz.vec<si64>
    qz.drop %more : !qz.vec<si64>
    qz.drop %zeros : !qz.vec<si64>
    qz.drop %words : !qz.vec<!qz.str>
    func.return %n : si64
  }
  func.func @handed_on(%x: si64, %old: !qz.vec<!qz.vec<si64>>) -> !qz.vec<si64> {
    %given = qz.vec_lit %x : si64 -> !qz.vec<si64>
    func.call @anything(%given) : (!qz.vec<si64>) -> ()
    qz.drop %given : !qz.vec<si64>
    %stored = qz.vec_lit %x : si64 -> !qz.vec<si64>
    qz.vec_push %old, %stored : !qz.vec<!qz.vec<si64>>, !qz.vec<si64>
    %shared = qz.vec_lit %x : si64 -> !qz.vec<si64>
    qz.dup %shared : !qz.vec<si64>
    qz.drop %shared : !qz.vec<si64>
    qz.drop %shared : !qz.vec<si64>
    %returned = qz.vec_lit %x : si64 -> !qz.vec<si64>
    func.return %returned : !qz.vec<si64>
  }
  // Whoever is called does not hold on to it, but may make it larger.
  func.func @lent(%x: si64) -> si64 {
    %v = qz.vec_lit %x : si64 -> !qz.vec<si64>
    func.call @anything(%v) {qz.lent = array<i64: 0>} : (!qz.vec<si64>) -> ()
    qz.vec_push %v, %x : !qz.vec<si64>, si64
    %n = qz.vec_size %v : !qz.vec<si64>
    qz.drop %v : !qz.vec<si64>
    func.return %n : si64
  }
  // A function that calls itself may have very many frames.
  func.func @deep(%x: si64) -> si64 {
    %8 = qz.const 8 : si64 -> si64
    %9 = qz.const 9 : si64 -> si64
    %0 = qz.const 0 : si64 -> si64
    %v = qz.vec_filled %8, %0 : si64 -> !qz.vec<si64>
    %w = qz.vec_filled %9, %0 : si64 -> !qz.vec<si64>
    %y = func.call @deep(%x) : (si64) -> si64
    %z = qz.vec_get %v, %y : !qz.vec<si64> -> si64
    qz.drop %w : !qz.vec<si64>
    qz.drop %v : !qz.vec<si64>
    func.return %z : si64
  }
}
// CHECK:      func.func @grows
// CHECK-NEXT:   %v = qz.vec_filled %n, %x : si64 {qz.local = "heap"}
// CHECK-NEXT:   qz.vec_push %v, %x {qz.local = "heap"}
// CHECK-NEXT:   qz.vec_set %v, %x, %x : !qz.vec<si64>
// CHECK-NEXT:   %last = qz.vec_pop_unchecked %v : !qz.vec<si64>
// CHECK-NEXT:   qz.drop %v {qz.local = "heap"}

// CHECK:      func.func @small
// CHECK-NEXT:   %words = qz.vec_lit %a, %a : !qz.str, !qz.str {qz.local = "stack"}
// CHECK:        %zeros = qz.vec_filled {{.*}} {qz.local = "stack"}
// CHECK:        %more = qz.vec_filled {{.*}} {qz.local = "heap"}
// CHECK-NEXT:   %ones = qz.vec_filled {{.*}} {qz.local = "heap"}
// CHECK:        qz.drop %ones {qz.local = "heap"}
// CHECK-NEXT:   qz.drop %more {qz.local = "heap"}
// CHECK-NEXT:   qz.drop %zeros {qz.local = "stack"}
// CHECK-NEXT:   qz.drop %words {qz.local = "stack"}

// CHECK:      func.func @handed_on
// CHECK-NOT:  qz.local
// CHECK:      func.func @lent
// CHECK-NEXT:   %v = qz.vec_lit %x : si64 {qz.local = "lent"}
// CHECK-NEXT:   func.call @anything(%v) {qz.lent = array<i64: 0>}
// CHECK-NEXT:   qz.vec_push %v, %x {qz.local = "lent"}
// CHECK-NEXT:   %n = qz.vec_size %v
// CHECK-NEXT:   qz.drop %v {qz.local = "lent"}
// CHECK:      func.func @deep
// CHECK:        %v = qz.vec_filled {{.*}} {qz.local = "stack"}
// CHECK-NEXT:   %w = qz.vec_filled {{.*}} {qz.local = "heap"}
