// error: no access of kind "u" is 3 bytes wide
func.func @f(%a: i64) {
  %0 = qzrt.load "u" 3 %a scale 1 offset 0 : i64
  func.return
}
// -----
// error: no access of kind "q" is 8 bytes wide
func.func @f(%a: i64) {
  qzrt.store "q" 8 %a to %a scale 1 offset 0 : i64
  func.return
}
// -----
// error: an access of kind "f" and width 4 has type f32, found f64
func.func @f(%a: i64) {
  %0 = qzrt.load "f" 4 %a scale 1 offset 0 : f64
  func.return
}
// -----
// error: the slot holds i64, found f64
func.func @f() {
  %0 = qzrt.slot : !qzrt.slot<i64>
  %1 = qzrt.slot_load %0 : !qzrt.slot<i64> -> f64
  func.return
}
// -----
// error: the slot holds i64, found f64
func.func @f(%x: f64) {
  %0 = qzrt.slot : !qzrt.slot<i64>
  qzrt.slot_store %0, %x : !qzrt.slot<i64>, f64
  func.return
}
// -----
// error: the slot holds si32, found i1
func.func @f(%x: i1) {
  %0 = qzrt.slot : !qzrt.slot<si32>
  qzrt.slot_store %0, %x : !qzrt.slot<si32>, i1
  func.return
}
// -----
// error: a width is 8, 16, 32 or 64 bits, found 4
func.func @f(%a: i64) {
  %0 = qzrt.add_checked 4 %a, %a
  func.return
}
// -----
// error: a width is 8, 16, 32 or 64 bits, found 65
func.func @f(%a: i64) {
  %0 = qzrt.sub_checked 65 %a, %a
  func.return
}
// -----
// error: a width is 8, 16, 32 or 64 bits, found 0
func.func @f(%a: i64) {
  %0 = qzrt.mul_checked 0 %a, %a
  func.return
}
// -----
// error: a width is 8, 16, 32 or 64 bits, found 7
func.func @f(%a: i64) {
  %0 = qzrt.add_wrapped 7 %a, %a
  func.return
}
// -----
// error: a width is 8, 16, 32 or 64 bits, found 9
func.func @f(%a: i64) {
  %0 = qzrt.sub_wrapped 9 %a, %a
  func.return
}
// -----
// error: a width is 8, 16, 32 or 64 bits, found 24
func.func @f(%a: i64) {
  %0 = qzrt.mul_wrapped 24 %a, %a
  func.return
}
// -----
// error: a width is 8, 16, 32 or 64 bits, found 1
func.func @f(%a: i64) {
  %0 = qzrt.wrap 1 %a
  func.return
}
// -----
// error: expected one of ones, leading_zeros, trailing_zeros, found zeros
func.func @f(%a: i64) {
  %0 = qzrt.count_bits "zeros" %a
  func.return
}
// -----
// error: expected a float, found i64
func.func @f(%a: i64) {
  %0 = qzrt.saturate 64 %a : i64
  func.return
}
// -----
// error: unknown kind of check "null"
func.func @f(%c: i1) {
  qzrt.check "null" %c()
  func.return
}
// -----
// error: a check of kind "bounds" has 2 arguments, found 1
func.func @f(%c: i1, %a: i64) {
  qzrt.check "bounds" %c(%a)
  func.return
}
// -----
// error: the C type has one type for each argument and result
func.func @f(%a: i64) {
  qzrt.call_extern @free(%a) as () -> () : (i64) -> ()
  func.return
}
// -----
// error: the C type has one type for each argument and result
func.func @f(%a: i64) {
  qzrt.call_extern indirect @f$c1(%a) as (si64) -> () : (i64) -> ()
  func.return
}
// -----
// error: the C type has one type for each argument and result
func.func @f() {
  %0 = qzrt.call_extern @div() as () -> (si64, f64) : () -> !qzrt.pack<3>
  func.return
}
// -----
// error: but got si64
func.func @f(%a: si64) {
  "qzrt.copy"(%a, %a, %a) : (si64, si64, si64) -> ()
  func.return
}
// -----
// error: a Quartz function takes and gives words, found (f64) -> i64
func.func @f() {
  %0 = qzrt.function @g : (f64) -> i64
  func.return
}
// -----
// error: a Quartz function takes and gives words, found () -> (i64, i64)
func.func @f() {
  %0 = qzrt.function @g : () -> (i64, i64)
  func.return
}
// -----
// error: but got f64
func.func @f(%a: i64, %x: f64) {
  "qzrt.call_indirect"(%a, %x) : (i64, f64) -> ()
  func.return
}
// -----
// error: property 'n' expected
func.func @f() {
  %0 = "qzrt.stack_block"() : () -> i64
  func.return
}
// -----
// error: property 'c_type' expected
"qzrt.c_entry"() <{sym_name = "f$c1", callee = @f}> : () -> ()
// -----
// error: a pack has at least two words, found 1
func.func @f(%a: i64) {
  %0 = qzrt.pack %a : !qzrt.pack<1>
  func.return
}
// -----
// error: expected 3 words, found 2
func.func @f(%a: i64) {
  %0 = qzrt.pack %a, %a : !qzrt.pack<3>
  func.return
}
// -----
// error: a pack of 2 words has none with the number 2
func.func @f(%a: !qzrt.pack<2>) {
  %0 = qzrt.unpack %a[2] : !qzrt.pack<2>
  func.return
}
