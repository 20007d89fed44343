// error: arithmetic on integers needs an overflow mode
func.func @f(%a: si64) {
  %0 = qz.add %a, %a : si64
  qz.return
}
// -----
// error: arithmetic on floats has no overflow mode
func.func @f(%a: f64) {
  %0 = qz.mul %a, %a overflow "trap" : f64
  qz.return
}
// -----
// error: overflow mode is trap, wrap or none
func.func @f(%a: si64) {
  %0 = qz.sub %a, %a overflow "clamp" : si64
  qz.return
}
// -----
// error: expected an integer or float type, found i1
func.func @f(%a: i1) {
  %0 = qz.div %a, %a : i1
  qz.return
}
// -----
// error: expected an integer or float type, found !qz.str
func.func @f(%a: !qz.str) {
  %0 = qz.neg %a : !qz.str
  qz.return
}
// -----
// error: attribute si64 expected from variable 'T', but got ui8
func.func @f(%a: si64, %u: ui8) {
  %0 = "qz.rem"(%a, %u) <{overflow = "trap"}> : (si64, ui8) -> si64
  qz.return
}
// -----
// error: expected an integer type or i1, found f64
func.func @f(%a: f64) {
  %0 = qz.bit_and %a, %a : f64
  qz.return
}
// -----
// error: expected an integer type or i1, found !qz.char
func.func @f(%a: !qz.char) {
  %0 = qz.bit_or %a, %a : !qz.char
  qz.return
}
// -----
// error: expected an integer type or i1, found i64
func.func @f(%a: i64) {
  %0 = qz.bit_xor %a, %a : i64
  qz.return
}
// -----
// error: expected one of ones, leading_zeros, trailing_zeros, found zeros
func.func @f(%a: ui64) {
  %0 = qz.count_bits "zeros" %a
  qz.return
}
// -----
// error: expected an integer type, found i1
func.func @f(%a: i1) {
  %0 = qz.bit_not %a : i1
  qz.return
}
// -----
// error: expected an integer type, found f64
func.func @f(%a: si64, %x: f64) {
  %0 = qz.shl %a, %x : si64 by f64
  qz.return
}
// -----
// error: expected an integer type, found i1
func.func @f(%a: i1, %x: si64) {
  %0 = qz.shr %a, %x : i1 by si64
  qz.return
}
// -----
// error: a constant of si64 holds a si64, found 5 : i64
func.func @f() {
  %0 = qz.const 5 : i64 -> si64
  qz.return
}
// -----
// error: a constant of !qz.char holds a i64
func.func @f() {
  %0 = qz.const 5 : si64 -> !qz.char
  qz.return
}
// -----
// error: a constant of f32 holds a f32
func.func @f() {
  %0 = qz.const 5.0 : f64 -> f32
  qz.return
}
// -----
// error: a constant of !qz.str holds a i64
func.func @f() {
  %0 = qz.const "a" -> !qz.str
  qz.return
}
// -----
// error: unknown predicate "slt"
func.func @f(%a: si64) {
  %0 = qz.cmp "slt" %a, %a : si64
  qz.return
}
// -----
// error: expected a number, Bool or Char, found !qz.str
func.func @f(%a: !qz.str) {
  %0 = qz.cmp "eq" %a, %a : !qz.str
  qz.return
}
// -----
// error: but got si64
func.func @f(%a: si64) {
  %0 = "qz.not"(%a) : (si64) -> i1
  qz.return
}
// -----
// error: cannot cast from !qz.str
func.func @f(%a: !qz.str) {
  %0 = qz.cast %a : !qz.str to si64
  qz.return
}
// -----
// error: cannot cast to i1
func.func @f(%a: si64) {
  %0 = qz.cast %a : si64 to i1
  qz.return
}
// -----
// error: a cell is not a word
func.func @f(%a: si64) {
  %0 = qz.local %a : !qz.local<si64> from si64
  %1 = qz.reinterpret %0 : !qz.local<si64> to si64
  qz.return
}
