// RUN: to_cfg mark_borrows insert_counts
builtin.module {
  func.func private @make() -> !qz.str
  func.func private @both() -> (!qz.str, !qz.str)
  func.func private @use(!qz.str) -> ()

  // Used on one way only: dropped at the start of the other.
  func.func @one_way(%c: i1) {
    %s = func.call @make() : () -> !qz.str
    qz.if %c {
      func.call @use(%s) : (!qz.str) -> ()
      qz.yield
    } else {
      qz.yield
    }
    qz.return
  }
  // What was made last goes first, and of what was made at once, the parts of one value, the first one.
  func.func @in_order(%c: i1) {
    %s, %t = func.call @both() : () -> (!qz.str, !qz.str)
    %u = func.call @make() : () -> !qz.str
    qz.if %c {
      func.call @use(%s) : (!qz.str) -> ()
      func.call @use(%t) : (!qz.str) -> ()
      func.call @use(%u) : (!qz.str) -> ()
      qz.yield
    } else {
      qz.yield
    }
    qz.return
  }
  // A way out of a block that has others, into a block that can be come to otherwise, gets a block of its own.
  func.func @critical(%c: i1) {
    %s = func.call @make() : () -> !qz.str
    qz.if %c {
      func.call @use(%s) : (!qz.str) -> ()
      qz.yield
    }
    qz.return
  }
  // The result of an if owns its value, whichever arm it came from.
  func.func @joined(%c: i1, %p: !qz.str) -> si64 {
    %x = qz.if %c -> !qz.str {
      %s = func.call @make() : () -> !qz.str
      qz.yield %s : !qz.str
    } else {
      qz.yield %p : !qz.str
    }
    %n = qz.str_size %x
    qz.return %n : si64
  }
  // A loop keeps what it uses in every turn, and lets go of it behind every way out.
  func.func @loop(%c: i1) {
    %s = func.call @make() : () -> !qz.str
    qz.loop {
      func.call @use(%s) : (!qz.str) -> ()
      qz.if %c {
        qz.break
      }
      qz.yield
    }
    qz.return
  }
  // What a turn makes is gone before the next one, also where the turn is cut short.
  func.func @turns(%c: i1) {
    qz.loop {
      %s = func.call @make() : () -> !qz.str
      qz.if %c {
        qz.continue
      }
      func.call @use(%s) : (!qz.str) -> ()
      qz.yield
    }
    qz.unreachable
  }
}
// CHECK:      func.func @one_way
// CHECK:        cf.cond_br %c, ^bb1, ^bb2
// CHECK-NEXT: ^bb1:
// CHECK-NEXT:   func.call @use(%s)
// CHECK-NEXT:   qz.drop %s
// CHECK-NEXT:   cf.br ^bb3
// CHECK-NEXT: ^bb2:
// CHECK-NEXT:   qz.drop %s
// CHECK-NEXT:   cf.br ^bb3
// CHECK-NEXT: ^bb3:
// CHECK-NEXT:   func.return
// CHECK:      func.func @in_order
// CHECK:      ^bb2:
// CHECK-NEXT:   qz.drop %u
// CHECK-NEXT:   qz.drop %s
// CHECK-NEXT:   qz.drop %t
// CHECK-NEXT:   cf.br
// CHECK:      func.func @critical
// CHECK:        cf.cond_br %c, ^bb1, ^bb3
// CHECK-NEXT: ^bb1:
// CHECK-NEXT:   func.call @use(%s)
// CHECK-NEXT:   qz.drop %s
// CHECK-NEXT:   cf.br ^bb2
// CHECK-NEXT: ^bb2:
// CHECK-NEXT:   func.return
// CHECK-NEXT: ^bb3:
// CHECK-NEXT:   qz.drop %s
// CHECK-NEXT:   cf.br ^bb2
// CHECK:      func.func @joined
// CHECK:      ^bb1:
// CHECK-NEXT:   %s = func.call @make
// CHECK-NEXT:   cf.br ^bb3(%s : !qz.str)
// CHECK-NEXT: ^bb2:
// CHECK-NEXT:   qz.dup %p
// CHECK-NEXT:   cf.br ^bb3(%p : !qz.str)
// CHECK-NEXT: ^bb3(%[[X:.*]]: !qz.str):
// CHECK-NEXT:   qz.str_size %[[X]]
// CHECK-NEXT:   qz.drop %[[X]]
// CHECK-NEXT:   func.return
// CHECK:      func.func @loop
// CHECK:      ^bb1:
// CHECK-NEXT:   func.call @use(%s)
// CHECK-NEXT:   cf.cond_br %c, ^bb2, ^bb3
// CHECK-NEXT: ^bb2:
// CHECK-NEXT:   qz.drop %s
// CHECK-NEXT:   cf.br ^bb4
// CHECK:      func.func @turns
// CHECK:      ^bb1:
// CHECK-NEXT:   %s = func.call @make
// CHECK-NEXT:   cf.cond_br %c, ^bb2, ^bb3
// CHECK-NEXT: ^bb2:
// CHECK-NEXT:   qz.drop %s
// CHECK-NEXT:   cf.br ^bb1
// CHECK-NEXT: ^bb3:
// CHECK-NEXT:   func.call @use(%s)
// CHECK-NEXT:   qz.drop %s
// CHECK-NEXT:   cf.br ^bb1
