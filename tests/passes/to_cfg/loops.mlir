// RUN: to_cfg
builtin.module {
  func.func @nested(%c: i1, %x: si64) -> si64 {
    %r = qz.loop label "outer" -> si64 {
      qz.while {
        qz.yield %c : i1
      } do {
        "qz.if"(%c) ({
          qz.continue
        }) : (i1) -> ()
        qz.break label "outer" %x : si64
      }
      qz.yield
    }
    qz.return %r : si64
  }
}
// CHECK:      func.func @nested
// CHECK-NEXT:   cf.br [[OUTER:\^bb[0-9]+]]
// CHECK-NEXT: [[OUTER]]:
// CHECK-NEXT:   cf.br [[HEADER:\^bb[0-9]+]]
// CHECK-NEXT: [[HEADER]]:
// CHECK-NEXT:   cf.cond_br %c, [[BODY:\^bb[0-9]+]], [[DONE:\^bb[0-9]+]]
// CHECK-NEXT: [[BODY]]:
// CHECK-NEXT:   cf.cond_br %c, [[AGAIN:\^bb[0-9]+]], [[LEAVE:\^bb[0-9]+]]
// CHECK-NEXT: [[AGAIN]]:
// CHECK-NEXT:   cf.br [[HEADER]]
// CHECK-NEXT: [[LEAVE]]:
// CHECK-NEXT:   cf.br [[AFTER:\^bb[0-9]+]](%x : si64)
// CHECK-NEXT: [[DONE]]:
// CHECK-NEXT:   cf.br [[OUTER]]
// CHECK-NEXT: [[AFTER]](%[[R:.*]]: si64):
// CHECK-NEXT:   func.return %[[R]] : si64
