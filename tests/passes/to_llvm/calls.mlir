// RUN: to_llvm
builtin.module {
  func.func private @"m$g"(i64) -> ()
  func.func @call(%fd: i64, %p: i64) -> i64 {
    func.call @"m$g"(%fd) : (i64) -> ()
    %n = qzrt.call_extern @write(%fd, %p, %p) as (si32, !qzrt.ptr, ui64) -> si64 : (i64, i64, i64) -> i64
    %c = qzrt.call_extern @getc(%p) as (!qzrt.ptr) -> ui8 : (i64) -> i64
    %a = qzrt.symbol @environ
    func.return %c : i64
  }
}
// CHECK-DAG:  llvm.func @m$g(i64) attributes {passthrough = ["nounwind"]}
// CHECK-DAG:  llvm.func @write(i32, !llvm.ptr, i64) -> i64
// CHECK-DAG:  llvm.mlir.global external @environ() {addr_space = 0 : i32} : i64
// CHECK:      llvm.func @call
// CHECK:        llvm.call @m$g(%{{.*}}) : (i64) -> ()
// CHECK-NEXT:   %[[FD:.*]] = llvm.trunc %{{.*}} : i64 to i32
// CHECK-NEXT:   llvm.call @write(%[[FD]], %[[P:.*]], %{{.*}}) : (i32, !llvm.ptr, i64) -> i64
// CHECK-NEXT:   %[[C:.*]] = llvm.call @getc(%[[P]]) : (!llvm.ptr) -> i8
// CHECK-NEXT:   %[[W:.*]] = llvm.zext %[[C]] : i8 to i64
// CHECK:        llvm.return %[[W]]
