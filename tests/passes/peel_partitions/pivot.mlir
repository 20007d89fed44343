// RUN: peel_partitions
// What is compared with is read from the middle: where a search begins outside it panics at once, and else
// nothing is checked.
builtin.module {
  func.func @divide(%v: !qz.vec<si32>, %first: si64, %last: si64) {
    %span = qz.sub %last, %first overflow "wrap" : si64
    %two = qz.const 2 : si64 -> si64
    %half = qz.div %span, %two overflow "wrap" : si64
    %middle = qz.add %first, %half overflow "wrap" : si64
    %pivot = qz.vec_get %v, %middle : !qz.vec<si32> -> si32
    %low = qz.local "i" %first : !qz.local<si64> from si64
    %high = qz.local "j" %last : !qz.local<si64> from si64
    qz.while label "l0" {
      %i = qz.local_get %low : !qz.local<si64> -> si64
      %j = qz.local_get %high : !qz.local<si64> -> si64
      %more = qz.cmp "le" %i, %j : si64
      qz.yield %more : i1
    } do {
      qz.while {
        %at = qz.local_get %low : !qz.local<si64> -> si64
        %x = qz.vec_get %v, %at : !qz.vec<si32> -> si32
        %less = qz.cmp "lt" %x, %pivot : si32
        qz.yield %less : i1
      } do {
        %at = qz.local_get %low : !qz.local<si64> -> si64
        %one = qz.const 1 : si64 -> si64
        %up = qz.add %at, %one overflow "wrap" : si64
        qz.local_set %low, %up : !qz.local<si64>, si64
        qz.yield
      }
      qz.while {
        %at = qz.local_get %high : !qz.local<si64> -> si64
        %x = qz.vec_get %v, %at : !qz.vec<si32> -> si32
        %greater = qz.cmp "lt" %pivot, %x : si32
        qz.yield %greater : i1
      } do {
        %at = qz.local_get %high : !qz.local<si64> -> si64
        %one = qz.const 1 : si64 -> si64
        %down = qz.sub %at, %one overflow "wrap" : si64
        qz.local_set %high, %down : !qz.local<si64>, si64
        qz.yield
      }
      %l = qz.local_get %low : !qz.local<si64> -> si64
      %h = qz.local_get %high : !qz.local<si64> -> si64
      %apart = qz.cmp "le" %l, %h : si64
      qz.if %apart {
        %here = qz.local_get %low : !qz.local<si64> -> si64
        %held = qz.vec_get %v, %here : !qz.vec<si32> -> si32
        %there = qz.local_get %high : !qz.local<si64> -> si64
        %other = qz.vec_get %v, %there : !qz.vec<si32> -> si32
        qz.vec_set %v, %here, %other : !qz.vec<si32>, si32
        qz.vec_set %v, %there, %held : !qz.vec<si32>, si32
        %one = qz.const 1 : si64 -> si64
        %up = qz.add %here, %one overflow "wrap" : si64
        qz.local_set %low, %up : !qz.local<si64>, si64
        %down = qz.sub %there, %one overflow "wrap" : si64
        qz.local_set %high, %down : !qz.local<si64>, si64
        qz.yield
      }
      qz.yield
    }
    qz.return
  }
  // Nothing is known of another place, so the first turn stays as it was.
  func.func @elsewhere(%v: !qz.vec<si32>, %first: si64, %last: si64, %place: si64) {
    %pivot = qz.vec_get %v, %place : !qz.vec<si32> -> si32
    %low = qz.local "i" %first : !qz.local<si64> from si64
    %high = qz.local "j" %last : !qz.local<si64> from si64
    qz.while {
      %i = qz.local_get %low : !qz.local<si64> -> si64
      %j = qz.local_get %high : !qz.local<si64> -> si64
      %more = qz.cmp "le" %i, %j : si64
      qz.yield %more : i1
    } do {
      qz.while {
        %at = qz.local_get %low : !qz.local<si64> -> si64
        %x = qz.vec_get %v, %at : !qz.vec<si32> -> si32
        %less = qz.cmp "lt" %x, %pivot : si32
        qz.yield %less : i1
      } do {
        %at = qz.local_get %low : !qz.local<si64> -> si64
        %one = qz.const 1 : si64 -> si64
        %up = qz.add %at, %one overflow "wrap" : si64
        qz.local_set %low, %up : !qz.local<si64>, si64
        qz.yield
      }
      qz.while {
        %at = qz.local_get %high : !qz.local<si64> -> si64
        %x = qz.vec_get %v, %at : !qz.vec<si32> -> si32
        %greater = qz.cmp "gt" %x, %pivot : si32
        qz.yield %greater : i1
      } do {
        %at = qz.local_get %high : !qz.local<si64> -> si64
        %one = qz.const 1 : si64 -> si64
        %down = qz.sub %at, %one overflow "wrap" : si64
        qz.local_set %high, %down : !qz.local<si64>, si64
        qz.yield
      }
      %l = qz.local_get %low : !qz.local<si64> -> si64
      %h = qz.local_get %high : !qz.local<si64> -> si64
      %apart = qz.cmp "le" %l, %h : si64
      qz.if %apart {
        %here = qz.local_get %low : !qz.local<si64> -> si64
        %held = qz.vec_get %v, %here : !qz.vec<si32> -> si32
        %there = qz.local_get %high : !qz.local<si64> -> si64
        %other = qz.vec_get %v, %there : !qz.vec<si32> -> si32
        qz.vec_set %v, %here, %other : !qz.vec<si32>, si32
        qz.vec_set %v, %there, %held : !qz.vec<si32>, si32
        %one = qz.const 1 : si64 -> si64
        %up = qz.add %here, %one overflow "wrap" : si64
        qz.local_set %low, %up : !qz.local<si64>, si64
        %down = qz.sub %there, %one overflow "wrap" : si64
        qz.local_set %high, %down : !qz.local<si64>, si64
        qz.yield
      }
      qz.yield
    }
    qz.return
  }
}
// CHECK:       func.func @divide(
// CHECK:       [[is:%[0-9a-z_]+]] = qz.cmp "le" %first, %last : si64
// CHECK-NEXT:  qz.if [[is]] {
// CHECK-NEXT:    [[nought:%[0-9a-z_]+]] = qz.const 0 : si64 -> si64
// CHECK-NEXT:    [[size:%[0-9a-z_]+]] = qz.vec_size %v
// CHECK-NEXT:    [[below:%[0-9a-z_]+]] = qz.cmp "lt" %first, [[nought]] : si64
// CHECK-NEXT:    qz.if [[below]] {
// CHECK-NEXT:      %{{[0-9a-z_]+}} = qz.vec_get %v, %middle : !qz.vec<si32> -> si32
// CHECK-NEXT:      %{{[0-9a-z_]+}} = qz.vec_get %v, %first
// CHECK-NEXT:      qz.unreachable
// CHECK-NEXT:    }
// CHECK-NEXT:    [[above:%[0-9a-z_]+]] = qz.cmp "ge" %last, [[size]] : si64
// CHECK-NEXT:    qz.if [[above]] {
// CHECK-NEXT:      %{{[0-9a-z_]+}} = qz.vec_get %v, %middle : !qz.vec<si32> -> si32
// CHECK-NEXT:      %{{[0-9a-z_]+}} = qz.vec_get %v, %last
// CHECK-NEXT:      qz.unreachable
// CHECK-NEXT:    }
// CHECK-NEXT:    %pivot = qz.vec_get unchecked %v, %middle
// CHECK-NEXT:    qz.loop label "l0" {
// CHECK:           qz.vec_get unchecked %v
// CHECK:           qz.vec_set unchecked %v
// CHECK:           %more = qz.cmp "le" %i, %j : si64
// CHECK-NEXT:      qz.if %more {
// CHECK-NEXT:        qz.yield
// CHECK-NEXT:      } else {
// CHECK-NEXT:        qz.break
// CHECK-NEXT:      }
// CHECK:       } else {
// CHECK-NEXT:    %{{[0-9a-z_]+}} = qz.vec_get %v, %middle
// CHECK:       func.func @elsewhere(
// CHECK:       %pivot = qz.vec_get %v, %place
// CHECK:       qz.if
// CHECK:         qz.vec_get %v
// CHECK:         qz.vec_get unchecked %v
