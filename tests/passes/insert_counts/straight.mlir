// RUN: to_cfg insert_counts
builtin.module {
  func.func private @make() -> !qz.str
  func.func private @use(!qz.str) -> ()

  // A parameter is borrowed: who stores or returns it takes a count.
  func.func @stores_a_parameter(%v: !qz.vec<!qz.str>, %s: !qz.str) -> !qz.str {
    qz.vec_push %v, %s : !qz.vec<!qz.str>, !qz.str
    qz.return %s : !qz.str
  }
  // A result is owned: the last use takes its count along, and an earlier one takes another.
  func.func @last_use_moves(%v: !qz.vec<!qz.str>) -> !qz.str {
    %s = func.call @make() : () -> !qz.str
    qz.vec_push %v, %s : !qz.vec<!qz.str>, !qz.str
    func.call @use(%s) : (!qz.str) -> ()
    qz.return %s : !qz.str
  }
  // What is only borrowed is dropped behind its last use, and what is not used at all at once.
  func.func @dropped(%t: !qz.str) {
    %s = qz.str_concat %t, %t
    %n = qz.str_size %s
    func.call @use(%s) : (!qz.str) -> ()
    %m = qz.str_size %t
    %unused = func.call @make() : () -> !qz.str
    qz.return
  }
  // The same value twice in one operation.
  func.func @twice() -> !qz.val<@m$P> {
    %s = func.call @make() : () -> !qz.str
    %p = qz.struct_new %s, %s : !qz.str, !qz.str -> !qz.val<@m$P>
    qz.return %p : !qz.val<@m$P>
  }
  // A constant is never counted.
  func.func @constant(%v: !qz.vec<!qz.str>) -> !qz.str {
    %s = qz.str_const "x"
    qz.vec_push %v, %s : !qz.vec<!qz.str>, !qz.str
    qz.return %s : !qz.str
  }
  // What is replaced is read before and dropped after; the read checks the index.
  func.func @replaced(%v: !qz.vec<!qz.str>, %p: !qz.val<@m$P>, %i: si64, %s: !qz.str) {
    qz.vec_set %v, %i, %s : !qz.vec<!qz.str>, !qz.str
    qz.struct_set %p[0], %s : !qz.val<@m$P>, !qz.str
    qz.struct_set %p[1], %i : !qz.val<@m$P>, si64
    %text = qz.str_const "x"
    qz.global_set @m$g, %text : !qz.str
    qz.return
  }
  // Nothing here has a count but what the constant replaces.
  func.func @forgotten() {
    %text = qz.str_const ""
    qz.global_set @m$g, %text : !qz.str
    qz.return
  }
  // A vector that one of its own elements is pushed to may have moved its elements by then.
  func.func @pushed_to_itself(%v: !qz.vec<!qz.str>, %i: si64) {
    %x = qz.vec_get %v, %i : !qz.vec<!qz.str> -> !qz.str
    qz.vec_push %v, %x : !qz.vec<!qz.str>, !qz.str
    qz.return
  }
  // Nothing is given back on the way to the end of the program.
  func.func @ends() {
    %s = func.call @make() : () -> !qz.str
    %t = qz.str_concat %s, %s
    qz.panic %t
    qz.unreachable
  }
}
// CHECK:      func.func @stores_a_parameter
// CHECK-NEXT:   qz.dup %s
// CHECK-NEXT:   qz.vec_push %v, %s
// CHECK-NEXT:   qz.dup %s
// CHECK-NEXT:   func.return %s
// CHECK:      func.func @last_use_moves
// CHECK-NEXT:   %s = func.call @make
// CHECK-NEXT:   qz.dup %s
// CHECK-NEXT:   qz.vec_push %v, %s
// CHECK-NEXT:   func.call @use(%s)
// CHECK-NEXT:   func.return %s
// CHECK:      func.func @dropped
// CHECK-NEXT:   %s = qz.str_concat %t, %t
// CHECK-NEXT:   qz.str_size %s
// CHECK-NEXT:   func.call @use(%s)
// CHECK-NEXT:   qz.drop %s
// CHECK-NEXT:   qz.str_size %t
// CHECK-NEXT:   %unused = func.call @make
// CHECK-NEXT:   qz.drop %unused
// CHECK-NEXT:   func.return
// CHECK:      func.func @twice
// CHECK-NEXT:   %s = func.call @make
// CHECK-NEXT:   qz.dup %s
// CHECK-NEXT:   %p = qz.struct_new %s, %s
// CHECK-NEXT:   func.return %p
// CHECK:      func.func @constant
// CHECK-NEXT:   %s = qz.str_const "x"
// CHECK-NEXT:   qz.vec_push %v, %s
// CHECK-NEXT:   func.return %s
// CHECK:      func.func @replaced
// CHECK-NEXT:   qz.dup %s
// CHECK-NEXT:   %[[ELEMENT:.*]] = qz.vec_get %v, %i
// CHECK-NEXT:   qz.vec_set unchecked %v, %i, %s
// CHECK-NEXT:   qz.drop %[[ELEMENT]]
// CHECK-NEXT:   qz.dup %s
// CHECK-NEXT:   %[[FIELD:.*]] = qz.struct_get %p[0]
// CHECK-NEXT:   qz.struct_set %p[0], %s
// CHECK-NEXT:   qz.drop %[[FIELD]]
// CHECK-NEXT:   qz.struct_set %p[1], %i
// CHECK-NEXT:   %text = qz.str_const
// CHECK-NEXT:   %[[GLOBAL:.*]] = qz.global_get @m$g
// CHECK-NEXT:   qz.global_set @m$g, %text
// CHECK-NEXT:   qz.drop %[[GLOBAL]]
// CHECK-NEXT:   func.return
// CHECK:      func.func @forgotten
// CHECK-NEXT:   %text = qz.str_const
// CHECK-NEXT:   %[[GLOBAL:.*]] = qz.global_get @m$g
// CHECK-NEXT:   qz.global_set @m$g, %text
// CHECK-NEXT:   qz.drop %[[GLOBAL]]
// CHECK-NEXT:   func.return
// CHECK:      func.func @pushed_to_itself
// CHECK-NEXT:   %x = qz.vec_get %v, %i
// CHECK-NEXT:   qz.dup %x
// CHECK-NEXT:   qz.vec_push %v, %x
// CHECK-NEXT:   func.return
// CHECK:      func.func @ends
// CHECK-NEXT:   %s = func.call @make
// CHECK-NEXT:   %t = qz.str_concat %s, %s
// CHECK-NEXT:   qz.drop %s
// CHECK-NEXT:   qz.panic %t
// CHECK-NEXT:   qz.unreachable
