// RUN: to_rt
builtin.module {
  func.func @node(%arena: !qz.val<@Arena>, %n: si64, %next: !qz.enum<"m$Option<Node>", Some(ref), None>) -> !qz.val<@Node> {
    %node = qz.arena_new %arena : !qz.val<@Arena> of %n, %next : si64, !qz.enum<"m$Option<Node>", Some(ref), None> -> !qz.val<@Node>
    func.return %node : !qz.val<@Node>
  }
}
// The block is one of the arena, which takes over the count on what is counted and lives elsewhere.
// CHECK:      func.func @node
// CHECK:        %[[N:.*]] = func.call @rt.arena$take(%[[A:.*]], %{{.*}})
// CHECK-NEXT:   qzrt.store "s" 8 %{{.*}} to %[[N]] scale 1 offset 0 alias "field 0"
// CHECK-NEXT:   qzrt.store "p" 8 %[[NEXT:.*]] to %[[N]] scale 1 offset 8 alias "field 1"
// CHECK-NEXT:   func.call @rt.arena$hold_word(%[[A]], %[[NEXT]])
// CHECK-NEXT:   func.return %[[N]]
