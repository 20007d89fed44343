// RUN: to_owned insert_counts
builtin.module {
  func.func private @m$make() -> !qz.val<@m$List>
  func.func private @m$pushed(!qz.val<@m$List>) -> !qz.val<@m$List>
  func.func private @m$named(!qz.val<@m$List>, !qz.str) -> !qz.val<@m$List>

  // What is owned is dropped where it is not needed any more, or handed on.
  func.func @m$unused(%x: si64, %l: !qz.val<@m$List>) -> !qz.val<@m$List> {
    %new = func.call @m$make() : () -> !qz.val<@m$List>
    func.return %new : !qz.val<@m$List>
  }
  func.func @m$handed_on(%l: !qz.val<@m$List>) -> !qz.val<@m$List> {
    %new = func.call @m$pushed(%l) : (!qz.val<@m$List>) -> !qz.val<@m$List>
    func.return %new : !qz.val<@m$List>
  }
  // A part that is handed over has a count of its own, so the whole need not wait.
  func.func @m$part(%l: !qz.val<@m$List>) -> !qz.val<@m$List> {
    %rest = qz.struct_get %l[0] {qz.borrowed} : !qz.val<@m$List> -> !qz.val<@m$List>
    %new = func.call @m$pushed(%rest) : (!qz.val<@m$List>) -> !qz.val<@m$List>
    func.return %new : !qz.val<@m$List>
  }
  // The whole is handed over, and a part only lent: whoever gets them might give up the whole first.
  func.func @m$lent(%l: !qz.val<@m$List>) -> !qz.val<@m$List> {
    %name = qz.struct_get %l[1] {qz.borrowed} : !qz.val<@m$List> -> !qz.str
    %new = func.call @m$named(%l, %name) : (!qz.val<@m$List>, !qz.str) -> !qz.val<@m$List>
    func.return %new : !qz.val<@m$List>
  }
}
// CHECK:      func.func @m$unused$own
// CHECK-NEXT:   qz.drop %l
// CHECK-NEXT:   %new = func.call @m$make()
// CHECK-NEXT:   func.return %new
// CHECK:      func.func @m$handed_on$own
// CHECK-NEXT:   %new = func.call @m$pushed$own(%l)
// CHECK-NEXT:   func.return %new
// CHECK:      func.func @m$part$own
// CHECK-NEXT:   %rest = qz.struct_get %l[0]
// CHECK-NEXT:   qz.dup %rest
// CHECK-NEXT:   qz.drop %l
// CHECK-NEXT:   %new = func.call @m$pushed$own(%rest)
// CHECK-NEXT:   func.return %new
// CHECK:      func.func @m$lent$own
// CHECK-NEXT:   %name = qz.struct_get %l[1]
// CHECK-NEXT:   qz.dup %l
// CHECK-NEXT:   %new = func.call @m$named$own(%l, %name)
// CHECK-NEXT:   qz.drop %l
// CHECK-NEXT:   func.return %new
