// RUN: to_cfg elide_owns
builtin.module {
  func.func private @anything(!qz.vec<si64>) -> ()

  // A new array is nobody else's; it stays so through a loop that only looks at it.
  func.func @new(%n: si64, %x: si64) {
    %filled = qz.vec_filled %n, %x : si64 -> !qz.vec<si64>
    %a = qz.local %filled : !qz.local<!qz.vec<si64>> from !qz.vec<si64>
    qz.for %x to %n : si64 {
    ^bb0(%i: si64):
      %seen = qz.local_get %a : !qz.local<!qz.vec<si64>> -> !qz.vec<si64>
      %element = qz.vec_get %seen, %i : !qz.vec<si64> -> si64
      %v = qz.local_get %a : !qz.local<!qz.vec<si64>> -> !qz.vec<si64>
      %own = qz.vec_own %v : !qz.vec<si64> -> !qz.vec<si64>
      qz.local_set %a, %own : !qz.local<!qz.vec<si64>>, !qz.vec<si64>
      qz.vec_set %own, %i, %element : !qz.vec<si64>, si64
      qz.yield
    }
    qz.return
  }
  // What somebody else was given may be somebody else's from then on, until it is made an owner again.
  func.func @given(%v: !qz.vec<si64>, %x: si64) {
    %a = qz.local %v : !qz.local<!qz.vec<si64>> from !qz.vec<si64>
    %r0 = qz.local_get %a : !qz.local<!qz.vec<si64>> -> !qz.vec<si64>
    %own0 = qz.vec_own %r0 : !qz.vec<si64> -> !qz.vec<si64>
    qz.local_set %a, %own0 : !qz.local<!qz.vec<si64>>, !qz.vec<si64>
    qz.vec_set %own0, %x, %x : !qz.vec<si64>, si64
    %r1 = qz.local_get %a : !qz.local<!qz.vec<si64>> -> !qz.vec<si64>
    %own1 = qz.vec_own %r1 : !qz.vec<si64> -> !qz.vec<si64>
    qz.local_set %a, %own1 : !qz.local<!qz.vec<si64>>, !qz.vec<si64>
    qz.vec_set %own1, %x, %x : !qz.vec<si64>, si64
    %given = qz.local_get %a : !qz.local<!qz.vec<si64>> -> !qz.vec<si64>
    func.call @anything(%given) : (!qz.vec<si64>) -> ()
    %r2 = qz.local_get %a : !qz.local<!qz.vec<si64>> -> !qz.vec<si64>
    %own2 = qz.vec_own %r2 : !qz.vec<si64> -> !qz.vec<si64>
    qz.local_set %a, %own2 : !qz.local<!qz.vec<si64>>, !qz.vec<si64>
    qz.vec_set %own2, %x, %x : !qz.vec<si64>, si64
    qz.return
  }
  // A loop that goes over the array sees it as it was; what is looked at later on is another's.
  func.func @seen_later(%n: si64, %x: si64) -> si64 {
    %filled = qz.vec_filled %n, %x : si64 -> !qz.vec<si64>
    %a = qz.local %filled : !qz.local<!qz.vec<si64>> from !qz.vec<si64>
    %all = qz.local_get %a : !qz.local<!qz.vec<si64>> -> !qz.vec<si64>
    qz.for_each %all : !qz.vec<si64> {
    ^bb0(%e: si64):
      %v = qz.local_get %a : !qz.local<!qz.vec<si64>> -> !qz.vec<si64>
      %own = qz.vec_own %v : !qz.vec<si64> -> !qz.vec<si64>
      qz.local_set %a, %own : !qz.local<!qz.vec<si64>>, !qz.vec<si64>
      qz.vec_set %own, %x, %e : !qz.vec<si64>, si64
      qz.yield
    }
    qz.return %x : si64
  }
  func.func @bound_as_well(%n: si64, %x: si64) -> si64 {
    %filled = qz.vec_filled %n, %x : si64 -> !qz.vec<si64>
    %a = qz.local %filled : !qz.local<!qz.vec<si64>> from !qz.vec<si64>
    %v = qz.local_get %a : !qz.local<!qz.vec<si64>> -> !qz.vec<si64>
    %own = qz.vec_own %v : !qz.vec<si64> -> !qz.vec<si64>
    qz.local_set %a, %own : !qz.local<!qz.vec<si64>>, !qz.vec<si64>
    qz.vec_set %own, %x, %n : !qz.vec<si64>, si64
    %old = qz.vec_get %filled, %x : !qz.vec<si64> -> si64
    qz.return %old : si64
  }
}

// CHECK:      func.func @new
// CHECK:        %{{.*}} = qz.vec_get
// CHECK-NEXT:   %[[V:.*]] = qz.local_get
// CHECK-NEXT:   qz.vec_set %[[V]],
// CHECK:      func.func @given
// CHECK:        qz.vec_own
// CHECK-NEXT:   qz.local_set
// CHECK-NEXT:   qz.vec_set
// CHECK-NEXT:   %[[AGAIN:.*]] = qz.local_get
// CHECK-NEXT:   qz.vec_set %[[AGAIN]],
// CHECK:        func.call @anything
// CHECK:        qz.vec_own
// CHECK:      func.func @seen_later
// CHECK:        qz.vec_own
// CHECK:      func.func @bound_as_well
// CHECK:        qz.vec_own
