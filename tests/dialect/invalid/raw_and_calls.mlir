// error: a width is one of (1, 2, 4, 8), found 3
func.func @f(%a: si64) {
  %0 = qz.raw_load %a offset 0 width 3
  qz.return
}
// -----
// error: a width is one of (1, 2, 4, 8), found 0
func.func @f(%a: si64) {
  qz.raw_store %a to %a offset 0 width 0
  qz.return
}
// -----
// error: but got i64
func.func @f(%a: i64) {
  "qz.raw_copy"(%a, %a, %a) : (i64, i64, i64) -> ()
  qz.return
}
// -----
// error: but got i64
func.func @f(%a: i64) {
  "qz.raw_move"(%a, %a, %a) : (i64, i64, i64) -> ()
  qz.return
}
// -----
// error: but got i64
func.func @f(%a: i64) {
  "qz.raw_fill"(%a, %a, %a) : (i64, i64, i64) -> ()
  qz.return
}
// -----
// error: property 'name' expected
func.func @f() {
  %0 = "qz.raw_symbol"() : () -> si64
  qz.return
}
// -----
// error: no argument 1 to be a pointer
qz.extern "free" : (si64) -> () pointers [1 : i64]
// -----
// error: a pointer is a si64, found si32
qz.extern "free" : (si32) -> () pointers [0 : i64]
// -----
// error: pointer result: expected (si64), found (si32)
qz.extern "getenv" : (si64) -> si32 gives pointer
// -----
// error: a C function has at most one result
qz.extern "two" : () -> (si32, si32)
// -----
// error: arguments of @close: expected (si32), found (si64)
qz.extern "close" : (si32) -> si32
func.func @f(%a: si64) {
  %0 = qz.call_extern @close(%a) : (si64) -> si32
  qz.return
}
// -----
// error: result of @close: expected (si32), found (si64)
qz.extern "close" : (si32) -> si32
func.func @f(%a: si32) {
  %0 = qz.call_extern @close(%a) : (si32) -> si64
  qz.return
}
// -----
// error: arguments of @printf: expected (si64), found ()
qz.extern "printf" variadic : (si64) -> si32
func.func @f() {
  %0 = qz.call_extern @printf() : () -> si32
  qz.return
}
// -----
// error: arguments of @a$c1: expected (si64, si32), found (si32)
qz.extern "a$c1" indirect : (si32) -> ()
func.func @f(%a: si32) {
  qz.call_extern @a$c1(%a) : (si32) -> ()
  qz.return
}
// -----
// error: a variadic function is called by its name
qz.extern "printf" variadic indirect : (si64) -> si32
// -----
// error: @g is neither a `qz.extern` nor a `qz.c_entry`
func.func private @g()
func.func @f() {
  qz.call_extern @g() : () -> ()
  qz.return
}
// -----
// error: a `qz.unreachable` follows a panic
func.func @f(%s: !qz.str) {
  qz.panic %s
  qz.return
}
// -----
// error: property 'name' expected
func.func @f(%a: si64) {
  "qz.debug_bind"(%a) : (si64) -> ()
  qz.return
}
// -----
// error: C has no type for !qz.str
qz.c_entry "f$c1" of @f : (!qz.str) -> ()
// -----
// error: C has no type for !qz.str
qz.c_entry "f$c1" of @f : () -> !qz.struct<"P", x: si64, name: !qz.str>
// -----
// error: a C function has at most one result
qz.c_entry "f$c1" of @f : () -> (si32, si32)
