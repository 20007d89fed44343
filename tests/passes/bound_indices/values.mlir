// RUN: bound_indices
builtin.module {
  // A stack: its top is what the checks on the way have let through, so one below it has only to be found out
  // to be no less than 0, and then the top is inside as well.
  func.func @stack(%x: si64, %more: i1, %which: i1) -> si64 {
    %0 = qz.const 64 : si64 -> si64
    %1 = qz.const 0 : si64 -> si64
    %2 = qz.const 1 : si64 -> si64
    %v = qz.vec_filled %0, %1 : si64 -> !qz.vec<si64>
    %top = qz.local "top" %1 : !qz.local<si64> from si64
    cf.br ^bb1
  ^bb1:
    cf.cond_br %more, ^bb2, ^bb4
  ^bb2:
    cf.cond_br %which, ^bb3, ^bb5
  ^bb3:
    %t = qz.local_get %top : !qz.local<si64> -> si64
    qz.vec_set %v, %t, %x : !qz.vec<si64>, si64
    %u = qz.add %t, %2 overflow "wrap" : si64
    qz.local_set %top, %u : !qz.local<si64>, si64
    cf.br ^bb1
  ^bb5:
    %s = qz.local_get %top : !qz.local<si64> -> si64
    %low = qz.sub %s, %2 overflow "wrap" : si64
    qz.local_set %top, %low : !qz.local<si64>, si64
    %lower = qz.sub %low, %2 overflow "wrap" : si64
    %a = qz.vec_get %v, %lower : !qz.vec<si64> -> si64
    %b = qz.vec_get %v, %low : !qz.vec<si64> -> si64
    %c = qz.add %a, %b overflow "wrap" : si64
    qz.vec_set %v, %lower, %c : !qz.vec<si64>, si64
    cf.br ^bb1
  ^bb4:
    qz.drop %v : !qz.vec<si64>
    func.return %x : si64
  }
  // What is stored are indices of the vector itself, and what is there at first is 0, so what is read is one.
  func.func @elements(%n: si64, %i: si64) -> si64 {
    %0 = qz.const 0 : si64 -> si64
    %1 = qz.const 1 : si64 -> si64
    %v = qz.vec_filled %n, %0 : si64 -> !qz.vec<si64>
    %w = qz.vec_filled %n, %i : si64 -> !qz.vec<si64>
    cf.br ^bb1(%0 : si64)
  ^bb1(%k: si64):
    %more = qz.cmp "lt" %k, %n : si64
    cf.cond_br %more, ^bb2, ^bb3
  ^bb2:
    qz.vec_set %v, %k, %k : !qz.vec<si64>, si64
    %next = qz.add %k, %1 overflow "none" : si64
    cf.br ^bb1(%next : si64)
  ^bb3:
    %a = qz.vec_get %v, %i : !qz.vec<si64> -> si64
    %b = qz.vec_get %v, %a : !qz.vec<si64> -> si64
    %least = qz.cmp "ge" %b, %0 : si64
    cf.cond_br %least, ^bb4, ^bb5
  ^bb4:
    %c = qz.vec_get %w, %b : !qz.vec<si64> -> si64
    %d = qz.vec_get %w, %c : !qz.vec<si64> -> si64
    func.return %d : si64
  ^bb5:
    func.return %0 : si64
  }
  // A mask, a remainder, a shift; a remainder of something that may be negative is too.
  func.func @masks(%x: si64, %n: si64) -> si64 {
    %0 = qz.const 8 : si64 -> si64
    %1 = qz.const 7 : si64 -> si64
    %2 = qz.const 0 : si64 -> si64
    %3 = qz.const 3 : si64 -> si64
    %v = qz.vec_filled %0, %2 : si64 -> !qz.vec<si64>
    %w = qz.vec_filled %n, %2 : si64 -> !qz.vec<si64>
    %i = qz.bit_and %x, %1 : si64
    %a = qz.vec_get %v, %i : !qz.vec<si64> -> si64
    %j = qz.rem %i, %n overflow "wrap" : si64
    %b = qz.vec_get %w, %j : !qz.vec<si64> -> si64
    %k = qz.rem %x, %0 overflow "wrap" : si64
    %c = qz.vec_get %v, %k : !qz.vec<si64> -> si64
    %l = qz.shr %i, %3 : si64 by si64
    %d = qz.vec_get %w, %l : !qz.vec<si64> -> si64
    func.return %d : si64
  }
  // A byte, and a truth value.
  func.func @bytes(%s: !qz.str, %i: si64, %is: i1) -> si64 {
    %0 = qz.const 256 : si64 -> si64
    %1 = qz.const 0 : si64 -> si64
    %2 = qz.const 2 : si64 -> si64
    %v = qz.vec_filled %0, %1 : si64 -> !qz.vec<si64>
    %w = qz.vec_filled %2, %1 : si64 -> !qz.vec<si64>
    %byte = qz.str_byte_at %s, %i
    %a = qz.vec_get %v, %byte : !qz.vec<si64> -> si64
    %b = qz.vec_get %w, %byte : !qz.vec<si64> -> si64
    %bit = qz.cast %is : i1 to si64
    %c = qz.vec_get %w, %bit : !qz.vec<si64> -> si64
    func.return %c : si64
  }
  // The size of a vector that a call may change is another one behind it; that of one that is handed over
  // bare is not, but its elements are.
  func.func private @grow(!qz.vec<si64>) -> ()
  func.func private @fill(!qz.vec<si64>) -> ()
  func.func @calls(%i: si64) -> si64 {
    %0 = qz.const 8 : si64 -> si64
    %2 = qz.const 0 : si64 -> si64
    %v = qz.vec_filled %0, %2 : si64 -> !qz.vec<si64>
    %w = qz.vec_filled %0, %2 : si64 -> !qz.vec<si64>
    func.call @grow(%v) : (!qz.vec<si64>) -> ()
    func.call @fill(%w) {qz.takes_bare = array<i64: 0>} : (!qz.vec<si64>) -> ()
    %a = qz.vec_get %v, %2 : !qz.vec<si64> -> si64
    %b = qz.vec_get %w, %2 : !qz.vec<si64> -> si64
    %c = qz.vec_get %w, %b : !qz.vec<si64> -> si64
    func.return %c : si64
  }
  // A variable that goes up without end may wrap; where it is compared first it cannot be too large.
  func.func @wraps(%v: !qz.vec<si64>, %more: i1) -> si64 {
    %0 = qz.const 0 : si64 -> si64
    %1 = qz.const 1 : si64 -> si64
    %2 = qz.const 2 : si64 -> si64
    %i = qz.local "i" %0 : !qz.local<si64> from si64
    %n = qz.vec_size %v : !qz.vec<si64>
    cf.br ^bb1
  ^bb1:
    %a = qz.local_get %i : !qz.local<si64> -> si64
    %b = qz.add %a, %1 overflow "wrap" : si64
    qz.local_set %i, %b : !qz.local<si64>, si64
    %in = qz.cmp "lt" %a, %n : si64
    cf.cond_br %in, ^bb2, ^bb3
  ^bb2:
    %x = qz.vec_get %v, %a : !qz.vec<si64> -> si64
    cf.cond_br %more, ^bb1, ^bb4
  ^bb3:
    cf.cond_br %more, ^bb1, ^bb4
  ^bb4:
    func.return %0 : si64
  }
  func.func @compared(%v: !qz.vec<si64>) -> si64 {
    %0 = qz.const 0 : si64 -> si64
    %1 = qz.const 1 : si64 -> si64
    %2 = qz.const 2 : si64 -> si64
    %n = qz.vec_size %v : !qz.vec<si64>
    %i = qz.local "i" %0 : !qz.local<si64> from si64
    cf.br ^bb1
  ^bb1:
    %a = qz.local_get %i : !qz.local<si64> -> si64
    %over = qz.cmp "ge" %a, %n : si64
    %done = qz.cmp "eq" %a, %n : si64
    cf.cond_br %over, ^bb3, ^bb2
  ^bb2:
    %x = qz.vec_get %v, %a : !qz.vec<si64> -> si64
    %known = qz.cmp "lt" %a, %n : si64
    cf.cond_br %known, ^bb4, ^bb3
  ^bb4:
    %b = qz.add %a, %1 overflow "wrap" : si64
    qz.local_set %i, %b : !qz.local<si64>, si64
    cf.br ^bb1
  ^bb3:
    func.return %0 : si64
  }
}
// CHECK:       func.func @stack(
// CHECK:       qz.vec_set %{{[0-9a-z_]+}}, %t, %x : !qz.vec<si64>, si64
// CHECK:       qz.vec_get %{{[0-9a-z_]+}}, %lower {qz.checked = "sign"} :
// CHECK:       qz.vec_get unchecked %{{[0-9a-z_]+}}, %low :
// CHECK:       qz.vec_set unchecked %{{[0-9a-z_]+}}, %lower, %c :
// CHECK:       func.func @elements(
// CHECK:       qz.vec_set unchecked %{{[0-9a-z_]+}}, %k, %k :
// CHECK:       %a = qz.vec_get %{{[0-9a-z_]+}}, %i :
// CHECK-NEXT:  %b = qz.vec_get unchecked %{{[0-9a-z_]+}}, %a :
// CHECK-NEXT:  %least = qz.const true -> i1
// CHECK:       %c = qz.vec_get unchecked %{{[0-9a-z_]+}}, %b :
// CHECK-NEXT:  %d = qz.vec_get %{{[0-9a-z_]+}}, %c :
// CHECK:       func.func @masks(
// CHECK:       %a = qz.vec_get unchecked
// CHECK:       %b = qz.vec_get unchecked
// CHECK:       %c = qz.vec_get %{{[0-9a-z_]+}}, %k {qz.checked = "sign"} :
// CHECK:       %d = qz.vec_get unchecked
// CHECK:       func.func @bytes(
// CHECK:       %byte = qz.str_byte_at %s, %i
// CHECK-NEXT:  %a = qz.vec_get unchecked
// CHECK-NEXT:  %b = qz.vec_get %
// CHECK:       %c = qz.vec_get unchecked
// CHECK:       func.func @calls(
// CHECK:       %a = qz.vec_get %{{[0-9a-z_]+}}, %{{[0-9a-z_]+}} :
// CHECK-NEXT:  %b = qz.vec_get unchecked
// CHECK-NEXT:  %c = qz.vec_get %{{[0-9a-z_]+}}, %b :
// CHECK:       func.func @wraps(
// CHECK:       %x = qz.vec_get %{{[0-9a-z_]+}}, %a {qz.checked = "sign"} :
// CHECK:       func.func @compared(
// CHECK:       qz.vec_get unchecked %{{[0-9a-z_]+}}, %a :
// CHECK-NEXT:  %known = qz.const true -> i1
