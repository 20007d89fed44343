// error: fields of the struct: expected (f64, f64), found (f64)
func.func @f(%x: f64) {
  %0 = qz.value_new %x : f64 -> !qz.struct<"Vec2", x: f64, y: f64>
  qz.return
}
// -----
// error: which has no f64 at leaf 2
func.func @f(%v: !qz.struct<"Vec2", x: f64, y: f64>) {
  %0 = qz.value_get %v[2] : !qz.struct<"Vec2", x: f64, y: f64> -> f64
  qz.return
}
// -----
// error: which has no f64 at leaf -1
func.func @f(%v: !qz.struct<"Vec2", x: f64, y: f64>) {
  %0 = qz.value_get %v[-1] : !qz.struct<"Vec2", x: f64, y: f64> -> f64
  qz.return
}
// -----
// error: which has no si64 at leaf 0
func.func @f(%v: !qz.struct<"Vec2", x: f64, y: f64>) {
  %0 = qz.value_get %v[0] : !qz.struct<"Vec2", x: f64, y: f64> -> si64
  qz.return
}
// -----
// error: an alignment is a power of two, found 3
func.func @f(%v: !qz.struct<"Vec2" align 3, x: f64>) {
  qz.return
}
// -----
// error: leaves of the value: expected (f64, f64), found (f64)
func.func @f(%x: f64) {
  %0 = qz.row %x : f64 as !qz.struct<"Vec2", x: f64, y: f64>
  qz.return
}
// -----
// error: the cell holds !qz.struct<"Vec2", x: f64, y: f64>, which has no i1 at leaf 0
func.func @f(%v: !qz.struct<"Vec2", x: f64, y: f64>, %b: i1) {
  %0 = qz.local %v : !qz.local<!qz.struct<"Vec2", x: f64, y: f64>> from !qz.struct<"Vec2", x: f64, y: f64>
  qz.local_set %0[0], %b : !qz.local<!qz.struct<"Vec2", x: f64, y: f64>>, i1
  qz.return
}
// -----
// error: the cell holds !qz.struct<"Vec2", x: f64, y: f64>, found f64
func.func @f(%v: !qz.struct<"Vec2", x: f64, y: f64>, %x: f64) {
  %0 = qz.shared %x : !qz.shared<!qz.struct<"Vec2", x: f64, y: f64>> from f64
  qz.return
}
// -----
// error: the elements of the vector are !qz.struct<"Vec2", x: f64, y: f64>, found f64
func.func @f(%v: !qz.vec<!qz.struct<"Vec2", x: f64, y: f64>>, %x: f64) {
  qz.vec_push %v, %x : !qz.vec<!qz.struct<"Vec2", x: f64, y: f64>>, f64
  qz.return
}
// -----
// error: the elements of the vector are !qz.struct<"Vec2", x: f64, y: f64>, found f64
func.func @f(%x: f64) {
  %0 = qz.vec_lit %x, %x, %x : f64, f64, f64 -> !qz.vec<!qz.struct<"Vec2", x: f64, y: f64>>
  qz.return
}
// -----
// error: the variant has a payload of 2, found 3
func.func @f(%v: !qz.struct<"Vec2", x: f64, y: f64>, %n: si64) {
  %0 = qz.enum_new 0 %v, %n : !qz.struct<"Vec2", x: f64, y: f64>, si64 -> !qz.enum<"Found", At(word, word)>
  qz.return
}
// -----
// error: a word of a payload is word, ref or nullable, found si64
func.func @f(%e: !qz.enum<"Found", At(si64)>) {
  qz.return
}
// -----
// error: a word of an unboxed payload is a type, ref or nullable, found "word"
func.func @f(%e: !qz.enum<"Found" unboxed, At(word)>) {
  qz.return
}
// -----
// error: !qz.enum<"Found", At(word)> is no value of 2 leaves
func.func @f(%e: !qz.enum<"Found", At(word)>) {
  %0 = qz.reinterpret %e : !qz.enum<"Found", At(word)> to !qz.enum<"Found" unboxed, At(si64), None>
  qz.return
}
// -----
// error: the variant has a payload of 2
func.func @f(%e: !qz.enum<"Found", At(word, word)>) {
  %0 = qz.enum_get %e[0, 1] : !qz.enum<"Found", At(word, word)> -> !qz.struct<"Vec2", x: f64, y: f64>
  qz.return
}
// -----
// error: expected a heap struct, found !qz.struct<"Vec2", x: f64, y: f64>
func.func @f(%v: !qz.struct<"Vec2", x: f64, y: f64>) {
  %0 = qz.struct_get %v[0] : !qz.struct<"Vec2", x: f64, y: f64> -> f64
  qz.return
}
