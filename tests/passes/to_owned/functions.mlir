// RUN: to_owned
builtin.module {
  func.func private @m$pushed(!qz.val<@m$List>, si64) -> !qz.val<@m$List>
  func.func private @m$size(!qz.val<@m$List>) -> si64
  func.func private @rt.list$other(!qz.val<@m$List>) -> !qz.val<@m$List>

  // What takes and gives the same gets an inner function; what is called is the inner one of that.
  func.func @m$twice(%x: si64, %l: !qz.val<@m$List>) -> !qz.val<@m$List> {
    %a = func.call @m$pushed(%l, %x) : (!qz.val<@m$List>, si64) -> !qz.val<@m$List>
    %n = func.call @m$size(%a) : (!qz.val<@m$List>) -> si64
    %b = func.call @m$twice(%n, %a) : (si64, !qz.val<@m$List>) -> !qz.val<@m$List>
    %c = func.call @rt.list$other(%b) : (!qz.val<@m$List>) -> !qz.val<@m$List>
    func.return %c : !qz.val<@m$List>
  }
  // It shows when the result is given up.
  func.func @m$shows(%l: !qz.val<@m$List>) -> !qz.val<@m$List> attributes {qz.shows} {
    func.return %l : !qz.val<@m$List>
  }
  // Neither words that are not blocks, nor values of which the type is not known, nor lambdas.
  func.func @m$half(%x: si64) -> si64 {
    func.return %x : si64
  }
  func.func @m$same(%x: !qz.val<"ref">) -> !qz.val<"ref"> {
    func.return %x : !qz.val<"ref">
  }
  func.func private @m$lambda1(%l: !qz.val<@m$List>) -> !qz.val<@m$List> {
    func.return %l : !qz.val<@m$List>
  }
  func.func @m$as_a_value() -> !qz.fn<(si64, !qz.val<@m$List>) -> !qz.val<@m$List>> {
    %f = qz.fn_ref @m$twice : !qz.fn<(si64, !qz.val<@m$List>) -> !qz.val<@m$List>>
    func.return %f : !qz.fn<(si64, !qz.val<@m$List>) -> !qz.val<@m$List>>
  }
}
// CHECK:      func.func private @m$pushed$own(!qz.val<@m$List>, si64) -> !qz.val<@m$List>
// CHECK:      func.func @m$twice(%[[X:.*]]: si64, %[[L:.*]]: !qz.val<@m$List>) -> !qz.val<@m$List> {
// CHECK-NEXT:   %[[R:.*]] = func.call @m$twice$own(%[[X]], %[[L]]) {qz.owns = array<i64: 1>}
// CHECK-NEXT:   func.return %[[R]]
// CHECK:      func.func @m$twice$own(%x: si64, %l: !qz.val<@m$List>) -> !qz.val<@m$List> attributes {qz.owns = array<i64: 1>} {
// CHECK-NEXT:   %a = func.call @m$pushed$own(%l, %x) {qz.owns = array<i64: 0>}
// CHECK-NEXT:   %n = func.call @m$size(%a) :
// CHECK-NEXT:   %b = func.call @m$twice$own(%n, %a) {qz.owns = array<i64: 1>}
// CHECK-NEXT:   %c = func.call @rt.list$other(%b) :
// CHECK:      func.func @m$shows(%l:
// CHECK-NEXT:   func.return
// CHECK:      func.func @m$half(%x: si64) -> si64 {
// CHECK-NEXT:   func.return
// CHECK:      func.func @m$same(%x: !qz.val<"ref">) -> !qz.val<"ref"> {
// CHECK-NEXT:   func.return
// CHECK:      func.func private @m$lambda1
// CHECK-NEXT:   func.return
// CHECK:        qz.fn_ref @m$twice :
