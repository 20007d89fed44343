// RUN: to_owned insert_counts move_from_variables
builtin.module {
  func.func private @m$pushed(!qz.val<@m$List>, si64) -> !qz.val<@m$List>
  func.func private @m$named(!qz.val<@m$List>, !qz.str) -> !qz.val<@m$List>
  func.func private @m$look(!qz.val<@m$List>) -> ()

  // Its own count goes along.
  func.func @moved(%l: !qz.val<@m$List>, %x: si64) -> !qz.val<@m$List> {
    %cell = qz.local "l" %l : !qz.local<!qz.val<@m$List>> from !qz.val<@m$List>
    %v = qz.local_get %cell {qz.borrowed} : !qz.local<!qz.val<@m$List>> -> !qz.val<@m$List>
    func.call @m$look(%v) : (!qz.val<@m$List>) -> ()
    %new = func.call @m$pushed(%v, %x) : (!qz.val<@m$List>, si64) -> !qz.val<@m$List>
    qz.local_set %cell, %new : !qz.local<!qz.val<@m$List>>, !qz.val<@m$List>
    %last = qz.local_get %cell : !qz.local<!qz.val<@m$List>> -> !qz.val<@m$List>
    func.return %last : !qz.val<@m$List>
  }
  // Somebody looks at it in between, through the same value, another read, or a part of it.
  func.func @looked_at(%l: !qz.val<@m$List>, %x: si64) {
    %cell = qz.local "l" %l : !qz.local<!qz.val<@m$List>> from !qz.val<@m$List>
    %v = qz.local_get %cell {qz.borrowed} : !qz.local<!qz.val<@m$List>> -> !qz.val<@m$List>
    %new = func.call @m$pushed(%v, %x) : (!qz.val<@m$List>, si64) -> !qz.val<@m$List>
    func.call @m$look(%v) : (!qz.val<@m$List>) -> ()
    qz.local_set %cell, %new : !qz.local<!qz.val<@m$List>>, !qz.val<@m$List>
    %w = qz.local_get %cell {qz.borrowed} : !qz.local<!qz.val<@m$List>> -> !qz.val<@m$List>
    %more = func.call @m$pushed(%w, %x) : (!qz.val<@m$List>, si64) -> !qz.val<@m$List>
    %u = qz.local_get %cell {qz.borrowed} : !qz.local<!qz.val<@m$List>> -> !qz.val<@m$List>
    func.call @m$look(%u) : (!qz.val<@m$List>) -> ()
    qz.local_set %cell, %more : !qz.local<!qz.val<@m$List>>, !qz.val<@m$List>
    %y = qz.local_get %cell {qz.borrowed} : !qz.local<!qz.val<@m$List>> -> !qz.val<@m$List>
    %part = qz.struct_get %y[0] {qz.borrowed} : !qz.val<@m$List> -> !qz.val<@m$List>
    %most = func.call @m$pushed(%y, %x) : (!qz.val<@m$List>, si64) -> !qz.val<@m$List>
    func.call @m$look(%part) : (!qz.val<@m$List>) -> ()
    qz.local_set %cell, %most : !qz.local<!qz.val<@m$List>>, !qz.val<@m$List>
    func.return
  }
  // A part of it that was read before, with another read, is looked at by whoever gets the whole.
  func.func @a_part_of_it(%l: !qz.val<@m$List>) {
    %cell = qz.local "l" %l : !qz.local<!qz.val<@m$List>> from !qz.val<@m$List>
    %u = qz.local_get %cell {qz.borrowed} : !qz.local<!qz.val<@m$List>> -> !qz.val<@m$List>
    %name = qz.struct_get %u[1] {qz.borrowed} : !qz.val<@m$List> -> !qz.str
    %v = qz.local_get %cell {qz.borrowed} : !qz.local<!qz.val<@m$List>> -> !qz.val<@m$List>
    %new = func.call @m$named(%v, %name) : (!qz.val<@m$List>, !qz.str) -> !qz.val<@m$List>
    qz.local_set %cell, %new : !qz.local<!qz.val<@m$List>>, !qz.val<@m$List>
    func.return
  }
  // On one of two ways only.
  func.func @perhaps(%l: !qz.val<@m$List>, %x: si64, %c: i1) {
    %cell = qz.local "l" %l : !qz.local<!qz.val<@m$List>> from !qz.val<@m$List>
    %v = qz.local_get %cell {qz.borrowed} : !qz.local<!qz.val<@m$List>> -> !qz.val<@m$List>
    %new = func.call @m$pushed(%v, %x) : (!qz.val<@m$List>, si64) -> !qz.val<@m$List>
    cf.cond_br %c, ^bb1, ^bb2
  ^bb1:
    qz.local_set %cell, %new : !qz.local<!qz.val<@m$List>>, !qz.val<@m$List>
    cf.br ^bb2
  ^bb2:
    func.return
  }
}
// CHECK:      func.func @moved(
// CHECK:        %v = qz.local_get %cell
// CHECK-NEXT:   func.call @m$look(%v)
// CHECK-NEXT:   %new = func.call @m$pushed$own(%v, %x)
// CHECK-NEXT:   qz.local_set %cell, %new
// CHECK-NEXT:   %last = qz.local_get %cell
// CHECK-NEXT:   func.return %last
// CHECK:      func.func @looked_at(
// CHECK:        qz.dup %v
// CHECK-NEXT:   %new = func.call @m$pushed$own(%v, %x)
// CHECK:        qz.local_set %cell, %new
// CHECK-NEXT:   qz.drop
// CHECK:        qz.dup %w
// CHECK-NEXT:   %more = func.call @m$pushed$own(%w, %x)
// CHECK:        qz.local_set %cell, %more
// CHECK-NEXT:   qz.drop
// CHECK:        qz.dup %y
// CHECK-NEXT:   %most = func.call @m$pushed$own(%y, %x)
// CHECK:        qz.local_set %cell, %most
// CHECK-NEXT:   qz.drop
// CHECK:      func.func @a_part_of_it(
// CHECK:        qz.dup %v
// CHECK-NEXT:   func.call @m$named$own(%v, %name)
// CHECK:        qz.drop
// CHECK:      func.func @perhaps(
// CHECK:        qz.dup %v
// CHECK:      ^bb1:
// CHECK:        qz.drop
