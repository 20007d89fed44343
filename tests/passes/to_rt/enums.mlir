// RUN: to_rt
builtin.module {
  func.func @stump() -> !qz.enum<"m$Tree", Leaf, Stump, Node(ref)> {
    %t = qz.enum_new 1 -> !qz.enum<"m$Tree", Leaf, Stump, Node(ref)>
    func.return %t : !qz.enum<"m$Tree", Leaf, Stump, Node(ref)>
  }
  func.func @kind(%t: !qz.enum<"m$Tree", Leaf, Stump, Node(ref)>) -> si64 {
    %n = qz.enum_tag %t : !qz.enum<"m$Tree", Leaf, Stump, Node(ref)>
    func.return %n : si64
  }
  func.func @add() -> !qz.enum<"m$Code", Push(word), Add, Jump(word)> {
    %c = qz.enum_new 1 -> !qz.enum<"m$Code", Push(word), Add, Jump(word)>
    func.return %c : !qz.enum<"m$Code", Push(word), Add, Jump(word)>
  }
  func.func @code(%c: !qz.enum<"m$Code", Push(word), Add, Jump(word)>) -> si64 {
    %n = qz.enum_tag %c : !qz.enum<"m$Code", Push(word), Add, Jump(word)>
    func.return %n : si64
  }
}
// One kind of block: the low bits tell it from the others, and no memory is read.
// CHECK:      func.func @stump
// CHECK-NEXT:   %[[SEVEN:.*]] = arith.constant 7 : i64
// CHECK-NEXT:   func.return %[[SEVEN]]
// CHECK:      func.func @kind(%[[T:.*]]: i64)
// CHECK:        %[[LOW:.*]] = arith.andi %[[T]], %{{.*}} : i64
// CHECK-NOT:    qzrt.load
// CHECK:        arith.select

// Two kinds of block have their tags, and so has what is no block of its own.
// CHECK:      func.func @add
// CHECK-NEXT:   %[[ADD:.*]] = qzrt.bytes "\01\00\00\00\00\00\00\00"
// CHECK-NEXT:   func.return %[[ADD]]
// CHECK:      func.func @code(%[[C:.*]]: i64)
// CHECK-NEXT:   %[[N:.*]] = qzrt.load "s" 8 %[[C]] scale 1 offset 0 alias "enum tag" : i64
// CHECK-NEXT:   func.return %[[N]]
