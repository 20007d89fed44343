// RUN: to_rt
builtin.module {
  func.func @build(%a: !qz.str, %n: si64, %f: f64) -> !qz.str {
    %text = qz.str_const "n = "
    %shown = qz.show %n : si64
    %float = qz.show %f : f64
    %two = qz.str_concat %text, %shown
    %four = qz.str_concat %two, %a, %float
    func.return %four : !qz.str
  }
  func.func @compare(%a: !qz.str, %b: !qz.str, %i: si64) -> i1 {
    %byte = qz.str_byte_at %a, %i
    %e = qz.str_cmp "ne" %a, %b
    %l = qz.str_cmp "lt" %a, %b
    func.return %e : i1
  }
  func.func @decode(%a: !qz.str, %i: si64) -> si64 {
    %c = qz.str_char_at %a, %i
    %n = qz.str_next %a, %i
    %code = qz.cast %c : !qz.char to si64
    %r = qz.bit_xor %code, %n : si64
    func.return %r : si64
  }
}
// CHECK:      func.func @build
// CHECK:        %[[TEXT:.*]] = qzrt.bytes "n = "
// CHECK-NEXT:   %[[N:.*]] = func.call @rt.show$int(%{{.*}})
// CHECK-NEXT:   %[[BITS:.*]] = arith.bitcast %{{.*}} : f64 to i64
// CHECK-NEXT:   %[[F:.*]] = func.call @rt.show$f64(%[[BITS]])
// CHECK-NEXT:   %[[TWO:.*]] = func.call @rt.string$concat2(%[[TEXT]], %[[N]])
// CHECK-NEXT:   %[[ARRAY:.*]] = qzrt.words 3
// CHECK-NEXT:   qzrt.store "s" 8 %[[TWO]] to %[[ARRAY]] scale 1 offset 0
// CHECK-NEXT:   qzrt.store "s" 8 %{{.*}} to %[[ARRAY]] scale 1 offset 8
// CHECK-NEXT:   qzrt.store "s" 8 %[[F]] to %[[ARRAY]] scale 1 offset 16
// CHECK-NEXT:   func.call @rt.string$concat_n(%[[ARRAY]], %{{.*}})

// CHECK:      func.func @compare
// CHECK:        %[[N:.*]] = qzrt.load "s" 8 %{{.*}} scale 1 offset -16 alias "string length"
// CHECK-NEXT:   %[[OK:.*]] = arith.cmpi ult, %{{.*}}, %[[N]]
// CHECK-NEXT:   qzrt.check "bounds" %[[OK]](%{{.*}}, %[[N]])
// CHECK-NEXT:   qzrt.load "u" 1 %{{.*}}[%{{.*}}] scale 1 offset 0 alias "element 1"
// CHECK-NEXT:   %[[SAME:.*]] = func.call @rt.string$equal
// CHECK-NEXT:   arith.cmpi eq, %[[SAME]]
// CHECK-NEXT:   %[[ORDER:.*]] = func.call @rt.string$compare
// CHECK-NEXT:   arith.cmpi slt, %[[ORDER]]

// ASCII is looked at in place, everything else by the runtime.
// CHECK:      func.func @decode
// CHECK:        %[[BYTE:.*]] = qzrt.load "u" 1 %{{.*}}[%{{.*}}] scale 1 offset 0 alias "element 1"
// CHECK-NEXT:   %[[ASCII:.*]] = arith.cmpi ult, %[[BYTE]]
// CHECK-NEXT:   cf.cond_br %[[ASCII]], ^bb2(%[[BYTE]] : i64), ^bb1
// CHECK-NEXT: ^bb1:
// CHECK-NEXT:   %[[CODE:.*]] = func.call @rt.string$code_point_at
// CHECK-NEXT:   cf.br ^bb2(%[[CODE]] : i64)
// CHECK-NEXT: ^bb2(%{{.*}}: i64):
// CHECK-NEXT:   %[[NEXT:.*]] = arith.addi %{{.*}} overflow<nsw>
// CHECK-NEXT:   %[[BYTE:.*]] = qzrt.load "u" 1 %{{.*}}[%[[NEXT]]]
// CHECK-NEXT:   %[[BITS:.*]] = arith.andi %[[BYTE]]
// CHECK-NEXT:   %[[BEGINS:.*]] = arith.cmpi ne, %[[BITS]]
// CHECK-NEXT:   cf.cond_br %[[BEGINS]], ^bb4(%[[NEXT]] : i64), ^bb3
// CHECK-NEXT: ^bb3:
// CHECK-NEXT:   func.call @rt.string$next_code_point
