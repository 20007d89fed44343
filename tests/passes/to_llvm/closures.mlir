// RUN: to_llvm
builtin.module {
  func.func @call(%0: i64, %1: i64) -> i64 {
    %2 = qzrt.function @"m$half" : (i64, i64) -> i64
    %3 = qzrt.stack_block 2
    qzrt.store "p" 8 %2 to %3 scale 1 offset 0 alias "closure" : i64
    %4 = qzrt.load "p" 8 %0 scale 1 offset 0 alias "closure" : i64
    %5 = qzrt.call_indirect %4(%1, %3) : (i64, i64) -> i64
    qzrt.call_indirect %5() : () -> ()
    func.return %2 : i64
  }
  func.func private @own() {
    func.return
  }
}
// CHECK:      llvm.func @m$half(i64, i64) -> i64
// CHECK:      llvm.func @call
// CHECK:        %[[HEADER:.*]] = llvm.alloca %{{.*}} x !llvm.array<3 x i64> {alignment = 8 : i64}
// CHECK:        %[[HALF:.*]] = llvm.mlir.addressof @m$half : !llvm.ptr
// CHECK:        llvm.store %{{.*}}, %[[HEADER]] {alignment = 1 : i64} : i64, !llvm.ptr
// CHECK-NEXT:   %[[BLOCK:.*]] = llvm.getelementptr inbounds %[[HEADER]][8]
// CHECK:        llvm.store %[[HALF]], %[[BLOCK]]
// CHECK:        %[[CODE:.*]] = llvm.load %{{.*}} -> !llvm.ptr
// CHECK:        %[[R:.*]] = llvm.call %[[CODE]](%{{.*}}, %{{.*}}) : !llvm.ptr, (i64, i64) -> i64
// CHECK:        llvm.call %{{.*}}() : !llvm.ptr, () -> ()
// CHECK:      llvm.func internal @own()
