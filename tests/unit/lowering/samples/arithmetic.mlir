builtin.module {
  func.func @sum_of_squares(%n: si64) -> si64 {
    %zero = qz.const 0 : si64 -> si64
    %total = qz.local "total" %zero : !qz.local<si64> from si64
    qz.for %zero to %n inclusive : si64 {
    ^bb0(%i: si64):
      %square = qz.mul %i, %i overflow "trap" : si64
      %before = qz.local_get %total : !qz.local<si64> -> si64
      %after = qz.add %before, %square overflow "trap" : si64
      qz.local_set %total, %after : !qz.local<si64>, si64
      qz.yield
    }
    %result = qz.local_get %total : !qz.local<si64> -> si64
    qz.return %result : si64
  }
  func.func @fibonacci(%n: si64) -> si64 {
    %one = qz.const 1 : si64 -> si64
    %two = qz.const 2 : si64 -> si64
    %small = qz.cmp "lt" %n, %two : si64
    %r = qz.if %small -> si64 {
      qz.yield %n : si64
    } else {
      %n1 = qz.sub %n, %one overflow "wrap" : si64
      %n2 = qz.sub %n, %two overflow "wrap" : si64
      %a = func.call @fibonacci(%n1) : (si64) -> si64
      %b = func.call @fibonacci(%n2) : (si64) -> si64
      %s = qz.add %a, %b overflow "wrap" : si64
      qz.yield %s : si64
    }
    qz.return %r : si64
  }
  func.func @bytes_wrap(%a: ui8, %b: ui8) -> ui8 {
    %s = qz.add %a, %b overflow "wrap" : ui8
    %p = qz.mul %s, %b overflow "wrap" : ui8
    %n = qz.bit_not %p : ui8
    qz.return %n : ui8
  }
  func.func @signed_bytes(%a: si8, %b: si8) -> si8 {
    %q = qz.div %a, %b overflow "wrap" : si8
    %c = qz.const 3 : si64 -> si64
    %s = qz.shl %q, %c : si8 by si64
    qz.return %s : si8
  }
  func.func @minimum_by(%d: si64) -> si64 {
    %minimum = qz.const -9223372036854775808 : si64 -> si64
    %q = qz.div %minimum, %d overflow "wrap" : si64
    %r = qz.rem %minimum, %d overflow "wrap" : si64
    %s = qz.bit_xor %q, %r : si64
    qz.return %s : si64
  }
  func.func @counted(%bits: si64) -> si64 {
    %u = qz.reinterpret %bits : si64 to ui64
    %a = qz.count_bits "ones" %u
    %b = qz.count_bits "leading_zeros" %u
    %c = qz.count_bits "trailing_zeros" %u
    %k = qz.const 100 : si64 -> si64
    %x = qz.mul %a, %k overflow "wrap" : si64
    %y = qz.add %x, %b overflow "wrap" : si64
    %z = qz.mul %y, %k overflow "wrap" : si64
    %r = qz.add %z, %c overflow "wrap" : si64
    qz.return %r : si64
  }
  func.func @saturated(%bits: si64) -> si64 {
    %f = qz.reinterpret %bits : si64 to f64
    %i = qz.cast %f : f64 to si16
    %w = qz.cast %i : si16 to si64
    qz.return %w : si64
  }
  func.func @halved(%x: f64) -> f64 {
    %half = qz.const 5.000000e-01 : f64 -> f64
    %y = qz.mul %x, %half : f64
    qz.return %y : f64
  }
  func.func @middle(%a: si64, %b: si64, %x: si64) -> i1 {
    %r = qz.all {
      %above = qz.cmp "le" %a, %x : si64
      qz.yield %above : i1
    } {
      %below = qz.cmp "lt" %x, %b : si64
      qz.yield %below : i1
    }
    qz.return %r : i1
  }
  func.func @steps(%low: si8, %high: si8, %step: si8) -> si64 {
    %zero = qz.const 0 : si64 -> si64
    %one = qz.const 1 : si64 -> si64
    %count = qz.local "count" %zero : !qz.local<si64> from si64
    qz.for %low to %high step %step inclusive : si8 {
    ^bb0(%i: si8):
      %before = qz.local_get %count : !qz.local<si64> -> si64
      %after = qz.add %before, %one overflow "wrap" : si64
      qz.local_set %count, %after : !qz.local<si64>, si64
      qz.yield
    }
    %n = qz.local_get %count : !qz.local<si64> -> si64
    qz.return %n : si64
  }
}
