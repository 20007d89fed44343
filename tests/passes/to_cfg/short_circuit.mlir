// RUN: to_cfg
builtin.module {
  func.func @both(%a: i1, %b: i1) -> i1 {
    %r = qz.all {
      qz.yield %a : i1
    } {
      qz.yield %b : i1
    }
    qz.return %r : i1
  }
  func.func @either(%a: i1, %b: i1) -> i1 {
    %r = qz.any {
      qz.yield %a : i1
    } {
      qz.yield %b : i1
    }
    qz.return %r : i1
  }
}
// CHECK:      func.func @both
// CHECK-NEXT:   %[[NO:.*]] = qz.const false -> i1
// CHECK-NEXT:   cf.br ^bb1
// CHECK-NEXT: ^bb1:
// CHECK-NEXT:   cf.cond_br %a, ^bb2, ^bb3(%[[NO]] : i1)
// CHECK-NEXT: ^bb2:
// CHECK-NEXT:   cf.br ^bb3(%b : i1)
// CHECK-NEXT: ^bb3(%[[R:.*]]: i1):
// CHECK-NEXT:   func.return %[[R]] : i1
// CHECK:      func.func @either
// CHECK-NEXT:   %[[YES:.*]] = qz.const true -> i1
// CHECK:        cf.cond_br %a, ^bb3(%[[YES]] : i1), ^bb2
