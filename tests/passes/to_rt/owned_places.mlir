// RUN: own_in_place to_rt
builtin.module {
  // The count is looked at; only a copy is stored, and what it stands for given up.
  func.func @field(%s: !qz.val<@m$S>, %i: si64) {
    %v = qz.struct_get %s[0] {qz.borrowed} : !qz.val<@m$S> -> !qz.vec<si64>
    %own = qz.vec_own %v : !qz.vec<si64> -> !qz.vec<si64>
    qz.dup %own : !qz.vec<si64>
    %old = qz.struct_get %s[0] : !qz.val<@m$S> -> !qz.vec<si64>
    qz.struct_set %s[0], %own : !qz.val<@m$S>, !qz.vec<si64>
    qz.drop %old : !qz.vec<si64>
    qz.vec_set unchecked %own, %i, %i : !qz.vec<si64>, si64
    qz.drop %own : !qz.vec<si64>
    func.return
  }
}
// CHECK:      func.func @field
// CHECK:        %[[V:.*]] = qzrt.load "p" 8 %[[S:.*]] scale 1 offset 0 alias "field 0"
// CHECK-NEXT:   %[[COUNT:.*]] = qzrt.load "s" 4 %[[V]] scale 1 offset -8 alias "count"
// CHECK-NEXT:   %[[SHARED:.*]] = arith.cmpi ne, %[[COUNT]],
// CHECK-NEXT:   cf.cond_br %[[SHARED]], ^[[COPY:.*]], ^[[REST:.*]]
// CHECK-NEXT: ^[[COPY]]:
// CHECK-NEXT:   %[[NEW:.*]] = func.call @rt.vec$own(%[[V]])
// CHECK-NEXT:   qzrt.store "p" 8 %[[NEW]] to %[[S]] scale 1 offset 0 alias "field 0"
// CHECK-NEXT:   func.call @rt.count$drop_word(%[[V]])
// CHECK-NEXT:   cf.br ^[[REST]]
// CHECK-NEXT: ^[[REST]]:
// CHECK-NEXT:   %[[OWN:.*]] = qzrt.load "p" 8 %[[S]] scale 1 offset 0 alias "field 0"
// CHECK-NEXT:   %[[DATA:.*]] = qzrt.load "p" 8 %[[OWN]] scale 1 offset 0 alias "vec data"
// CHECK-NEXT:   qzrt.store "s" 8 %{{.*}} to %[[DATA]]
