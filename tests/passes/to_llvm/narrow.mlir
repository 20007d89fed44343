// RUN: to_llvm
builtin.module {
  func.func @count(%a: i64, %b: i64) -> i64 {
    %c = qzrt.slot : !qzrt.slot<ui16>
    qzrt.slot_store %c, %a : !qzrt.slot<ui16>, i64
    %old = qzrt.slot_load %c : !qzrt.slot<ui16> -> i64
    %new = qzrt.add_wrapped 16 %old, %b
    func.return %new : i64
  }
}
// What is narrow stays so, in memory and where it is computed; words are what it is extended to.
// CHECK:      llvm.func @count
// CHECK:        %[[SLOT:.*]] = llvm.alloca %{{.*}} x i16
// CHECK:        %[[A:.*]] = llvm.trunc %{{.*}} : i64 to i16
// CHECK-NEXT:   llvm.store %[[A]], %[[SLOT]]
// CHECK-NEXT:   %[[OLD:.*]] = llvm.load %[[SLOT]]
// CHECK-NEXT:   %[[WORD:.*]] = llvm.zext %[[OLD]] : i16 to i64
// CHECK:        %[[X:.*]] = llvm.trunc %[[WORD]] : i64 to i16
// CHECK-NEXT:   %[[Y:.*]] = llvm.trunc %{{.*}} : i64 to i16
// CHECK-NEXT:   %[[SUM:.*]] = llvm.add %[[X]], %[[Y]] : i16
// CHECK-NEXT:   %[[NEW:.*]] = llvm.zext %[[SUM]] : i16 to i64
// CHECK-NEXT:   llvm.return %[[NEW]]
