// RUN: to_rt
builtin.module {
  // What is always the address of a block is not asked whether it is one.
  func.func @addresses(%s: !qz.str, %v: !qz.vec<si64>, %r: !qz.val<@m$S>, %t: !qz.tuple<si64, !qz.str>) {
    qz.dup %s : !qz.str
    qz.drop %v : !qz.vec<si64>
    qz.dup %r : !qz.val<@m$S>
    qz.drop %t : !qz.tuple<si64, !qz.str>
    func.return
  }
  // What has no payload is a block as well where there are blocks of several kinds.
  func.func @enums(%b: !qz.enum<"B", One(word), Two(ref), None>, %i: !qz.enum<"I", One(word, word), None>, %n: !qz.enum<"N", Some(ref), None>) {
    qz.drop %b : !qz.enum<"B", One(word), Two(ref), None>
    qz.drop %i : !qz.enum<"I", One(word, word), None>
    qz.drop %n : !qz.enum<"N", Some(ref), None>
    func.return
  }
  // A leaf that all variants but one leave null is not handed to anybody then.
  func.func @leaf(%w: !qz.val<"nullable">) {
    qz.dup %w : !qz.val<"nullable">
    qz.drop %w : !qz.val<"nullable">
    func.return
  }
  func.func @others(%e: !qz.val<"ref">, %f: !qz.fn<() -> ()>) {
    qz.dup %e : !qz.val<"ref">
    qz.drop %f : !qz.fn<() -> ()>
    func.return
  }
}
// CHECK:      func.func @addresses
// CHECK:        func.call @rt.count$dup(
// CHECK-NEXT:   func.call @rt.count$drop(
// CHECK-NEXT:   func.call @rt.count$dup(
// CHECK-NEXT:   func.call @rt.count$drop(
// CHECK:      func.func @enums
// CHECK:        func.call @rt.count$drop(
// CHECK-NEXT:   func.call @rt.count$drop_word(
// CHECK-NEXT:   func.call @rt.count$drop_word(
// CHECK:      func.func @leaf(%[[W:.*]]: i64)
// CHECK:        %[[IS:.*]] = arith.cmpi ne, %[[W]], %{{.*}} : i64
// CHECK-NEXT:   cf.cond_br %[[IS]], ^[[GIVEN:.*]], ^[[REST:.*]]
// CHECK-NEXT: ^[[GIVEN]]:
// CHECK-NEXT:   func.call @rt.count$dup_word(%[[W]])
// CHECK-NEXT:   cf.br ^[[REST]]
// CHECK-NEXT: ^[[REST]]:
// CHECK:        arith.cmpi ne, %[[W]]
// CHECK:        func.call @rt.count$drop_word(%[[W]])
// CHECK:      func.func @others
// CHECK:        func.call @rt.count$dup_word(
// CHECK-NEXT:   func.call @rt.count$drop_word(
