// RUN: to_llvm
builtin.module {
  func.func private @f(i64, i64, i64, i64, i64) -> !qzrt.pack<3>
  qzrt.c_entry "e" of @f as (!qz.struct<"Two", n: si32, x: f64>, !qz.struct<"Three", a: si64, b: si64, c: si64>) -> !qz.struct<"Three", a: si64, b: si64, c: si64>
}
// CHECK:      llvm.func @e(%[[TO:.*]]: !llvm.ptr, %[[N:.*]]: i64, %[[X:.*]]: f64, %[[B:.*]]: !llvm.array<24 x i8>) -> !llvm.ptr
// CHECK:        %[[PLACE:.*]] = llvm.alloca
// CHECK-NEXT:   llvm.store %[[N]], %[[PLACE]]
// CHECK-NEXT:   %[[P8:.*]] = llvm.getelementptr inbounds %[[PLACE]][8]
// CHECK-NEXT:   llvm.store %[[X]], %[[P8]]
// CHECK-NEXT:   %[[M:.*]] = llvm.load %[[PLACE]] {{.*}} -> i32
// CHECK-NEXT:   %[[W:.*]] = llvm.sext %[[M]] : i32 to i64
// CHECK:        %[[COPY:.*]] = "llvm.copy_address"(%[[B]]) : (!llvm.array<24 x i8>) -> !llvm.ptr
// CHECK:        %[[R:.*]] = llvm.call @f(%[[W]],
// CHECK:        llvm.store %{{.*}}, %[[TO]]
// CHECK:        llvm.return %[[TO]] : !llvm.ptr
