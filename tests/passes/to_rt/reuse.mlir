// RUN: to_rt
// What is given up for a block of its type is emptied, and that is filled again if there is one.
builtin.module {
  func.func @again(%l: !qz.enum<"L", Cons(word, ref), Empty>, %t: !qz.enum<"L", Cons(word, ref), Empty>, %x: si64) -> !qz.enum<"L", Cons(word, ref), Empty> {
    qz.drop %l {qz.reuse = array<i64: 0, 1051>} : !qz.enum<"L", Cons(word, ref), Empty>
    %m = qz.enum_new 0 %x, %t : si64, !qz.enum<"L", Cons(word, ref), Empty> {qz.reuse = array<i64: 0, 1051>} -> !qz.enum<"L", Cons(word, ref), Empty>
    func.return %m : !qz.enum<"L", Cons(word, ref), Empty>
  }
}
// CHECK:      func.func @again
// CHECK:        %[[EMPTIED:.*]] = func.call @rt.count$emptied(%{{.*}}, %[[ID:.*]]) :
// CHECK:        %[[BLOCK:.*]] = func.call @rt.memory$alloc_in(%[[EMPTIED]], %{{.*}}, %[[ID]]) :
// CHECK:        qzrt.store "s" 8 %{{.*}} to %[[BLOCK]] scale 1 offset 0 alias "enum tag"
// CHECK:        func.return %[[BLOCK]]
