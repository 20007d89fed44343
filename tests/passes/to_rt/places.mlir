// RUN: to_rt
builtin.module {
  func.func @pair(%x: f64, %b: i1) -> !qz.val<@Pair> {
    %p = qz.struct_new %x, %b : f64, i1 -> !qz.val<@Pair>
    %c = qz.struct_get %p[1 "b"] : !qz.val<@Pair> -> i1
    qz.struct_set %p[1 "b"], %c : !qz.val<@Pair>, i1
    func.return %p : !qz.val<@Pair>
  }
  func.func @closed_at_last(%x: si64) -> !qz.val<@File> {
    %f = qz.struct_new %x : si64 drop @File$drop -> !qz.val<@File>
    func.return %f : !qz.val<@File>
  }
  func.func @cells(%s: !qz.str) -> !qz.str {
    %cell = qz.local "s" %s : !qz.local<!qz.str> from !qz.str
    qz.local_set %cell, %s : !qz.local<!qz.str>, !qz.str
    %r = qz.local_get %cell : !qz.local<!qz.str> -> !qz.str
    func.return %r : !qz.str
  }
  func.func @globals() -> f64 {
    %g = qz.global_get @"m$rate" : f64
    qz.global_set @"m$rate", %g : f64
    func.return %g : f64
  }
}
// An f64 lies in a field as itself, a Bool as its word.
// CHECK:      func.func @pair
// CHECK:        %[[P:.*]] = func.call @rt.memory$alloc(%{{.*}})
// CHECK-NEXT:   qzrt.store "f" 8 %{{.*}} to %[[P]] scale 1 offset 0 alias "field 0" : f64
// CHECK-NEXT:   %[[W:.*]] = arith.extui %{{.*}} : i1 to i64
// CHECK-NEXT:   qzrt.store "s" 8 %[[W]] to %[[P]] scale 1 offset 8 alias "field 1" : i64
// CHECK-NEXT:   %[[L:.*]] = qzrt.load "s" 8 %[[P]] scale 1 offset 8 alias "field 1" : i64
// CHECK-NEXT:   arith.trunci %[[L]] : i64 to i1

// What is to be done before a block is freed is known from the block.
// CHECK:      func.func @closed_at_last
// CHECK:        %[[CODE:.*]] = qzrt.symbol @File$drop
// CHECK:        func.call @rt.memory$alloc_dropped(%{{.*}}, %{{.*}}, %{{.*}}, %[[CODE]])

// CHECK:      func.func @cells
// CHECK-NEXT:   %[[SLOT:.*]] = qzrt.slot "s" : !qzrt.slot<!qzrt.ptr>
// CHECK-NEXT:   qzrt.slot_store %[[SLOT]], %{{.*}} : !qzrt.slot<!qzrt.ptr>, i64

// CHECK:      func.func @globals
// CHECK-NEXT:   %[[G:.*]] = qzrt.symbol @m$rate
// CHECK-NEXT:   qzrt.load "f" 8 %[[G]] scale 1 offset 0 alias "global" : f64
