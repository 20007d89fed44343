// RUN: reuse_blocks
builtin.module {
  func.func private @anything(si64) -> si64

  // The first one given up, across a call and into a block that is only reached from here.
  func.func @variant(%l: !qz.enum<"L", Cons(word, ref), Empty>, %t: !qz.enum<"L", Cons(word, ref), Empty>, %x: si64) -> !qz.enum<"L", Cons(word, ref), Empty> {
    qz.drop %l : !qz.enum<"L", Cons(word, ref), Empty>
    %y = func.call @anything(%x) : (si64) -> si64
    cf.br ^bb1(%y : si64)
  ^bb1(%z: si64):
    %m = qz.enum_new 0 %z, %t : si64, !qz.enum<"L", Cons(word, ref), Empty> -> !qz.enum<"L", Cons(word, ref), Empty>
    %n = qz.enum_new 0 %z, %m : si64, !qz.enum<"L", Cons(word, ref), Empty> -> !qz.enum<"L", Cons(word, ref), Empty>
    func.return %n : !qz.enum<"L", Cons(word, ref), Empty>
  }
  // Of another type, behind what might be reached otherwise, or with a `drop`.
  func.func @not(%p: !qz.val<@m$P>, %q: !qz.val<@m$Q>, %x: si64, %c: i1) -> !qz.val<@m$P> {
    qz.drop %q : !qz.val<@m$Q>
    %a = qz.struct_new %x : si64 -> !qz.val<@m$P>
    qz.drop %p : !qz.val<@m$P>
    %b = qz.struct_new %x : si64 drop @m$P$drop -> !qz.val<@m$P>
    cf.cond_br %c, ^bb1, ^bb2
  ^bb1:
    cf.br ^bb2
  ^bb2:
    %d = qz.struct_new %x : si64 -> !qz.val<@m$P>
    func.return %d : !qz.val<@m$P>
  }
  // What a variable held is given up before the next value of it is made.
  func.func @variable(%cell: !qz.local<!qz.val<@m$P>>, %x: si64, %s: !qz.str) {
    %new = qz.struct_new %x, %s : si64, !qz.str -> !qz.val<@m$P>
    %old = qz.local_get %cell : !qz.local<!qz.val<@m$P>> -> !qz.val<@m$P>
    qz.local_set %cell, %new : !qz.local<!qz.val<@m$P>>, !qz.val<@m$P>
    qz.drop %old : !qz.val<@m$P>
    func.return
  }
}
// The type id: fields, of three words, the last of which is counted.
// CHECK:      func.func @variant
// CHECK-NEXT:   qz.drop %l {qz.reuse = array<i64: 0, 1051>}
// CHECK:        qz.enum_new 0 %z, %t : {{.*}} {qz.reuse = array<i64: 0, 1051>} ->
// CHECK-NEXT:   qz.enum_new 0 %z, %m : si64, !qz.enum<"L", Cons(word, ref), Empty> ->
// CHECK:      func.func @not
// CHECK-NEXT:   qz.drop %q :
// CHECK-NEXT:   qz.struct_new %x : si64 ->
// CHECK-NEXT:   qz.drop %p :
// CHECK-NEXT:   qz.struct_new %x : si64 drop @m$P$drop ->
// CHECK:        qz.struct_new %x : si64 ->
// CHECK:      func.func @variable
// CHECK-NEXT:   %old = qz.local_get %cell
// CHECK-NEXT:   qz.drop %old {qz.reuse = array<i64: 0, 531>}
// CHECK-NEXT:   %new = qz.struct_new %x, %s : si64, !qz.str {qz.reuse = array<i64: 0, 531>} ->
// CHECK-NEXT:   qz.local_set %cell, %new
