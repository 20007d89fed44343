// RUN: eliminate_dead
builtin.module {
  func.func @clean(%v: !qz.vec<si64>, %c: i1) {
    %one = qz.const 1 : si64 -> si64
    %unused = qz.add %one, %one overflow "wrap" : si64
    %may_panic = qz.add %one, %one overflow "trap" : si64
    %checked = qz.vec_get %v, %one : !qz.vec<si64> -> si64
    qz.if %c {
      %dead = qz.cmp "lt" %one, %one : si64
      qz.yield
    }
    qz.return
  }
  func.func @gone() {
    %one = qz.const 1 : si64 -> si64
    %chain = qz.bit_not %one : si64
    %end = qz.bit_not %chain : si64
    qz.return
  }
}
// CHECK:      func.func @clean
// CHECK-NEXT:   %one = qz.const 1
// CHECK-NEXT:   qz.add %one, %one overflow "trap"
// CHECK-NEXT:   qz.vec_get %v, %one
// CHECK-NEXT:   qz.if %c {
// CHECK-NEXT:     qz.yield
// CHECK:      func.func @gone() {
// CHECK-NEXT:   qz.return
