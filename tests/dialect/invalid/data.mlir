// error: the cell holds i1, found si64
func.func @f(%a: si64) {
  %0 = qz.local %a : !qz.local<i1> from si64
  qz.return
}
// -----
// error: the cell holds si64, found i1
func.func @f(%a: si64) {
  %0 = qz.local %a : !qz.local<si64> from si64
  %1 = qz.local_get %0 : !qz.local<si64> -> i1
  qz.return
}
// -----
// error: the cell holds si64, found f64
func.func @f(%a: si64, %x: f64) {
  %0 = qz.local %a : !qz.local<si64> from si64
  qz.local_set %0, %x : !qz.local<si64>, f64
  qz.return
}
// -----
// error: property 'name' expected
func.func @f() {
  %0 = "qz.global_get"() : () -> si64
  qz.return
}
// -----
// error: property 'name' expected
func.func @f(%a: si64) {
  "qz.global_set"(%a) : (si64) -> ()
  qz.return
}
// -----
// error: a concatenation has at least two parts
func.func @f(%a: !qz.str) {
  %0 = qz.str_concat %a
  qz.return
}
// -----
// error: unknown predicate "below"
func.func @f(%a: !qz.str) {
  %0 = qz.str_cmp "below" %a, %a
  qz.return
}
// -----
// error: expected a scalar or a string, found !qz.vec<si64>
func.func @f(%a: !qz.vec<si64>) {
  %0 = qz.show %a : !qz.vec<si64>
  qz.return
}
// -----
// error: but got si32
func.func @f(%s: !qz.str, %i: si32) {
  %0 = "qz.str_byte_at"(%s, %i) : (!qz.str, si32) -> si64
  qz.return
}
// -----
// error: property 'value' expected
func.func @f() {
  %0 = "qz.str_const"() : () -> !qz.str
  qz.return
}
// -----
// error: but got si64
func.func @f(%a: si64) {
  %0 = "qz.str_size"(%a) : (si64) -> si64
  qz.return
}
// -----
// error: the elements of the vector are ui8, found si64
func.func @f(%a: si64) {
  %0 = qz.vec_lit %a : si64 -> !qz.vec<ui8>
  qz.return
}
// -----
// error: the elements of the vector are ui8, found si64
func.func @f(%a: si64) {
  %0 = qz.vec_filled %a, %a : si64 -> !qz.vec<ui8>
  qz.return
}
// -----
// error: the elements of the vector are ui8, found si64
func.func @f(%v: !qz.vec<ui8>, %a: si64) {
  %0 = qz.vec_get %v, %a : !qz.vec<ui8> -> si64
  qz.return
}
// -----
// error: the elements of the vector are ui8, found si64
func.func @f(%v: !qz.vec<ui8>, %a: si64) {
  qz.vec_set %v, %a, %a : !qz.vec<ui8>, si64
  qz.return
}
// -----
// error: the elements of the vector are ui8, found si64
func.func @f(%v: !qz.vec<ui8>, %a: si64) {
  qz.vec_push %v, %a : !qz.vec<ui8>, si64
  qz.return
}
// -----
// error: the elements of the vector are ui8, found si64
func.func @f(%v: !qz.vec<ui8>) {
  %0 = qz.vec_pop_unchecked %v : !qz.vec<ui8> -> si64
  qz.return
}
// -----
// error: si64 should be of base attribute qz.vec
func.func @f(%a: si64) {
  %0 = "qz.vec_size"(%a) : (si64) -> si64
  qz.return
}
// -----
// error: si64 should be of base attribute qz.vec
func.func @f(%a: si64) {
  "qz.vec_clear"(%a) : (si64) -> ()
  qz.return
}
// -----
// error: si64 should be of base attribute qz.vec
func.func @f() {
  %0 = "qz.vec_new"() : () -> si64
  qz.return
}
// -----
// error: expected a heap struct, found !qz.str
func.func @f(%a: si64) {
  %0 = qz.struct_new %a : si64 -> !qz.str
  qz.return
}
// -----
// error: expected a heap struct, found !qz.val<"T">
func.func @f(%a: !qz.val<"T">) {
  %0 = qz.struct_get %a[0] : !qz.val<"T"> -> si64
  qz.return
}
// -----
// error: a field index is not negative
func.func @f(%a: !qz.val<@P>, %b: si64) {
  qz.struct_set %a[-1], %b : !qz.val<@P>, si64
  qz.return
}
// -----
// error: !qz.val expects a symbol, a string or a !qz.struct
func.func @f(%a: !qz.val<si64>) {
  qz.return
}
// -----
// error: each method has a signature
func.func private @Square$area(!qz.val<@Square>) -> f64
func.func @f(%square: !qz.val<@Square>) {
  %0 = qz.dyn_new %square [@Square$area] : [] : !qz.val<@Square> -> !qz.dyn<@Shape>
  qz.return
}
// -----
// error: the index of a method is not negative
func.func @f(%shape: !qz.dyn<@Shape>) {
  qz.dyn_call %shape[-1]() : !qz.dyn<@Shape>, () -> ()
  qz.return
}
// -----
// error: elements: expected (si64, f64), found (si64, si64)
func.func @f(%a: si64) {
  %0 = qz.struct_new %a, %a : si64, si64 -> !qz.tuple<si64, f64>
  qz.return
}
// -----
// error: a tuple of 1 words has no word 1
func.func @f(%a: !qz.tuple<si64>) {
  %0 = qz.struct_get %a[1] : !qz.tuple<si64> -> si64
  qz.return
}
// -----
// error: word 0 of the tuple: expected (si64), found (i1)
func.func @f(%a: !qz.tuple<si64>) {
  %0 = qz.struct_get %a[0] : !qz.tuple<si64> -> i1
  qz.return
}
// -----
// error: expected a heap struct, found !qz.tuple<si64>
func.func @f(%a: !qz.tuple<si64>, %b: si64) {
  qz.struct_set %a[0], %b : !qz.tuple<si64>, si64
  qz.return
}
// -----
// error: the vector keeps its type
func.func @f(%v: !qz.vec<si64>) {
  %0 = "qz.vec_own"(%v) : (!qz.vec<si64>) -> !qz.vec<ui8>
  qz.return
}
