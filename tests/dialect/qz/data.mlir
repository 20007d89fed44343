// Cells, globals, strings, vectors and structs.
builtin.module {
  func.func @cells(%a: si64) {
    %0 = qz.local "x" %a : !qz.local<si64> from si64
    %1 = qz.local %a : !qz.local<si64> from si64
    %2 = qz.local_get %0 : !qz.local<si64> -> si64
    qz.local_set %0, %2 : !qz.local<si64>, si64
    %3 = qz.global_get @m$counter : si64
    qz.global_set @m$counter, %3 : si64
    qz.return
  }
  func.func @strings(%i: si64, %x: f64, %c: !qz.char) -> !qz.str {
    %0 = qz.str_const "a\00\C3\A4\22"
    %1 = qz.str_concat %0, %0, %0
    %2 = qz.str_size %1
    %3 = qz.str_byte_at %1, %i
    %30 = qz.str_byte_at unchecked %1, %i
    %31 = qz.str_next %1, %i
    %32 = qz.str_char_at %1, %31
    %4 = qz.str_cmp "le" %0, %1
    %5 = qz.show %i : si64
    %6 = qz.show %x : f64
    %7 = qz.show %4 : i1
    %8 = qz.show %c : !qz.char
    %9 = qz.show %0 : !qz.str
    qz.return %9 : !qz.str
  }
  func.func @vectors(%n: si64, %x: ui8) {
    %0 = qz.vec_new : !qz.vec<ui8>
    %1 = qz.vec_new capacity %n : !qz.vec<!qz.vec<!qz.str>>
    %2 = qz.vec_lit %x, %x : ui8, ui8 -> !qz.vec<ui8>
    %3 = qz.vec_lit -> !qz.vec<ui8>
    %4 = qz.vec_filled %n, %x : ui8 -> !qz.vec<ui8>
    %5 = qz.vec_get %4, %n : !qz.vec<ui8> -> ui8
    %6 = qz.vec_get unchecked %4, %n : !qz.vec<ui8> -> ui8
    qz.vec_set %4, %n, %5 : !qz.vec<ui8>, ui8
    qz.vec_set unchecked %4, %n, %5 : !qz.vec<ui8>, ui8
    qz.vec_push %4, %5 : !qz.vec<ui8>, ui8
    %7 = qz.vec_size %4 : !qz.vec<ui8>
    %of_three = qz.vec_get %4, %7 of 3 : !qz.vec<ui8> -> ui8
    qz.vec_set unchecked %4, %7 of 3, %of_three : !qz.vec<ui8>, ui8
    %own = qz.vec_own %4 : !qz.vec<ui8> -> !qz.vec<ui8>
    qz.vec_clear %4 : !qz.vec<ui8>
    %8 = qz.vec_pop_unchecked %4 : !qz.vec<ui8> -> ui8
    qz.return
  }
  func.func @tables(%i: si64) {
    %0 = qz.table_vec <"\01\00\FF"> : !qz.vec<ui8>
    %1 = qz.table_vec <""> : !qz.vec<f64>
    %2 = qz.table_get <"ab\00\00">[%i] : si16
    %3 = qz.table_get unchecked <"\01\00">[%i] : i1
    qz.return
  }
  func.func @structs(%x: si64, %f: !qz.fn<(si64, !qz.str) -> i1>, %y: f64) {
    %0 = qz.struct_new %x, %f : si64, !qz.fn<(si64, !qz.str) -> i1> -> !qz.val<@Point>
    %1 = qz.struct_new -> !qz.val<@Empty>
    %laid_out = qz.struct_new %x, %y : si64, f64 -> !qz.val<!qz.struct<"C", x: si64, y: f64>>
    %in_it = qz.struct_get %laid_out[1 "y"] : !qz.val<!qz.struct<"C", x: si64, y: f64>> -> f64
    %9 = qz.struct_new %x : si64 drop @File$drop -> !qz.val<@File>
    %10 = qz.arena_new %9 : !qz.val<@File> of %x : si64 -> !qz.val<@Node>
    %11 = qz.arena_new %9 : !qz.val<@File> -> !qz.val<@Empty>
    %2 = qz.struct_get %0[0 "x"] : !qz.val<@Point> -> si64
    %steady = qz.struct_get steady %0[0 "x"] : !qz.val<@Point> -> si64
    qz.struct_set %0[0 "x"], %2 : !qz.val<@Point>, si64
    %3 = qz.struct_new %x, %y : si64, f64 -> !qz.tuple<si64, f64>
    %4 = qz.struct_get %3[1] : !qz.tuple<si64, f64> -> f64
    qz.return
  }
}
