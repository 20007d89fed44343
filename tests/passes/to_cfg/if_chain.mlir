// RUN: to_cfg
builtin.module {
  func.func @chain(%a: i1, %b: i1, %x: si64, %y: si64) -> si64 {
    %r = "qz.if"(%a) ({
      qz.yield %x : si64
    }, {
      qz.yield %b : i1
    }, {
      qz.return %y : si64
    }, {
      %s = qz.add %x, %y overflow "wrap" : si64
      qz.yield %s : si64
    }) : (i1) -> si64
    qz.return %r : si64
  }
}
// CHECK:      func.func @chain
// CHECK-NEXT:   cf.cond_br %a, [[THEN:\^bb[0-9]+]], [[TEST:\^bb[0-9]+]]
// CHECK-NEXT: [[THEN]]:
// CHECK-NEXT:   cf.br [[AFTER:\^bb[0-9]+]](%x : si64)
// CHECK-NEXT: [[TEST]]:
// CHECK-NEXT:   cf.cond_br %b, [[ELSIF:\^bb[0-9]+]], [[ELSE:\^bb[0-9]+]]
// CHECK-NEXT: [[ELSIF]]:
// CHECK-NEXT:   func.return %y : si64
// CHECK-NEXT: [[ELSE]]:
// CHECK-NEXT:   %s = qz.add %x, %y overflow "wrap" : si64
// CHECK-NEXT:   cf.br [[AFTER]](%s : si64)
// CHECK-NEXT: [[AFTER]](%{{.*}}: si64):
// CHECK-NEXT:   func.return
