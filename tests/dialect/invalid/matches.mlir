// error: a word of a payload is word, ref or nullable, found i64
func.func @f(%e: !qz.enum<"E", A(i64)>) {
  qz.return
}
// -----
// error: the enum has 2 variants, found the number 2
func.func @f() {
  %0 = qz.enum_new 2 -> !qz.enum<"E", A(word, ref), B>
  qz.return
}
// -----
// error: the variant has a payload of 2, found 1
func.func @f(%a: si64) {
  %0 = qz.enum_new 0 %a : si64 -> !qz.enum<"E", A(word, ref), B>
  qz.return
}
// -----
// error: should be of base attribute qz.enum
func.func @f(%a: si64) {
  %0 = "qz.enum_tag"(%a) : (si64) -> si64
  qz.return
}
// -----
// error: the variant has a payload of 2
func.func @f(%e: !qz.enum<"E", A(word, ref), B>) {
  %0 = qz.enum_get %e[0, 2] : !qz.enum<"E", A(word, ref), B> -> si64
  qz.return
}
// -----
// error: the enum has 2 variants, found the number 7
func.func @f(%e: !qz.enum<"E", A(word, ref), B>) {
  %0 = qz.enum_get %e[7, 0] : !qz.enum<"E", A(word, ref), B> -> si64
  qz.return
}
// -----
// error: expected an integer type, found f64
func.func @f(%a: f64) {
  qz.switch %a : f64 default {
    qz.yield
  }
  qz.return
}
// -----
// error: a switch names each number once
func.func @f(%a: si64) {
  qz.switch %a : si64 case 1 {
    qz.yield
  } case 2, 1 {
    qz.yield
  }
  qz.return
}
// -----
// error: each case of a switch has its numbers
func.func @f(%a: si64) {
  "qz.switch"(%a) <{values = array<i64: 1>, counts = array<i64: 2>}> ({
    qz.yield
  }) : (si64) -> ()
  qz.return
}
// -----
// error: a case has one region
func.func @f(%a: si64) {
  "qz.switch"(%a) <{values = array<i64: 1, 2>, counts = array<i64: 1, 1>}> ({
    qz.yield
  }) : (si64) -> ()
  qz.return
}
// -----
// error: a switch has at least one region
func.func @f(%a: si64) {
  qz.switch %a : si64
  qz.return
}
// -----
// error: yielded values: expected (si64), found ()
func.func @f(%a: si64) {
  %0 = qz.switch %a : si64 -> si64 default {
    qz.yield
  }
  qz.return
}
// -----
// error: a number has one block
func.func @f(%a: si64) {
  "qz.switch_br"(%a) [^bb1] <{values = array<i64: 1>}> : (si64) -> ()
^bb1:
  func.return
}
// -----
// error: a block that a switch goes to has no arguments
func.func @f(%a: si64) {
  qz.switch_br %a : si64 case 1 ^bb1 default ^bb1
^bb1(%b: si64):
  func.return
}
// -----
// error: a decision takes an arm, it does not yield
func.func @f() {
  qz.match {
    qz.yield
  }
  qz.return
}
// -----
// error: a match has a decision
func.func @f() {
  "qz.match"() : () -> ()
  qz.return
}
// -----
// error: yielded values: expected (si64), found ()
func.func @f() {
  %0 = qz.match -> si64 {
    qz.take 0
  } arm {
    qz.yield
  }
  qz.return
}
// -----
// error: a take stands in a match
func.func @f() {
  qz.take 0
}
// -----
// error: the match has 1 arms
func.func @f() {
  qz.match {
    qz.take 1
  } arm {
    qz.yield
  }
  qz.return
}
// -----
// error: a take leads to an arm behind it
func.func @f() {
  qz.match {
    qz.take 0
  } arm {
    qz.take 0
  }
  qz.return
}
// -----
// error: arguments of the arm: expected (si64), found (i1)
func.func @f(%a: i1) {
  qz.match {
    qz.take 0 %a : i1
  } arm {
  ^bb0(%x: si64):
    qz.yield
  }
  qz.return
}
