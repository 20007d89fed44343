// RUN: peel_partitions
// The first turn as it was, then the others without checks.
builtin.module {
  func.func @partition(%v: !qz.vec<si32>, %first: si64, %last: si64, %pivot: si32) {
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
  func.func @searches_for_the_index(%v: !qz.vec<si32>, %first: si64, %last: si64, %pivot: si32) {
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
        %less = qz.cmp "lt" %at, %last : si64
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
  func.func @looks_for_the_end_first(%v: !qz.vec<si32>, %first: si64, %last: si64, %pivot: si32) {
    %low = qz.local "i" %first : !qz.local<si64> from si64
    %high = qz.local "j" %last : !qz.local<si64> from si64
    qz.while {
      %i = qz.local_get %low : !qz.local<si64> -> si64
      %j = qz.local_get %high : !qz.local<si64> -> si64
      %more = qz.cmp "le" %i, %j : si64
      qz.yield %more : i1
    } do {
      qz.while {
        %goes_on = qz.all {
          %at = qz.local_get %low : !qz.local<si64> -> si64
          %within = qz.cmp "lt" %at, %last : si64
          qz.yield %within : i1
        } {
          %at = qz.local_get %low : !qz.local<si64> -> si64
          %x = qz.vec_get %v, %at : !qz.vec<si32> -> si32
          %less = qz.cmp "lt" %x, %pivot : si32
          qz.yield %less : i1
        }
        qz.yield %goes_on : i1
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
  func.func @goes_on_without_an_exchange(%v: !qz.vec<si32>, %first: si64, %last: si64, %pivot: si32) {
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
      %apart = qz.cmp "lt" %l, %h : si64
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
  func.func @exchanges_nothing(%v: !qz.vec<si32>, %first: si64, %last: si64, %pivot: si32) {
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
        qz.vec_set %v, %there, %other : !qz.vec<si32>, si32
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
  func.func @goes_on_by_two(%v: !qz.vec<si32>, %first: si64, %last: si64, %pivot: si32) {
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
        %up = qz.add %here, %here overflow "wrap" : si64
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
// CHECK:      func.func @partition
// CHECK:        %[[MORE:.*]] = qz.cmp "le"
// CHECK-NEXT:   qz.if %[[MORE]] {
// CHECK-NEXT:     qz.while {
// CHECK:            qz.vec_get %v
// CHECK:            qz.vec_get %v
// CHECK:          qz.if
// CHECK:            qz.vec_get %v
// CHECK:            qz.vec_set %v
// CHECK:            qz.vec_set %v
// CHECK:          qz.while {
// CHECK:            qz.cmp "le"
// CHECK:          } do {
// CHECK-NEXT:       qz.while {
// CHECK:              qz.vec_get unchecked %v
// CHECK:              qz.vec_get unchecked %v
// CHECK:            qz.if
// CHECK:              qz.vec_get unchecked %v
// CHECK:              qz.vec_get unchecked %v
// CHECK:              qz.vec_set unchecked %v
// CHECK:              qz.vec_set unchecked %v
// CHECK:      func.func @searches_for_the_index
// CHECK-NOT:    unchecked
// CHECK:      func.func @looks_for_the_end_first
// CHECK-NOT:    unchecked
// CHECK:      func.func @goes_on_without_an_exchange
// CHECK-NOT:    unchecked
// CHECK:      func.func @exchanges_nothing
// CHECK-NOT:    unchecked
// CHECK:      func.func @goes_on_by_two
// CHECK-NOT:    unchecked
