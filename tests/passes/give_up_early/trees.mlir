// RUN: give_up_early
builtin.module {
  // Both parts have no count but their own where the tree is gone, so it goes first.
  func.func @"raised$own"(%t: !qz.enum<"T", A, N(ref, word, ref)>) -> !qz.enum<"T", A, N(ref, word, ref)> attributes {qz.owns = array<i64: 0>} {
    %l = qz.enum_get %t[1, 0] : !qz.enum<"T", A, N(ref, word, ref)> -> !qz.enum<"T", A, N(ref, word, ref)>
    %k = qz.enum_get %t[1, 1] : !qz.enum<"T", A, N(ref, word, ref)> -> si64
    %r = qz.enum_get %t[1, 2] : !qz.enum<"T", A, N(ref, word, ref)> -> !qz.enum<"T", A, N(ref, word, ref)>
    qz.dup %l : !qz.enum<"T", A, N(ref, word, ref)>
    %a = func.call @"raised$own"(%l) {qz.owns = array<i64: 0>} : (!qz.enum<"T", A, N(ref, word, ref)>) -> !qz.enum<"T", A, N(ref, word, ref)>
    %one = qz.const 1 : si64 -> si64
    %m = qz.add %k, %one overflow "wrap" : si64
    qz.dup %r : !qz.enum<"T", A, N(ref, word, ref)>
    %b = func.call @"raised$own"(%r) {qz.owns = array<i64: 0>} : (!qz.enum<"T", A, N(ref, word, ref)>) -> !qz.enum<"T", A, N(ref, word, ref)>
    qz.drop %t : !qz.enum<"T", A, N(ref, word, ref)>
    %n = qz.enum_new 1 %a, %m, %b : !qz.enum<"T", A, N(ref, word, ref)>, si64, !qz.enum<"T", A, N(ref, word, ref)> -> !qz.enum<"T", A, N(ref, word, ref)>
    func.return %n : !qz.enum<"T", A, N(ref, word, ref)>
  }
  // A list is given up before what may be made of it.
  func.func @"reversed$own"(%l: !qz.enum<"L", A, C(word, ref)>, %done: !qz.enum<"L", A, C(word, ref)>) -> !qz.enum<"L", A, C(word, ref)> attributes {qz.owns = array<i64: 0, 1>} {
    %h = qz.enum_get %l[1, 0] : !qz.enum<"L", A, C(word, ref)> -> si64
    %t = qz.enum_get %l[1, 1] : !qz.enum<"L", A, C(word, ref)> -> !qz.enum<"L", A, C(word, ref)>
    %n = qz.enum_new 1 %h, %done : si64, !qz.enum<"L", A, C(word, ref)> -> !qz.enum<"L", A, C(word, ref)>
    qz.dup %t : !qz.enum<"L", A, C(word, ref)>
    qz.drop %l : !qz.enum<"L", A, C(word, ref)>
    %r = func.call @"reversed$own"(%t, %n) {qz.owns = array<i64: 0, 1>} : (!qz.enum<"L", A, C(word, ref)>, !qz.enum<"L", A, C(word, ref)>) -> !qz.enum<"L", A, C(word, ref)>
    func.return %r : !qz.enum<"L", A, C(word, ref)>
  }
  // A call that only borrows a part needs the whole; so does what is taken of it behind the call, and what has
  // come of it.
  func.func @"borrows$own"(%l: !qz.enum<"L", A, C(word, ref)>) -> !qz.enum<"L", A, C(word, ref)> attributes {qz.owns = array<i64: 0>} {
    %t = qz.enum_get %l[1, 1] : !qz.enum<"L", A, C(word, ref)> -> !qz.enum<"L", A, C(word, ref)>
    %n = func.call @length(%t) : (!qz.enum<"L", A, C(word, ref)>) -> si64
    %e = qz.enum_new 0 -> !qz.enum<"L", A, C(word, ref)>
    %m = func.call @"borrows$own"(%e) {qz.owns = array<i64: 0>} : (!qz.enum<"L", A, C(word, ref)>) -> !qz.enum<"L", A, C(word, ref)>
    qz.dup %m : !qz.enum<"L", A, C(word, ref)>
    qz.drop %l : !qz.enum<"L", A, C(word, ref)>
    qz.drop %m : !qz.enum<"L", A, C(word, ref)>
    %o = qz.enum_new 1 %n, %m : si64, !qz.enum<"L", A, C(word, ref)> -> !qz.enum<"L", A, C(word, ref)>
    func.return %o : !qz.enum<"L", A, C(word, ref)>
  }
  // What somebody else keeps, also a function that is called, has nothing to do with the block.
  func.func @"mapped$own"(%t: !qz.enum<"T", A, N(ref, word, ref)>, %f: !qz.fn<(si64) -> si64>, %p: !qz.tuple<!qz.str, si64>) -> !qz.enum<"T", A, N(ref, word, ref)> attributes {qz.owns = array<i64: 0>} {
    %l = qz.enum_get %t[1, 0] : !qz.enum<"T", A, N(ref, word, ref)> -> !qz.enum<"T", A, N(ref, word, ref)>
    %k = qz.enum_get %t[1, 1] : !qz.enum<"T", A, N(ref, word, ref)> -> si64
    %r = qz.enum_get %t[1, 2] : !qz.enum<"T", A, N(ref, word, ref)> -> !qz.enum<"T", A, N(ref, word, ref)>
    qz.dup %l : !qz.enum<"T", A, N(ref, word, ref)>
    %a = func.call @"mapped$own"(%l, %f, %p) {qz.owns = array<i64: 0>} : (!qz.enum<"T", A, N(ref, word, ref)>, !qz.fn<(si64) -> si64>, !qz.tuple<!qz.str, si64>) -> !qz.enum<"T", A, N(ref, word, ref)>
    %m = qz.call_fn %f(%k) : (si64) -> si64
    %s = qz.struct_get %p[0] : !qz.tuple<!qz.str, si64> -> !qz.str
    func.call @noted(%s) : (!qz.str) -> ()
    qz.dup %r : !qz.enum<"T", A, N(ref, word, ref)>
    %b = func.call @"mapped$own"(%r, %f, %p) {qz.owns = array<i64: 0>} : (!qz.enum<"T", A, N(ref, word, ref)>, !qz.fn<(si64) -> si64>, !qz.tuple<!qz.str, si64>) -> !qz.enum<"T", A, N(ref, word, ref)>
    qz.drop %t : !qz.enum<"T", A, N(ref, word, ref)>
    %n = qz.enum_new 1 %a, %m, %b : !qz.enum<"T", A, N(ref, word, ref)>, si64, !qz.enum<"T", A, N(ref, word, ref)> -> !qz.enum<"T", A, N(ref, word, ref)>
    func.return %n : !qz.enum<"T", A, N(ref, word, ref)>
  }
  // Lent is also what is taken over by one parameter and lent to another, and what was read from a part.
  func.func @"lends$own"(%l: !qz.enum<"L", A, C(word, ref)>) -> !qz.enum<"L", A, C(word, ref)> attributes {qz.owns = array<i64: 0>} {
    %t = qz.enum_get %l[1, 1] : !qz.enum<"L", A, C(word, ref)> -> !qz.enum<"L", A, C(word, ref)>
    %u = qz.enum_get %t[1, 1] : !qz.enum<"L", A, C(word, ref)> -> !qz.enum<"L", A, C(word, ref)>
    qz.dup %t : !qz.enum<"L", A, C(word, ref)>
    %m = func.call @"merged$own"(%t, %u) {qz.owns = array<i64: 0>} : (!qz.enum<"L", A, C(word, ref)>, !qz.enum<"L", A, C(word, ref)>) -> !qz.enum<"L", A, C(word, ref)>
    qz.dup %t : !qz.enum<"L", A, C(word, ref)>
    %n = func.call @"merged$own"(%t, %t) {qz.owns = array<i64: 0>} : (!qz.enum<"L", A, C(word, ref)>, !qz.enum<"L", A, C(word, ref)>) -> !qz.enum<"L", A, C(word, ref)>
    qz.drop %l : !qz.enum<"L", A, C(word, ref)>
    qz.drop %m : !qz.enum<"L", A, C(word, ref)>
    func.return %n : !qz.enum<"L", A, C(word, ref)>
  }
  // What is handed to another block may be the very block.
  func.func @"again$own"(%l: !qz.enum<"L", A, C(word, ref)>, %p: !qz.enum<"L", A, C(word, ref)>) -> !qz.enum<"L", A, C(word, ref)> attributes {qz.owns = array<i64: 0>} {
    cf.br ^rest(%l : !qz.enum<"L", A, C(word, ref)>)
  ^rest(%same: !qz.enum<"L", A, C(word, ref)>):
    %h = qz.enum_get %same[1, 0] : !qz.enum<"L", A, C(word, ref)> -> si64
    %n = func.call @length(%p) : (!qz.enum<"L", A, C(word, ref)>) -> si64
    qz.drop %l : !qz.enum<"L", A, C(word, ref)>
    %e = qz.enum_new 0 -> !qz.enum<"L", A, C(word, ref)>
    %m = qz.enum_new 1 %h, %e : si64, !qz.enum<"L", A, C(word, ref)> -> !qz.enum<"L", A, C(word, ref)>
    func.return %m : !qz.enum<"L", A, C(word, ref)>
  }
  // A word may be the address of a part, which nobody counts.
  func.func @"words$own"(%l: !qz.enum<"L", A, C(word, ref)>) -> !qz.enum<"L", A, C(word, ref)> attributes {qz.owns = array<i64: 0>} {
    %w = qz.reinterpret %l : !qz.enum<"L", A, C(word, ref)> to si64
    %e = qz.enum_new 0 -> !qz.enum<"L", A, C(word, ref)>
    %n = qz.enum_new 1 %w, %e : si64, !qz.enum<"L", A, C(word, ref)> -> !qz.enum<"L", A, C(word, ref)>
    qz.drop %l : !qz.enum<"L", A, C(word, ref)>
    func.return %n : !qz.enum<"L", A, C(word, ref)>
  }
  // A variable that owns nothing refers to what the caller keeps if it begins with a constant, or else to a block.
  func.func @"beside$own"(%l: !qz.enum<"L", A, C(word, ref)>, %p: !qz.str) -> !qz.enum<"L", A, C(word, ref)> attributes {qz.owns = array<i64: 0>} {
    %none = qz.const 0 : i64 -> !qz.str
    %either = qz.local "either" %none {qz.unowned} : !qz.local<!qz.str> from !qz.str
    qz.local_set %either, %p : !qz.local<!qz.str>, !qz.str
    %t = qz.enum_get %l[1, 1] : !qz.enum<"L", A, C(word, ref)> -> !qz.enum<"L", A, C(word, ref)>
    qz.dup %t : !qz.enum<"L", A, C(word, ref)>
    %m = func.call @"within$own"(%t) {qz.owns = array<i64: 0>} : (!qz.enum<"L", A, C(word, ref)>) -> !qz.enum<"L", A, C(word, ref)>
    qz.drop %l : !qz.enum<"L", A, C(word, ref)>
    func.return %m : !qz.enum<"L", A, C(word, ref)>
  }
  func.func @"within$own"(%l: !qz.enum<"L", A, C(word, ref)>) -> !qz.enum<"L", A, C(word, ref)> attributes {qz.owns = array<i64: 0>} {
    %at = qz.local "at" %l {qz.unowned} : !qz.local<!qz.enum<"L", A, C(word, ref)>> from !qz.enum<"L", A, C(word, ref)>
    %t = qz.enum_get %l[1, 1] : !qz.enum<"L", A, C(word, ref)> -> !qz.enum<"L", A, C(word, ref)>
    qz.dup %t : !qz.enum<"L", A, C(word, ref)>
    %m = func.call @"within$own"(%t) {qz.owns = array<i64: 0>} : (!qz.enum<"L", A, C(word, ref)>) -> !qz.enum<"L", A, C(word, ref)>
    qz.drop %l : !qz.enum<"L", A, C(word, ref)>
    func.return %m : !qz.enum<"L", A, C(word, ref)>
  }
  func.func private @noted(!qz.str) -> ()
  func.func private @"merged$own"(!qz.enum<"L", A, C(word, ref)>, !qz.enum<"L", A, C(word, ref)>) -> !qz.enum<"L", A, C(word, ref)>
  func.func private @length(!qz.enum<"L", A, C(word, ref)>) -> si64
}
// CHECK:      func.func @raised$own
// CHECK:        qz.dup %l
// CHECK-NEXT:   qz.dup %r
// CHECK-NEXT:   qz.drop %t
// CHECK-NEXT:   %a = func.call @raised$own(%l)
// CHECK:        %b = func.call @raised$own(%r)
// CHECK-NEXT:   %n = qz.enum_new 1 %a, %m, %b
// CHECK:      func.func @reversed$own
// CHECK:        qz.dup %t
// CHECK-NEXT:   qz.drop %l
// CHECK-NEXT:   %n = qz.enum_new 1 %h, %done
// CHECK-NEXT:   %r = func.call @reversed$own(%t, %n)
// CHECK:      func.func @borrows$own
// CHECK:        %m = func.call @borrows$own(%e)
// CHECK-NEXT:   qz.dup %m
// CHECK-NEXT:   qz.drop %l
// CHECK:      func.func @mapped$own
// CHECK:        qz.dup %l
// CHECK-NEXT:   qz.dup %r
// CHECK-NEXT:   qz.drop %t
// CHECK-NEXT:   %a = func.call @mapped$own(%l, %f, %p)
// CHECK-NEXT:   %m = qz.call_fn %f(%k)
// CHECK:        %b = func.call @mapped$own(%r, %f, %p)
// CHECK-NEXT:   %n = qz.enum_new 1 %a, %m, %b
// CHECK:      func.func @lends$own
// CHECK:        %m = func.call @merged$own(%t, %u)
// CHECK:        %n = func.call @merged$own(%t, %t)
// CHECK-NEXT:   qz.drop %l
// CHECK:      func.func @again$own
// CHECK:        %h = qz.enum_get %same[1, 0]
// CHECK-NEXT:   qz.drop %l
// CHECK-NEXT:   %n = func.call @length(%p)
// CHECK:      func.func @words$own
// CHECK:        %n = qz.enum_new 1 %w, %e
// CHECK-NEXT:   qz.drop %l
// CHECK:      func.func @beside$own
// CHECK:        qz.drop %l
// CHECK-NEXT:   %m = func.call @within$own(%t)
// CHECK:      func.func @within$own
// CHECK:        %m = func.call @within$own(%t)
// CHECK-NEXT:   qz.drop %l
