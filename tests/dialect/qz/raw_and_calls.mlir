// Raw memory, C functions, panics.
builtin.module {
  qz.extern "write" : (si32, si64, si64) -> si64 pointers [1 : i64]
  qz.extern "printf" variadic : (si64) -> si32 pointers [0 : i64]
  qz.extern "getenv" : (si64) -> si64 pointers [0 : i64] gives pointer
  qz.extern "main$c9" indirect : (si64, si32) -> si32 pointers [0 : i64]
  qz.c_entry "main$c1" of @compare : (si64, si32, f32, i1, !qz.char) -> si32
  qz.c_entry "main$c2" of @report : () -> ()
  qz.c_entry "moved" of @moved : (!qz.struct<"P", x: f64, y: f64>, si64) -> !qz.struct<"P", x: f64, y: f64>
  qz.c_entry "report" of @report : () -> () weak align 64 section "reports"
  func.func @raw(%a: si64, %i: si64) {
    %0 = qz.raw_load %a offset 8 width 4
    %1 = qz.raw_load signed %a, %i offset 0 width 1
    qz.raw_store %0 to %a offset 0 width 2
    qz.raw_store %0 to %a, %i offset -8 width 8
    qz.raw_copy %a, %i, %0
    qz.raw_move %a, %i, %0
    qz.raw_fill %a, %i, %0
    %2 = qz.raw_symbol @stderr
    qz.return
  }
  func.func @calls(%fd: si32, %a: si64, %s: !qz.str) {
    %0 = qz.call_extern @write(%fd, %a, %a) : (si32, si64, si64) -> si64
    %1 = qz.call_extern @printf(%a, %fd) : (si64, si32) -> si32
    %2 = qz.call_extern @getenv(%a) : (si64) -> si64
    %3 = qz.call_extern @unknown() : () -> si32
    %4 = qz.call_extern @main$c9(%a, %a, %fd) : (si64, si64, si32) -> si32
    qz.debug_bind "fd", %fd : si32
    qz.panic %s
    qz.unreachable
  }
}
