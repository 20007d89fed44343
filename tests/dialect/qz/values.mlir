// Value structs: what they are made of, the places they lie in, and the leaves they become.
builtin.module {
  qz.extern "turned" : (!qz.struct<"Vec2", x: f64, y: f64>) -> !qz.struct<"Vec2", x: f64, y: f64>
  func.func private @Vec2$size(!qz.struct<"Vec2", x: f64, y: f64>) -> f64
  func.func @parts(%x: f64, %b: ui8, %s: !qz.str) -> !qz.struct<"Vec2", x: f64, y: f64> {
    %0 = qz.value_new %x, %x : f64, f64 -> !qz.struct<"Vec2", x: f64, y: f64>
    %1 = qz.value_new %0, %s : !qz.struct<"Vec2", x: f64, y: f64>, !qz.str -> !qz.struct<"Named", at: !qz.struct<"Vec2", x: f64, y: f64>, "ok?": !qz.str>
    %2 = qz.value_new -> !qz.struct<"Empty">
    %3 = qz.value_new %b, %x : ui8, f64 -> !qz.struct<"Odd" packed 1 align 16, b: ui8, x: f64>
    %4 = qz.value_get %1[1 "y"] : !qz.struct<"Named", at: !qz.struct<"Vec2", x: f64, y: f64>, "ok?": !qz.str> -> f64
    %5 = qz.value_get %1[2] : !qz.struct<"Named", at: !qz.struct<"Vec2", x: f64, y: f64>, "ok?": !qz.str> -> !qz.str
    %6 = qz.value_get %1[0 "at"] : !qz.struct<"Named", at: !qz.struct<"Vec2", x: f64, y: f64>, "ok?": !qz.str> -> !qz.struct<"Vec2", x: f64, y: f64>
    %7 = qz.row %b, %x : ui8, f64 as !qz.struct<"Odd", b: ui8, x: f64>
    %8 = func.call @Vec2$size(%6) : (!qz.struct<"Vec2", x: f64, y: f64>) -> f64
    qz.return %0 : !qz.struct<"Vec2", x: f64, y: f64>
  }
  func.func @variables(%v: !qz.struct<"Vec2", x: f64, y: f64>, %x: f64) {
    %0 = qz.local "v" %v : !qz.local<!qz.struct<"Vec2", x: f64, y: f64>> from !qz.struct<"Vec2", x: f64, y: f64>
    %1 = qz.local_get %0[1] : !qz.local<!qz.struct<"Vec2", x: f64, y: f64>> -> f64
    qz.local_set %0[1], %1 : !qz.local<!qz.struct<"Vec2", x: f64, y: f64>>, f64
    %2 = qz.shared stack %v : !qz.shared<!qz.struct<"Vec2", x: f64, y: f64>> from !qz.struct<"Vec2", x: f64, y: f64>
    %3 = qz.shared %x, %x : !qz.shared<!qz.struct<"Vec2", x: f64, y: f64>> from f64, f64
    %4 = qz.shared_get %2[0] : !qz.shared<!qz.struct<"Vec2", x: f64, y: f64>> -> f64
    qz.shared_set %2[0], %4 : !qz.shared<!qz.struct<"Vec2", x: f64, y: f64>>, f64
    %5 = qz.global_get @m$origin[1] : f64
    qz.global_set @m$origin[1], %5 : f64
    qz.return
  }
  func.func @elements(%n: si64, %v: !qz.struct<"Vec2", x: f64, y: f64>, %x: f64) {
    %0 = qz.vec_lit %v, %v : !qz.struct<"Vec2", x: f64, y: f64>, !qz.struct<"Vec2", x: f64, y: f64> -> !qz.vec<!qz.struct<"Vec2", x: f64, y: f64>>
    %1 = qz.vec_lit %x, %x : f64, f64 -> !qz.vec<!qz.struct<"Vec2", x: f64, y: f64>>
    %2 = qz.vec_filled %n, %v : !qz.struct<"Vec2", x: f64, y: f64> -> !qz.vec<!qz.struct<"Vec2", x: f64, y: f64>>
    %3 = qz.vec_filled %n, %x, %x : f64, f64 -> !qz.vec<!qz.struct<"Vec2", x: f64, y: f64>>
    %4 = qz.vec_get %0, %n : !qz.vec<!qz.struct<"Vec2", x: f64, y: f64>> -> !qz.struct<"Vec2", x: f64, y: f64>
    %5 = qz.vec_get %0, %n[1] : !qz.vec<!qz.struct<"Vec2", x: f64, y: f64>> -> f64
    qz.vec_set unchecked %0, %n[1], %5 : !qz.vec<!qz.struct<"Vec2", x: f64, y: f64>>, f64
    qz.vec_push %0, %v : !qz.vec<!qz.struct<"Vec2", x: f64, y: f64>>, !qz.struct<"Vec2", x: f64, y: f64>
    qz.vec_push %0, %x, %x : !qz.vec<!qz.struct<"Vec2", x: f64, y: f64>>, f64, f64
    %6 = qz.vec_pop_unchecked %0 : !qz.vec<!qz.struct<"Vec2", x: f64, y: f64>> -> !qz.struct<"Vec2", x: f64, y: f64>
    %7, %8 = qz.vec_pop_unchecked %0 : !qz.vec<!qz.struct<"Vec2", x: f64, y: f64>> -> f64, f64
    qz.return
  }
  func.func @in_blocks(%n: si64, %v: !qz.struct<"Vec2", x: f64, y: f64>) {
    %0 = qz.struct_new %v, %n : !qz.struct<"Vec2", x: f64, y: f64>, si64 -> !qz.val<@Mark>
    %1 = qz.struct_get %0[2 "n"] : !qz.val<@Mark> -> si64
    %2 = qz.struct_get %0[1 "at.y"] : !qz.val<@Mark> -> f64
    qz.struct_set %0[0 "at"], %v : !qz.val<@Mark>, !qz.struct<"Vec2", x: f64, y: f64>
    %3 = qz.enum_new 1 %n, %v : si64, !qz.struct<"Vec2", x: f64, y: f64> -> !qz.enum<"Found", No, At(word, word, word)>
    %4 = qz.enum_get %3[1, 1] : !qz.enum<"Found", No, At(word, word, word)> -> !qz.struct<"Vec2", x: f64, y: f64>
    qz.return
  }
  func.func @in_c(%v: !qz.struct<"Vec2", x: f64, y: f64>, %x: f64) {
    %0 = qz.call_extern @turned(%v) : (!qz.struct<"Vec2", x: f64, y: f64>) -> !qz.struct<"Vec2", x: f64, y: f64>
    %1, %2 = qz.call_extern @turned(%x, %x) : (f64, f64) -> (f64, f64)
    qz.return
  }
}
