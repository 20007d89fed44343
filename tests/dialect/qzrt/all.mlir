// Every operation of the machine's dialect.
builtin.module {
  func.func @memory(%a: i64, %i: i64, %x: f64) {
    %0 = qzrt.load "u" 1 %a scale 1 offset 0 : i64
    %1 = qzrt.load "s" 4 %a[%i] scale 4 offset 8 alias "raw" : i64
    %2 = qzrt.load "b" 1 %a[%i] scale 1 offset 0 : i1
    %3 = qzrt.load "f" 4 %a scale 1 offset 0 : f32
    %4 = qzrt.load "p" 8 %a scale 1 offset 0 : i64
    qzrt.store "u" 2 %0 to %a[%i] scale 2 offset 0 : i64
    qzrt.store "f" 8 %x to %a scale 1 offset 16 alias "f64" : f64
    %5 = qzrt.slot "n" : !qzrt.slot<i64>
    %6 = qzrt.slot : !qzrt.slot<f32>
    %7 = qzrt.slot_load %5 : !qzrt.slot<i64> -> i64
    qzrt.slot_store %5, %7 : !qzrt.slot<i64>, i64
    %12 = qzrt.slot : !qzrt.slot<ui16>
    qzrt.slot_store %12, %7 : !qzrt.slot<ui16>, i64
    %10 = qzrt.words 4
    %8 = qzrt.bytes "hi\00"
    %9 = qzrt.symbol @stderr
    %11 = qzrt.stack_block 2
    qzrt.copy %a, %i, %8
    qzrt.move %a, %i, %8
    qzrt.fill %a, %i, %8
    func.return
  }
  func.func @numbers(%a: i64, %b: i64, %x: f64, %y: f32) {
    %0 = qzrt.add_checked signed 64 %a, %b
    %1 = qzrt.sub_checked 8 %a, %b
    %2 = qzrt.sub_checked signed negation 32 %a, %b
    %3 = qzrt.mul_checked signed 16 %a, %b
    %4 = qzrt.wrap signed 8 %a
    %5 = qzrt.wrap 32 %a
    %8 = qzrt.add_wrapped signed 8 %a, %b
    %9 = qzrt.sub_wrapped 32 %a, %b
    %10 = qzrt.mul_wrapped 16 %a, %b
    %6 = qzrt.saturate signed 64 %x : f64
    %7 = qzrt.saturate 8 %y : f32
    %11 = qzrt.count_bits "trailing_zeros" %a
    %12 = qzrt.fresh %a
    %13 = qzrt.tag %12
    func.return
  }
  qzrt.c_entry "main$c1" of @compare as (!qzrt.ptr, si32, f32, ui8) -> si32
  qzrt.c_entry "compare" of @compare as (!qzrt.ptr, si32, f32, ui8) -> si32 weak align 32 section "here"
  qzrt.c_entry "moved" of @moved as (!qz.struct<"P", x: f64, y: f64>) -> !qz.struct<"P", x: f64, y: f64>
  func.func @panics(%c: i1, %a: i64, %x: f64) {
    qzrt.check "bounds" %c(%a, %a)
    qzrt.check "overflow" %c(%a)
    qzrt.check "division" %c()
    qzrt.check "message" %c(%a)
    %0 = qzrt.call_extern @write(%a, %a, %a) as (si32, !qzrt.ptr, ui64) -> si64 : (i64, i64, i64) -> i64
    %1 = qzrt.call_extern @printf(%a, %x) as (!qzrt.ptr, f64) -> si32 fixed 1 : (i64, f64) -> i64
    qzrt.call_extern @free(%a) as (!qzrt.ptr) -> () : (i64) -> ()
    %s = qzrt.call_extern @div(%a, %a) as (!qzrt.copy<24>, si32) -> (si64, f64) : (i64, i64) -> !qzrt.pack<2>
    %at = qzrt.call_extern indirect @main$c1(%a, %x) as (f64) -> si32 : (i64, f64) -> i64
    %2 = qzrt.function @g : (i64, i64) -> i64
    %3 = qzrt.call_indirect %2(%a, %a) : (i64, i64) -> i64
    qzrt.call_indirect %3() : () -> ()
    %4 = qzrt.pack %a, %3 : !qzrt.pack<2>
    %5 = qzrt.unpack %4[1] : !qzrt.pack<2>
    %6 = qzrt.function @h : (i64) -> !qzrt.pack<3>
    %7 = qzrt.call_indirect %6(%5) : (i64) -> !qzrt.pack<3>
    qzrt.apart
    %unknown = qzrt.unknown %a
    qzrt.panic %a
    qzrt.unreachable
  }
}
