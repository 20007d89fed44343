// RUN: mark_borrows
builtin.module attributes {qz.drops} {
  // The last use of what is made gives it up, and what runs then may replace what was read.
  func.func @across_the_end_of_a_value(%p: !qz.val<@m$P>, %s: !qz.str) -> si64 {
    %a = qz.struct_get %p[0] : !qz.val<@m$P> -> !qz.str
    %guard = qz.struct_new %s : !qz.str drop @m$drop -> !qz.val<@m$G>
    %word = qz.struct_get %guard[0] : !qz.val<@m$G> -> !qz.str
    %n = qz.str_size %word
    %m = qz.str_size %a
    %sum = qz.add %n, %m overflow "wrap" : si64
    func.return %sum : si64
  }
  func.func @across_the_end_of_a_text(%p: !qz.val<@m$P>, %s: !qz.str) -> si64 {
    %a = qz.struct_get %p[0] : !qz.val<@m$P> -> !qz.str
    %text = qz.str_concat %s, %s
    %n = qz.str_size %text
    %m = qz.str_size %a
    %sum = qz.add %n, %m overflow "wrap" : si64
    func.return %sum : si64
  }
  // On the way to one of two blocks.
  func.func @across_an_edge(%p: !qz.val<@m$P>, %s: !qz.str, %c: i1) -> si64 {
    %a = qz.struct_get %p[0] : !qz.val<@m$P> -> !qz.str
    %guard = qz.struct_new %s : !qz.str drop @m$drop -> !qz.val<@m$G>
    cf.cond_br %c, ^one, ^other
  ^one:
    %word = qz.struct_get %guard[0] : !qz.val<@m$G> -> !qz.str
    %n = qz.str_size %word
    func.return %n : si64
  ^other:
    %m = qz.str_size %a
    func.return %m : si64
  }
  // What has a count of its own is given up, too.
  func.func @across_the_end_of_what_was_read(%p: !qz.val<@m$P>, %q: !qz.val<@m$P>) -> si64 {
    %inner = qz.struct_get %p[1] : !qz.val<@m$P> -> !qz.val<@m$P>
    qz.struct_set %p[1], %q : !qz.val<@m$P>, !qz.val<@m$P>
    %a = qz.struct_get %q[0] : !qz.val<@m$P> -> !qz.str
    %word = qz.struct_get %inner[2] : !qz.val<@m$P> -> !qz.str
    %n = qz.str_size %word
    %m = qz.str_size %a
    %sum = qz.add %n, %m overflow "wrap" : si64
    func.return %sum : si64
  }
  func.func @across_the_end_of_what_is_borrowed(%p: !qz.val<@m$P>, %q: !qz.val<@m$P>) -> si64 {
    %inner = qz.struct_get %p[1] : !qz.val<@m$P> -> !qz.val<@m$P>
    %a = qz.struct_get %q[0] : !qz.val<@m$P> -> !qz.str
    %word = qz.struct_get %inner[2] : !qz.val<@m$P> -> !qz.str
    %n = qz.str_size %word
    %m = qz.str_size %a
    %sum = qz.add %n, %m overflow "wrap" : si64
    func.return %sum : si64
  }
  // A function that calls itself leaves memory alone only if it gives up nothing.
  func.func @walk(%p: !qz.val<@m$P>) -> si64 {
    %a = qz.struct_get %p[0] : !qz.val<@m$P> -> !qz.str
    %next = qz.struct_get %p[1] : !qz.val<@m$P> -> !qz.val<@m$P>
    %below = func.call @walk(%next) : (!qz.val<@m$P>) -> si64
    %n = qz.str_size %a
    %sum = qz.add %n, %below overflow "wrap" : si64
    func.return %sum : si64
  }
  func.func @walk_and_make(%p: !qz.val<@m$P>) -> si64 {
    %a = qz.struct_get %p[0] : !qz.val<@m$P> -> !qz.str
    %next = qz.struct_get %p[1] : !qz.val<@m$P> -> !qz.val<@m$P>
    %below = func.call @walk_and_make(%next) : (!qz.val<@m$P>) -> si64
    %n = qz.str_size %a
    %guard = qz.struct_new %next : !qz.val<@m$P> drop @m$drop -> !qz.val<@m$G>
    %sum = qz.add %n, %below overflow "wrap" : si64
    func.return %sum : si64
  }
}
// CHECK:      func.func @across_the_end_of_a_value
// CHECK-NEXT:   qz.struct_get %p[0] : !qz.val<@m$P>
// CHECK-NEXT:   qz.struct_new
// CHECK-NEXT:   qz.struct_get %guard[0] {qz.borrowed}
// CHECK:      func.func @across_the_end_of_a_text
// CHECK-NEXT:   qz.struct_get %p[0] {qz.borrowed}
// CHECK:      func.func @across_an_edge
// CHECK-NEXT:   qz.struct_get %p[0] : !qz.val<@m$P>
// CHECK:      func.func @across_the_end_of_what_was_read
// CHECK-NEXT:   qz.struct_get %p[1] : !qz.val<@m$P>
// CHECK:        qz.struct_get %q[0] : !qz.val<@m$P>
// CHECK:      func.func @across_the_end_of_what_is_borrowed
// CHECK-NEXT:   qz.struct_get %p[1] {qz.borrowed}
// CHECK-NEXT:   qz.struct_get %q[0] {qz.borrowed}
// CHECK:      func.func @walk(
// CHECK-NEXT:   qz.struct_get %p[0] {qz.borrowed}
// CHECK-NEXT:   qz.struct_get %p[1] {qz.borrowed}
// CHECK:      func.func @walk_and_make
// CHECK-NEXT:   qz.struct_get %p[0] : !qz.val<@m$P>
