// error: a si64 has no count
func.func @f(%n: si64) {
  qz.dup %n : si64
  qz.return
}
// -----
// error: a !qz.val<"T"> has no count
func.func @f(%x: !qz.val<"T">) {
  qz.drop %x : !qz.val<"T">
  qz.return
}
// -----
// error: a si64 has no count
func.func @f(%w: si64) {
  %0 = qz.adopt %w -> si64
  qz.return
}
// -----
// error: a f64 has no count
func.func @f(%x: f64) {
  qz.keep %x : f64
  qz.return
}
