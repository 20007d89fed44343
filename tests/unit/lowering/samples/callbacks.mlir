builtin.module {
  qz.c_entry "sum$c1" of @sum : (si8, ui16, si32) -> si32
  func.func @sum(%a: si8, %b: ui16, %c: si32) -> si32 {
    %x = qz.cast %a : si8 to si32
    %y = qz.cast %b : ui16 to si32
    %s = qz.add %x, %y overflow "wrap" : si32
    %t = qz.add %s, %c overflow "wrap" : si32
    qz.return %t : si32
  }
  func.func @sum_entry() -> si64 {
    %a = qz.raw_symbol @"sum$c1"
    qz.return %a : si64
  }
  qz.c_entry "scale$c1" of @scale : (f32, f64, i1) -> f32
  func.func @scale(%x: f32, %y: f64, %negative: i1) -> f32 {
    %d = qz.cast %x : f32 to f64
    %p = qz.mul %d, %y : f64
    %r = qz.if %negative -> f64 {
      %n = qz.neg %p : f64
      qz.yield %n : f64
    } else {
      qz.yield %p : f64
    }
    %f = qz.cast %r : f64 to f32
    qz.return %f : f32
  }
  func.func @scale_entry() -> si64 {
    %a = qz.raw_symbol @"scale$c1"
    qz.return %a : si64
  }
  qz.c_entry "less$c1" of @less : (si64, f64) -> i1
  func.func @less(%x: si64, %y: f64) -> i1 {
    %d = qz.cast %x : si64 to f64
    %r = qz.cmp "lt" %d, %y : f64
    qz.return %r : i1
  }
  func.func @less_entry() -> si64 {
    %a = qz.raw_symbol @"less$c1"
    qz.return %a : si64
  }
}
