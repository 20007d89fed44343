// RUN: to_rt
builtin.module {
  func.func @narrow(%a: ui8, %b: ui8) -> ui8 {
    %t = qz.add %a, %b overflow "trap" : ui8
    %w = qz.mul %t, %b overflow "wrap" : ui8
    %n = qz.bit_not %w : ui8
    func.return %n : ui8
  }
  func.func @count(%a: ui64) -> si64 {
    %n = qz.count_bits "leading_zeros" %a
    func.return %n : si64
  }
  func.func @shift(%a: si32, %n: si64) -> si32 {
    %l = qz.shl %a, %n : si32 by si64
    %r = qz.shr %l, %n : si32 by si64
    func.return %r : si32
  }
  func.func @divide(%a: si64, %b: si64) -> si64 {
    %q = qz.div %a, %b overflow "trap" : si64
    func.return %q : si64
  }
  func.func @divide_wrapping(%a: si64, %b: si64) -> si64 {
    %q = qz.div %a, %b overflow "wrap" : si64
    func.return %q : si64
  }
  func.func @tenth(%a: si64) -> si64 {
    %ten = qz.const 10 : si64 -> si64
    %q = qz.rem %a, %ten overflow "trap" : si64
    func.return %q : si64
  }
  func.func @convert(%a: si32, %f: f64) -> ui64 {
    %same = qz.cast %a : si32 to si64
    %cut = qz.cast %same : si64 to ui16
    %float = qz.cast %cut : ui16 to f32
    %int = qz.cast %f : f64 to si8
    %r = qz.cast %int : si8 to ui64
    func.return %r : ui64
  }
}
// CHECK:      func.func @narrow
// CHECK:        %[[T:.*]] = qzrt.add_checked 8 %{{.*}}, %{{.*}}
// CHECK-NEXT:   %[[W:.*]] = qzrt.mul_wrapped 8 %[[T]], %{{.*}}
// CHECK-NEXT:   arith.xori %[[W]], %{{.*}} : i64

// CHECK:      func.func @count
// CHECK:        qzrt.count_bits "leading_zeros" %{{.*}}

// CHECK:      func.func @shift
// CHECK:        %[[MASK:.*]] = arith.constant 31 : i64
// CHECK:        %[[N:.*]] = arith.andi %{{.*}}, %[[MASK]]
// CHECK-NEXT:   %[[L:.*]] = arith.shli %{{.*}}, %[[N]]
// CHECK-NEXT:   %[[W:.*]] = qzrt.wrap signed 32 %[[L]]
// CHECK:        arith.shrsi %[[W]], %{{.*}}

// CHECK:      func.func @divide(
// CHECK:        %[[NONZERO:.*]] = arith.cmpi ne, %[[B:.*]], %{{.*}}
// CHECK-NEXT:   qzrt.check "division" %[[NONZERO]]()
// CHECK:        %[[FITS:.*]] = arith.ori
// CHECK-NEXT:   qzrt.check "overflow" %[[FITS]](%{{.*}})
// CHECK-NEXT:   arith.divsi

// Nothing undefined is left where the minimum is divided by -1.
// CHECK:      func.func @divide_wrapping
// CHECK:        qzrt.check "division"
// CHECK-NOT:    qzrt.check
// CHECK:        %[[SAFE:.*]] = arith.select %{{.*}}, %{{.*}}, %{{.*}} : i64
// CHECK-NEXT:   %[[Q:.*]] = arith.divsi %{{.*}}, %[[SAFE]]
// CHECK:        arith.select %{{.*}}, %{{.*}}, %[[Q]] : i64

// A divisor that is known needs no check.
// CHECK:      func.func @tenth
// CHECK-NOT:    qzrt.check
// CHECK:        arith.remsi

// CHECK:      func.func @convert
// CHECK-NEXT:   %[[F:.*]] = arith.bitcast %{{.*}} : i64 to f64
// CHECK-NEXT:   %[[CUT:.*]] = qzrt.wrap 16 %{{.*}}
// CHECK-NEXT:   arith.sitofp %[[CUT]] : i64 to f32
// CHECK-NEXT:   %[[INT:.*]] = qzrt.saturate signed 8 %[[F]] : f64
// CHECK-NEXT:   func.return %[[INT]] : i64
