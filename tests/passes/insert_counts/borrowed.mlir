// RUN: to_cfg mark_borrows insert_counts
builtin.module {
  func.func private @make() -> !qz.val<@m$P>
  func.func private @anything() -> ()

  // What holds a borrowed value stays until that is used for the last time, even when it is handed on before.
  func.func @holder_stays(%v: !qz.vec<!qz.val<@m$P>>) {
    %p = func.call @make() : () -> !qz.val<@m$P>
    %name = qz.struct_get %p[0] : !qz.val<@m$P> -> !qz.str
    qz.vec_push %v, %p : !qz.vec<!qz.val<@m$P>>, !qz.val<@m$P>
    %n = qz.str_size %name
    qz.return
  }
  // A borrowed value that is returned takes its count before its holder goes.
  func.func @returned() -> !qz.str {
    %p = func.call @make() : () -> !qz.val<@m$P>
    %name = qz.struct_get %p[0] : !qz.val<@m$P> -> !qz.str
    qz.return %name : !qz.str
  }
  // A value that may be freed in between takes its count at once.
  func.func @across_a_call(%p: !qz.val<@m$P>) {
    %name = qz.struct_get %p[0] : !qz.val<@m$P> -> !qz.str
    func.call @anything() : () -> ()
    %n = qz.str_size %name
    qz.return
  }
  // The last look at a cell takes what is in it.
  func.func @cell(%s: !qz.str) -> !qz.str {
    %cell = qz.local %s : !qz.local<!qz.str> from !qz.str
    %old = qz.local_get %cell : !qz.local<!qz.str> -> !qz.str
    %new = qz.str_concat %old, %old
    qz.local_set %cell, %new : !qz.local<!qz.str>, !qz.str
    %last = qz.local_get %cell : !qz.local<!qz.str> -> !qz.str
    qz.return %last : !qz.str
  }
  // A cell that is written last gives up what was written.
  func.func @written_last(%s: !qz.str, %t: !qz.str) {
    %cell = qz.local %s : !qz.local<!qz.str> from !qz.str
    qz.local_set %cell, %t : !qz.local<!qz.str>, !qz.str
    qz.return
  }
  // A word made of a value keeps it while the word is used, and for ever where it goes out of sight.
  func.func @words(%w: !qz.vec<si64>) {
    %p = func.call @make() : () -> !qz.val<@m$P>
    %used = qz.reinterpret %p : !qz.val<@m$P> to si64
    %q = func.call @make() : () -> !qz.val<@m$P>
    %stored = qz.reinterpret %q : !qz.val<@m$P> to si64
    %n = qz.add %used, %used overflow "wrap" : si64
    qz.vec_push %w, %stored : !qz.vec<si64>, si64
    qz.return
  }
}
// CHECK:      func.func @holder_stays
// CHECK-NEXT:   %p = func.call @make
// CHECK-NEXT:   %name = qz.struct_get %p[0] {qz.borrowed}
// CHECK-NEXT:   qz.dup %p
// CHECK-NEXT:   qz.vec_push %v, %p
// CHECK-NEXT:   qz.str_size %name
// CHECK-NEXT:   qz.drop %p
// CHECK-NEXT:   func.return
// CHECK:      func.func @returned
// CHECK-NEXT:   %p = func.call @make
// CHECK-NEXT:   %name = qz.struct_get %p[0] {qz.borrowed}
// CHECK-NEXT:   qz.dup %name
// CHECK-NEXT:   qz.drop %p
// CHECK-NEXT:   func.return %name
// CHECK:      func.func @across_a_call
// CHECK-NEXT:   %name = qz.struct_get %p[0] : !qz.val
// CHECK-NEXT:   qz.dup %name
// CHECK-NEXT:   func.call @anything
// CHECK-NEXT:   qz.str_size %name
// CHECK-NEXT:   qz.drop %name
// CHECK-NEXT:   func.return
// CHECK:      func.func @cell
// CHECK-NEXT:   qz.dup %s
// CHECK-NEXT:   %cell = qz.local %s
// CHECK-NEXT:   %old = qz.local_get %cell {qz.borrowed}
// CHECK-NEXT:   %new = qz.str_concat %old, %old
// CHECK-NEXT:   %[[REPLACED:.*]] = qz.local_get %cell
// CHECK-NEXT:   qz.local_set %cell, %new
// CHECK-NEXT:   qz.drop %[[REPLACED]]
// CHECK-NEXT:   %last = qz.local_get %cell {qz.borrowed}
// CHECK-NEXT:   func.return %last
// CHECK:      func.func @written_last
// CHECK:        qz.local_set %cell, %t
// CHECK-NEXT:   qz.drop
// CHECK-NEXT:   %[[CONTENT:.*]] = qz.local_get %cell
// CHECK-NEXT:   qz.drop %[[CONTENT]]
// CHECK-NEXT:   func.return
// CHECK:      func.func @words
// CHECK:        %stored = qz.reinterpret %q
// CHECK-NEXT:   qz.add %used, %used
// CHECK-NEXT:   qz.drop %p
// CHECK-NEXT:   qz.dup %q
// CHECK-NEXT:   qz.vec_push %w, %stored
// CHECK-NEXT:   qz.drop %q
// CHECK-NEXT:   func.return
