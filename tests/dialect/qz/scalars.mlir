// Constants, arithmetic, bits, comparison and conversion.
builtin.module {
  func.func @arithmetic(%a: si64, %b: si64, %u: ui8, %x: f64, %y: f32) {
    %0 = qz.add %a, %b overflow "trap" : si64
    %1 = qz.sub %a, %b overflow "wrap" : si64
    %2 = qz.mul %u, %u overflow "trap" : ui8
    %3 = qz.div %a, %b overflow "trap" : si64
    %4 = qz.rem %a, %b overflow "wrap" : si64
    %5 = qz.neg %a overflow "trap" : si64
    %6 = qz.add %x, %x : f64
    %7 = qz.div %y, %y : f32
    %8 = qz.rem %x, %x : f64
    %9 = qz.neg %y : f32
    qz.return
  }
  func.func @bits(%a: si64, %u: ui8, %b: i1, %w: ui64) {
    %0 = qz.bit_and %a, %a : si64
    %1 = qz.bit_or %b, %b : i1
    %2 = qz.bit_xor %u, %u : ui8
    %3 = qz.shl %a, %u : si64 by ui8
    %4 = qz.shr %u, %a : ui8 by si64
    %5 = qz.bit_not %u : ui8
    %6 = qz.count_bits "ones" %w
    qz.return
  }
  func.func @constants() {
    %0 = qz.const -5 : si64 -> si64
    %1 = qz.const 18446744073709551615 : ui64 -> ui64
    %2 = qz.const true -> i1
    %3 = qz.const 1.500000e+00 : f64 -> f64
    %4 = qz.const 2.500000e-01 : f32 -> f32
    %5 = qz.const 65 : i64 -> !qz.char
    %6 = qz.const 0 : i64 -> !qz.val<@Option>
    qz.return
  }
  func.func @compare(%a: si64, %c: !qz.char, %x: f64, %b: i1) {
    %0 = qz.cmp "eq" %a, %a : si64
    %1 = qz.cmp "ne" %c, %c : !qz.char
    %2 = qz.cmp "lt" %x, %x : f64
    %3 = qz.cmp "le" %b, %b : i1
    %4 = qz.cmp "gt" %a, %a : si64
    %5 = qz.cmp "ge" %a, %a : si64
    %6 = qz.not %0
    qz.return
  }
  func.func @convert(%a: si64, %c: !qz.char, %x: f64, %b: i1, %s: !qz.str) {
    %0 = qz.cast %a : si64 to ui8
    %1 = qz.cast %x : f64 to si32
    %2 = qz.cast %b : i1 to si64
    %3 = qz.cast %c : !qz.char to f32
    %4 = qz.cast %a : si64 to !qz.char
    %5 = qz.reinterpret %s : !qz.str to si64
    %6 = qz.reinterpret %a : si64 to !qz.val<"T">
    qz.return
  }
}
