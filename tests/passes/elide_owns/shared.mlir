// RUN: to_cfg elide_owns
builtin.module {
  func.func private @anything() -> ()
  func.func private @sqrt(si64) -> si64

  // A parameter that changes its argument is made sure of once, at first; in the loop it is its own.
  func.func @parameter(%a: !qz.shared<!qz.vec<si64>>, %n: si64, %x: si64) {
    qz.for %x to %n : si64 {
    ^bb0(%i: si64):
      %seen = qz.shared_get %a : !qz.shared<!qz.vec<si64>> -> !qz.vec<si64>
      %element = qz.vec_get %seen, %i of 5 : !qz.vec<si64> -> si64
      %root = func.call @sqrt(%element) {qz.computes} : (si64) -> si64
      %v = qz.shared_get %a : !qz.shared<!qz.vec<si64>> -> !qz.vec<si64>
      %own = qz.vec_own %v : !qz.vec<si64> -> !qz.vec<si64>
      qz.shared_set %a, %own : !qz.shared<!qz.vec<si64>>, !qz.vec<si64>
      qz.vec_set %own, %i, %root : !qz.vec<si64>, si64
      qz.yield
    }
    qz.return
  }
  // Whoever is called may know the variable; and it may have another name.
  func.func @known_elsewhere(%a: !qz.shared<!qz.vec<si64>>, %b: !qz.shared<!qz.vec<si64>>, %x: si64) {
    %r0 = qz.shared_get %a : !qz.shared<!qz.vec<si64>> -> !qz.vec<si64>
    %own0 = qz.vec_own %r0 : !qz.vec<si64> -> !qz.vec<si64>
    qz.shared_set %a, %own0 : !qz.shared<!qz.vec<si64>>, !qz.vec<si64>
    qz.vec_set %own0, %x, %x : !qz.vec<si64>, si64
    func.call @anything() : () -> ()
    %r1 = qz.shared_get %a : !qz.shared<!qz.vec<si64>> -> !qz.vec<si64>
    %own1 = qz.vec_own %r1 : !qz.vec<si64> -> !qz.vec<si64>
    qz.shared_set %a, %own1 : !qz.shared<!qz.vec<si64>>, !qz.vec<si64>
    qz.vec_set %own1, %x, %x : !qz.vec<si64>, si64
    %given = qz.shared_get %b : !qz.shared<!qz.vec<si64>> -> !qz.vec<si64>
    %c = qz.local %given : !qz.local<!qz.vec<si64>> from !qz.vec<si64>
    %r2 = qz.shared_get %a : !qz.shared<!qz.vec<si64>> -> !qz.vec<si64>
    %own2 = qz.vec_own %r2 : !qz.vec<si64> -> !qz.vec<si64>
    qz.shared_set %a, %own2 : !qz.shared<!qz.vec<si64>>, !qz.vec<si64>
    qz.vec_set %own2, %x, %x : !qz.vec<si64>, si64
    qz.return
  }
  // What is seen after an assignment is seen as it was.
  func.func @seen_later(%a: !qz.shared<!qz.vec<si64>>, %x: si64) -> si64 {
    %r0 = qz.shared_get %a : !qz.shared<!qz.vec<si64>> -> !qz.vec<si64>
    %own0 = qz.vec_own %r0 : !qz.vec<si64> -> !qz.vec<si64>
    qz.shared_set %a, %own0 : !qz.shared<!qz.vec<si64>>, !qz.vec<si64>
    qz.vec_set %own0, %x, %x : !qz.vec<si64>, si64
    %seen = qz.shared_get %a : !qz.shared<!qz.vec<si64>> -> !qz.vec<si64>
    %r1 = qz.shared_get %a : !qz.shared<!qz.vec<si64>> -> !qz.vec<si64>
    %own1 = qz.vec_own %r1 : !qz.vec<si64> -> !qz.vec<si64>
    qz.shared_set %a, %own1 : !qz.shared<!qz.vec<si64>>, !qz.vec<si64>
    qz.vec_set %own1, %x, %x : !qz.vec<si64>, si64
    %old = qz.vec_get %seen, %x : !qz.vec<si64> -> si64
    qz.return %old : si64
  }
  // What is given up may have a `drop`, which may know the variable.
  func.func @drops(%a: !qz.shared<!qz.vec<si64>>, %p: !qz.shared<!qz.val<@m$P>>, %x: si64) {
    %r0 = qz.shared_get %a : !qz.shared<!qz.vec<si64>> -> !qz.vec<si64>
    %own0 = qz.vec_own %r0 : !qz.vec<si64> -> !qz.vec<si64>
    qz.shared_set %a, %own0 : !qz.shared<!qz.vec<si64>>, !qz.vec<si64>
    qz.vec_set %own0, %x, %x : !qz.vec<si64>, si64
    %q = qz.shared_get %p : !qz.shared<!qz.val<@m$P>> -> !qz.val<@m$P>
    %r1 = qz.shared_get %a : !qz.shared<!qz.vec<si64>> -> !qz.vec<si64>
    %own1 = qz.vec_own %r1 : !qz.vec<si64> -> !qz.vec<si64>
    qz.shared_set %a, %own1 : !qz.shared<!qz.vec<si64>>, !qz.vec<si64>
    qz.vec_set %own1, %x, %x : !qz.vec<si64>, si64
    qz.return
  }
}

// CHECK:      func.func @parameter
// CHECK-NEXT:   %[[FIRST:.*]] = qz.shared_get %a
// CHECK-NEXT:   %[[OWN:.*]] = qz.vec_own %[[FIRST]]
// CHECK-NEXT:   qz.shared_set %a, %[[OWN]]
// CHECK:        func.call @sqrt
// CHECK-NEXT:   %[[V:.*]] = qz.shared_get %a
// CHECK-NEXT:   qz.vec_set %[[V]],
// CHECK:      func.func @known_elsewhere
// CHECK:        qz.vec_own
// CHECK:        func.call @anything
// CHECK:        qz.vec_own
// CHECK:        qz.local
// CHECK:        qz.vec_own
// CHECK:      func.func @seen_later
// CHECK:        qz.vec_own
// CHECK:        qz.vec_own
// CHECK:      func.func @drops
// CHECK:        qz.vec_own
// CHECK:        qz.vec_own
