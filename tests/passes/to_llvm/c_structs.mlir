// RUN: to_llvm
builtin.module {
  func.func @call(%p: i64, %n: i64) -> i64 {
    %s = qzrt.call_extern @div(%p, %n) as (!qzrt.copy<24>, si64) -> (si64, f64) : (i64, i64) -> !qzrt.pack<2>
    %w = qzrt.unpack %s[1] : !qzrt.pack<2>
    func.return %w : i64
  }
}
// CHECK:      llvm.func @div(!llvm.array<24 x i8>, i64) -> !llvm.struct<(i64, f64)>
// CHECK:      llvm.func @call
// CHECK-NEXT:   %[[P:.*]] = llvm.inttoptr %{{.*}} : i64 to !llvm.ptr
// CHECK-NEXT:   %[[C:.*]] = "llvm.by_value"(%[[P]]) : (!llvm.ptr) -> !llvm.array<24 x i8>
// CHECK-NEXT:   %[[R:.*]] = llvm.call @div(%[[C]], %{{.*}}) : (!llvm.array<24 x i8>, i64) -> !llvm.struct<(i64, f64)>
// CHECK-NEXT:   %[[A:.*]] = llvm.extractvalue %[[R]][0]
// CHECK-NEXT:   %[[B:.*]] = llvm.extractvalue %[[R]][1]
// CHECK-NEXT:   %[[BITS:.*]] = llvm.bitcast %[[B]] : f64 to i64
// CHECK:        %[[ONE:.*]] = llvm.insertvalue %[[A]], %{{.*}}[0] : !llvm.struct<(i64, i64)>
// CHECK-NEXT:   %[[BOTH:.*]] = llvm.insertvalue %[[BITS]], %[[ONE]][1]
// CHECK-NEXT:   %[[W:.*]] = llvm.extractvalue %[[BOTH]][1]
// CHECK-NEXT:   llvm.return %[[W]]
