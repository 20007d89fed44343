// RUN: fold_constants
builtin.module {
  func.func @folded(%c: i1, %x: si64) -> si64 {
    %six = qz.const 6 : si64 -> si64
    %seven = qz.const 7 : si64 -> si64
    %product = qz.mul %six, %seven overflow "trap" : si64
    %known = qz.cmp "lt" %six, %seven : si64
    %r = "qz.if"(%known) ({
      %inner = qz.add %product, %six overflow "trap" : si64
      qz.yield %inner : si64
    }, {
      qz.yield %x : si64
    }) : (i1) -> si64
    qz.return %r : si64
  }
  func.func @kept(%x: si8) -> si8 {
    %big = qz.const 100 : si8 -> si8
    %zero = qz.const 0 : si8 -> si8
    %overflows = qz.add %big, %big overflow "trap" : si8
    %divides = qz.div %big, %zero overflow "trap" : si8
    %unknown = qz.add %x, %zero overflow "trap" : si8
    qz.return %unknown : si8
  }
  func.func @text() -> !qz.str {
    %a = qz.str_const "ab"
    %b = qz.str_const "c"
    %r = qz.str_concat %a, %b
    qz.return %r : !qz.str
  }
}
// CHECK:     func.func @folded
// CHECK-NOT:   qz.mul
// CHECK:       %[[PRODUCT:.*]] = qz.const 42 : si64
// CHECK:       %[[KNOWN:.*]] = qz.const true
// CHECK:       qz.if %[[KNOWN]]
// CHECK:       %[[INNER:.*]] = qz.const 48 : si64
// CHECK-NEXT:  qz.yield %[[INNER]]

// What would panic, or is not known, stays.
// CHECK:     func.func @kept
// CHECK:       qz.add %big, %big overflow "trap"
// CHECK-NEXT:  qz.div %big, %zero overflow "trap"
// CHECK-NEXT:  qz.add %x, %zero overflow "trap"

// CHECK:     func.func @text
// CHECK:       %[[TEXT:.*]] = qz.str_const "abc"
// CHECK-NEXT:  qz.return %[[TEXT]]
