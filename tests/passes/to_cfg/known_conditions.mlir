// RUN: to_cfg
builtin.module {
  // What a known condition rules out is not there, and counts as no use of anything.
  func.func @if(%x: si64) -> si64 {
    %no = qz.const false -> i1
    %r = "qz.if"(%no) ({
      %twice = qz.add %x, %x overflow "wrap" : si64
      qz.yield %twice : si64
    }, {
      qz.yield %x : si64
    }) : (i1) -> si64
    qz.return %r : si64
  }
  func.func @elsif(%a: i1, %x: si64, %y: si64) -> si64 {
    %r = "qz.if"(%a) ({
      qz.yield %x : si64
    }, {
      %yes = qz.const true -> i1
      qz.yield %yes : i1
    }, {
      qz.return %y : si64
    }, {
      %s = qz.add %x, %y overflow "wrap" : si64
      qz.yield %s : si64
    }) : (i1) -> si64
    qz.return %r : si64
  }
}
// CHECK:      func.func @if
// CHECK-NOT:    cf.cond_br
// CHECK-NOT:    qz.add
// CHECK:        cf.br [[AFTER:\^bb[0-9]+]](%x : si64)
// CHECK-NEXT: [[AFTER]](%{{.*}}: si64):
// CHECK:      func.func @elsif
// CHECK:        cf.cond_br %a
// CHECK-NOT:    cf.cond_br
// CHECK-NOT:    qz.add
// CHECK:        func.return %y
