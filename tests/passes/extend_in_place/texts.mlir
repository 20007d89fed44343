// RUN: mark_borrows insert_counts extend_in_place
builtin.module {
  func.func private @m$item() -> !qz.str
  func.func private @m$look(!qz.str) -> ()

  // A variable's text grows by what is made for that.
  func.func @variable(%n: si64) {
    %empty = qz.str_const ""
    %s = qz.local "s" %empty : !qz.local<!qz.str> from !qz.str
    %v = qz.local_get %s : !qz.local<!qz.str> -> !qz.str
    %x = qz.show %n : si64
    %comma = qz.str_const ","
    %more = qz.str_concat %v, %x, %comma
    qz.local_set %s, %more : !qz.local<!qz.str>, !qz.str
    func.return
  }
  // What was called might have changed the field: the text that was read has a count of its own.
  func.func @field_and_call(%o: !qz.val<@m$S>) {
    %v = qz.struct_get %o[0] : !qz.val<@m$S> -> !qz.str
    %x = func.call @m$item() : () -> !qz.str
    %more = qz.str_concat %v, %x
    qz.struct_set %o[0], %more : !qz.val<@m$S>, !qz.str
    func.return
  }
  // Another field is given what grew, or what stands behind the rest.
  func.func @elsewhere(%o: !qz.val<@m$S>, %x: !qz.str) {
    %v = qz.struct_get %o[0] : !qz.val<@m$S> -> !qz.str
    %more = qz.str_concat %v, %x
    qz.struct_set %o[1], %more : !qz.val<@m$S>, !qz.str
    %w = qz.struct_get %o[0] : !qz.val<@m$S> -> !qz.str
    %behind = qz.str_concat %x, %w
    qz.struct_set %o[0], %behind : !qz.val<@m$S>, !qz.str
    func.return
  }
  // What is put behind the text may be what the place holds by then, and goes with that.
  func.func @lent_part(%o: !qz.val<@m$S>) {
    %v = qz.struct_get %o[0] : !qz.val<@m$S> -> !qz.str
    %x = func.call @m$item() : () -> !qz.str
    %w = qz.struct_get %o[0] : !qz.val<@m$S> -> !qz.str
    %more = qz.str_concat %v, %x, %w
    qz.struct_set %o[0], %more : !qz.val<@m$S>, !qz.str
    func.return
  }
  // The text that was there is looked at once more.
  func.func @looked_at(%n: si64) {
    %empty = qz.str_const ""
    %s = qz.local "s" %empty : !qz.local<!qz.str> from !qz.str
    %v = qz.local_get %s : !qz.local<!qz.str> -> !qz.str
    %x = qz.show %n : si64
    %more = qz.str_concat %v, %x
    func.call @m$look(%v) : (!qz.str) -> ()
    qz.local_set %s, %more : !qz.local<!qz.str>, !qz.str
    func.return
  }
}
// CHECK:      func.func @variable(
// CHECK:        qz.str_concat %v, %x, %comma {qz.in_place}
// CHECK-NEXT:   qz.drop %x : !qz.str
// CHECK-NEXT:   [[OLD:%.*]] = qz.local_get %s
// CHECK-NEXT:   qz.local_set %s, %more
// CHECK-NEXT:   qz.drop [[OLD]] {qz.in_place}

// CHECK:      func.func @field_and_call(
// CHECK:        qz.dup %v
// CHECK-NEXT:   %x = func.call
// CHECK-NEXT:   [[OLD:%.*]] = qz.struct_get %o[0]
// CHECK-NEXT:   qz.drop [[OLD]] : !qz.str
// CHECK-NEXT:   qz.str_concat %v, %x {qz.in_place}
// CHECK-NEXT:   qz.drop %{{x|v}}
// CHECK-NEXT:   qz.drop %{{x|v}}
// CHECK-NEXT:   qz.struct_set %o[0], %more
// CHECK-NEXT:   func.return

// CHECK:      func.func @elsewhere(
// CHECK-NOT:    in_place
// CHECK:      func.func @lent_part(
// CHECK-NOT:    in_place
// CHECK:      func.func @looked_at(
// CHECK-NOT:    in_place
// CHECK:        func.return
