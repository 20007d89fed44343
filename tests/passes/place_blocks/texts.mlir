// RUN: place_blocks
builtin.module {
  // What is compared, measured or made part of another text leaves nothing of itself.
  func.func @looked_at(%n: si64, %s: !qz.str, %small: ui8) -> i1 {
    %a = qz.show %n : si64
    %b = qz.show %small : ui8
    %c = qz.str_concat %s, %a, %b
    qz.drop %b : !qz.str
    %d = qz.str_cmp "eq" %a, %c
    qz.drop %a : !qz.str
    qz.drop %c : !qz.str
    func.return %d : i1
  }
  // A text that is returned, kept or handed over; one of a float is longer, and that of a string is the string.
  func.func @others(%n: si64, %x: f64, %s: !qz.str, %w: ui64) -> !qz.str {
    %a = qz.show %n : si64
    func.call @takes(%a) : (!qz.str) -> ()
    qz.drop %a : !qz.str
    %b = qz.show %x : f64
    %c = qz.show %s : !qz.str
    %d = qz.show %w : ui64
    %e = qz.str_concat %b, %c, %d
    qz.drop %d : !qz.str
    qz.drop %c : !qz.str
    qz.drop %b : !qz.str
    %f = qz.show %n : si64
    %v = qz.vec_lit %f : !qz.str -> !qz.vec<!qz.str>
    qz.drop %v : !qz.vec<!qz.str>
    %g = qz.show %n : si64
    func.return %g : !qz.str
  }
  func.func private @takes(!qz.str) -> ()
}
// CHECK:      func.func @looked_at
// CHECK-NEXT:   %a = qz.show %n {qz.local = "stack"} : si64
// CHECK-NEXT:   %b = qz.show %small {qz.local = "stack"} : ui8
// CHECK-NEXT:   %c = qz.str_concat %s, %a, %b
// CHECK-NEXT:   qz.drop %b {qz.local = "stack"} : !qz.str
// CHECK:        qz.drop %a {qz.local = "stack"} : !qz.str
// CHECK-NEXT:   qz.drop %c : !qz.str
// CHECK:      func.func @others
// CHECK-NOT:    qz.local
