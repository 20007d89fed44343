// RUN: dissolve_blocks
builtin.module {
  func.func private @anything(!qz.val<@m$P>) -> ()

  // A field that is never written is what it was made of, one that is written a variable.
  func.func @written(%x: si64, %s: !qz.str, %z: si64) -> si64 {
    %p = qz.struct_new %x, %s : si64, !qz.str -> !qz.val<@m$P>
    %a = qz.struct_get %p[0] : !qz.val<@m$P> -> si64
    qz.struct_set %p[0], %z : !qz.val<@m$P>, si64
    %b = qz.struct_get %p[0] : !qz.val<@m$P> -> si64
    %t = qz.struct_get %p[1] : !qz.val<@m$P> -> !qz.str
    %n = qz.str_size %t
    %sum = qz.add %a, %b overflow "wrap" : si64
    %all = qz.add %sum, %n overflow "wrap" : si64
    func.return %all : si64
  }
  // The variant is known, and what is in it.
  func.func @variant(%x: si64) -> si64 {
    %e = qz.enum_new 1 %x : si64 -> !qz.enum<"E", A, B(word)>
    %tag = qz.enum_tag %e : !qz.enum<"E", A, B(word)>
    %y = qz.enum_get %e[1, 0] : !qz.enum<"E", A, B(word)> -> si64
    %sum = qz.add %tag, %y overflow "wrap" : si64
    func.return %sum : si64
  }
  // A tuple in a tuple.
  func.func @nested(%x: si64, %s: !qz.val<@m$P>) -> si64 {
    %inner = qz.struct_new %x, %x : si64, si64 -> !qz.tuple<si64, si64>
    %outer = qz.struct_new %inner, %s : !qz.tuple<si64, si64>, !qz.val<@m$P> -> !qz.tuple<!qz.tuple<si64, si64>, !qz.val<@m$P>>
    %in = qz.struct_get %outer[0] : !qz.tuple<!qz.tuple<si64, si64>, !qz.val<@m$P>> -> !qz.tuple<si64, si64>
    %y = qz.struct_get %in[1] : !qz.tuple<si64, si64> -> si64
    func.return %y : si64
  }
  // Somebody else gets to know it.
  func.func @handed_on(%x: si64, %s: !qz.str) -> si64 {
    %p = qz.struct_new %x, %s : si64, !qz.str -> !qz.val<@m$P>
    %a = qz.struct_get %p[0] : !qz.val<@m$P> -> si64
    func.call @anything(%p) : (!qz.val<@m$P>) -> ()
    func.return %a : si64
  }
  // When a struct is given up may show; not so if the caller keeps it.
  func.func @holds_what_may_have_a_drop(%q: !qz.val<@m$P>) -> si64 {
    %r = qz.struct_get %q[0] : !qz.val<@m$P> -> !qz.val<@m$P>
    %kept = qz.struct_new %r, %q : !qz.val<@m$P>, !qz.val<@m$P> -> !qz.tuple<!qz.val<@m$P>, !qz.val<@m$P>>
    %a = qz.struct_get %kept[0] : !qz.tuple<!qz.val<@m$P>, !qz.val<@m$P>> -> !qz.val<@m$P>
    %gone = qz.struct_new %q, %q : !qz.val<@m$P>, !qz.val<@m$P> -> !qz.tuple<!qz.val<@m$P>, !qz.val<@m$P>>
    %b = qz.struct_get %gone[1] : !qz.tuple<!qz.val<@m$P>, !qz.val<@m$P>> -> !qz.val<@m$P>
    %n = qz.struct_get %b[1] : !qz.val<@m$P> -> si64
    func.return %n : si64
  }
  func.func @has_a_drop(%x: si64) -> si64 {
    %p = qz.struct_new %x : si64 drop @m$P$drop -> !qz.val<@m$P>
    %a = qz.struct_get %p[0] : !qz.val<@m$P> -> si64
    func.return %a : si64
  }
}
// CHECK:      func.func @written
// CHECK-NEXT:   %[[CELL:.*]] = qz.local %x : !qz.local<si64> from si64
// CHECK-NEXT:   %[[A:.*]] = qz.local_get %[[CELL]]
// CHECK-NEXT:   qz.local_set %[[CELL]], %z
// CHECK-NEXT:   %[[B:.*]] = qz.local_get %[[CELL]]
// CHECK-NEXT:   %n = qz.str_size %s
// CHECK-NEXT:   %sum = qz.add %[[A]], %[[B]]
// CHECK:      func.func @variant
// CHECK-NEXT:   %[[TAG:.*]] = qz.const 1 : si64 -> si64
// CHECK-NEXT:   %sum = qz.add %[[TAG]], %x
// CHECK:      func.func @nested
// CHECK-NEXT:   func.return %x
// CHECK:      func.func @handed_on
// CHECK-NEXT:   %p = qz.struct_new
// CHECK:      func.func @holds_what_may_have_a_drop
// CHECK-NEXT:   %r = qz.struct_get %q[0]
// CHECK-NEXT:   %kept = qz.struct_new
// CHECK-NEXT:   qz.struct_get %kept[0]
// CHECK-NEXT:   %n = qz.struct_get %q[1]
// CHECK:      func.func @has_a_drop
// CHECK-NEXT:   qz.struct_new
