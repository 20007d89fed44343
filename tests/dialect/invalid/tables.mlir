// error: there are no tables of !qz.str
func.func @f() {
  %0 = "qz.table_vec"() <{table = #qz.bytes<"abc">}> : () -> !qz.vec<!qz.str>
  qz.return
}
// -----
// error: an element of si32 has 4 bytes, of which 6 is no multiple
func.func @f(%i: si64) {
  %0 = "qz.table_get"(%i) <{table = #qz.bytes<"abcdef">}> : (si64) -> si32
  qz.return
}
