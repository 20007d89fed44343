// RUN: to_cfg mark_borrows
builtin.module {
  func.func private @anything(!qz.str) -> ()
  func.func private @keep(!qz.vec<!qz.str>) -> ()
  func.func private @rt.io$write(!qz.str) -> ()

  // Nothing is written between a read and the last use of what it gave.
  func.func @used_at_once(%p: !qz.val<@m$P>, %v: !qz.vec<!qz.str>, %i: si64) -> si64 {
    %name = qz.struct_get %p[0] : !qz.val<@m$P> -> !qz.str
    %n = qz.str_size %name
    %element = qz.vec_get %v, %i : !qz.vec<!qz.str> -> !qz.str
    func.call @rt.io$write(%element) : (!qz.str) -> ()
    qz.return %n : si64
  }
  // What a call may free must be counted, also while the call has it; a cell of the function is out of its reach.
  func.func @across_a_call(%p: !qz.val<@m$P>, %s: !qz.str) {
    %before = qz.struct_get %p[0] : !qz.val<@m$P> -> !qz.str
    %given = qz.struct_get %p[1] : !qz.val<@m$P> -> !qz.str
    %cell = qz.local %s : !qz.local<!qz.str> from !qz.str
    %local = qz.local_get %cell : !qz.local<!qz.str> -> !qz.str
    func.call @anything(%given) : (!qz.str) -> ()
    %n = qz.str_size %before
    %m = qz.str_size %local
    qz.return
  }
  // So may the `drop` of what is kept for the end of its scope.
  func.func @across_the_end_of_a_scope(%p: !qz.val<@m$P>, %guard: !qz.val<@m$P>) -> si64 {
    %name = qz.struct_get %p[0] : !qz.val<@m$P> -> !qz.str
    qz.keep %guard : !qz.val<@m$P>
    %n = qz.str_size %name
    qz.return %n : si64
  }
  // A call that leaves memory as it is frees nothing of it.
  func.func @across_a_call_that_leaves(%p: !qz.val<@m$P>) -> si64 {
    %given = qz.struct_get %p[1] : !qz.val<@m$P> -> !qz.str
    func.call @anything(%given) {qz.leaves} : (!qz.str) -> ()
    %n = qz.str_size %given
    qz.return %n : si64
  }
  // Nobody writes to a steady field; but what it was read from must stay, which is counted if it was read.
  func.func @steady_across_a_call(%p: !qz.val<@m$P>) -> si64 {
    %name = qz.struct_get steady %p[0] : !qz.val<@m$P> -> !qz.str
    %next = qz.struct_get %p[1] : !qz.val<@m$P> -> !qz.val<@m$P>
    %inner = qz.struct_get steady %next[0] : !qz.val<@m$P> -> !qz.str
    func.call @anything(%name) : (!qz.str) -> ()
    %n = qz.str_size %inner
    qz.return %n : si64
  }
  // Another field, and elements of another type, are other memory.
  func.func @beside_a_write(%p: !qz.val<@m$P>, %q: !qz.val<@m$P>, %s: !qz.str, %v: !qz.vec<si64>, %i: si64) {
    %same = qz.struct_get %p[0] : !qz.val<@m$P> -> !qz.str
    %other = qz.struct_get %p[1] : !qz.val<@m$P> -> !qz.str
    qz.struct_set %q[0], %s : !qz.val<@m$P>, !qz.str
    qz.vec_set %v, %i, %i : !qz.vec<si64>, si64
    %n = qz.str_size %same
    %m = qz.str_size %other
    qz.return
  }
  // What was read through a value is held by it: the inner read lives on while the outer field is written.
  func.func @through_another(%p: !qz.val<@m$P>, %r: !qz.val<@m$R>) {
    %inner = qz.struct_get %p[2] : !qz.val<@m$P> -> !qz.val<@m$R>
    %name = qz.struct_get %inner[0] : !qz.val<@m$R> -> !qz.str
    qz.struct_set %p[2], %r : !qz.val<@m$P>, !qz.val<@m$R>
    %n = qz.str_size %name
    qz.return
  }
  // A call cannot change a vector that is made here and given to nobody, but one that was given away.
  func.func @across_a_call_in_private(%s: !qz.str, %i: si64) {
    %own = qz.vec_lit %s : !qz.str -> !qz.vec<!qz.str>
    %mine = qz.vec_get %own, %i : !qz.vec<!qz.str> -> !qz.str
    %shared = qz.vec_lit %s : !qz.str -> !qz.vec<!qz.str>
    %ours = qz.vec_get %shared, %i : !qz.vec<!qz.str> -> !qz.str
    func.call @anything(%s) : (!qz.str) -> ()
    %n = qz.str_size %mine
    %m = qz.str_size %ours
    func.call @keep(%shared) : (!qz.vec<!qz.str>) -> ()
    qz.return
  }
  // A loop comes back to a use.
  func.func @in_a_loop(%v: !qz.vec<!qz.str>, %i: si64, %s: !qz.str, %more: i1) {
    %first = qz.vec_get %v, %i : !qz.vec<!qz.str> -> !qz.str
    qz.while {
      qz.yield %more : i1
    } do {
      %n = qz.str_size %first
      qz.vec_set %v, %i, %s : !qz.vec<!qz.str>, !qz.str
      qz.yield
    }
    qz.return
  }
  // A function that writes nothing may call itself: whatever was read is there afterwards.
  func.func @walk(%p: !qz.val<@m$P>) -> si64 {
    %a = qz.struct_get %p[0] : !qz.val<@m$P> -> !qz.str
    %next = qz.struct_get %p[1] : !qz.val<@m$P> -> !qz.val<@m$P>
    %below = func.call @walk(%next) : (!qz.val<@m$P>) -> si64
    %n = qz.str_size %a
    %sum = qz.add %n, %below overflow "wrap" : si64
    qz.return %sum : si64
  }
  func.func @walk_and_write(%p: !qz.val<@m$P>, %s: !qz.str) -> si64 {
    %a = qz.struct_get %p[0] : !qz.val<@m$P> -> !qz.str
    %next = qz.struct_get %p[1] : !qz.val<@m$P> -> !qz.val<@m$P>
    %below = func.call @walk_and_write(%next, %s) : (!qz.val<@m$P>, !qz.str) -> si64
    qz.struct_set %p[2], %s : !qz.val<@m$P>, !qz.str
    qz.return %below : si64
  }
  func.func @walk_and_call(%p: !qz.val<@m$P>, %s: !qz.str) -> si64 {
    %next = qz.struct_get %p[1] : !qz.val<@m$P> -> !qz.val<@m$P>
    %below = func.call @walk_and_call(%next, %s) : (!qz.val<@m$P>, !qz.str) -> si64
    func.call @anything(%s) : (!qz.str) -> ()
    qz.return %below : si64
  }
}
// CHECK:      func.func @used_at_once
// CHECK-NEXT:   qz.struct_get %p[0] {qz.borrowed}
// CHECK-NEXT:   qz.str_size
// CHECK-NEXT:   qz.vec_get %v, %i {qz.borrowed}
// CHECK:      func.func @across_a_call
// CHECK-NEXT:   qz.struct_get %p[0] : !qz.val<@m$P>
// CHECK-NEXT:   qz.struct_get %p[1] : !qz.val<@m$P>
// CHECK-NEXT:   qz.local
// CHECK-NEXT:   qz.local_get %cell {qz.borrowed}
// CHECK:      func.func @across_the_end_of_a_scope
// CHECK-NEXT:   qz.struct_get %p[0] : !qz.val<@m$P>
// CHECK:      func.func @across_a_call_that_leaves
// CHECK-NEXT:   qz.struct_get %p[1] {qz.borrowed}
// CHECK:      func.func @steady_across_a_call
// CHECK-NEXT:   qz.struct_get steady %p[0] {qz.borrowed}
// CHECK-NEXT:   qz.struct_get %p[1] : !qz.val<@m$P>
// CHECK-NEXT:   qz.struct_get steady %next[0] {qz.borrowed}
// CHECK:      func.func @beside_a_write
// CHECK-NEXT:   qz.struct_get %p[0] : !qz.val<@m$P>
// CHECK-NEXT:   qz.struct_get %p[1] {qz.borrowed}
// CHECK:      func.func @through_another
// CHECK-NEXT:   qz.struct_get %p[2] : !qz.val<@m$P>
// CHECK-NEXT:   qz.struct_get %inner[0] {qz.borrowed}
// CHECK:      func.func @across_a_call_in_private
// CHECK:        qz.vec_get %own, %i {qz.borrowed}
// CHECK:        qz.vec_get %shared, %i : !qz.vec
// CHECK:      func.func @in_a_loop
// CHECK-NEXT:   qz.vec_get %v, %i : !qz.vec
// CHECK:      func.func @walk(
// CHECK-NEXT:   qz.struct_get %p[0] {qz.borrowed}
// CHECK-NEXT:   qz.struct_get %p[1] {qz.borrowed}
// CHECK:      func.func @walk_and_write
// CHECK-NEXT:   qz.struct_get %p[0] {qz.borrowed}
// CHECK-NEXT:   qz.struct_get %p[1] : !qz.val<@m$P>
// CHECK:      func.func @walk_and_call
// CHECK-NEXT:   qz.struct_get %p[1] : !qz.val<@m$P>
