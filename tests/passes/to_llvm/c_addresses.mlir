// RUN: to_llvm
builtin.module {
  func.func @call(%code: i64, %n: i64, %p: i64) -> i64 {
    %c = qzrt.call_extern indirect @m$f$c1(%code, %n, %p) as (si32, !qzrt.ptr) -> ui8 : (i64, i64, i64) -> i64
    func.return %c : i64
  }
}
// Nothing of that name is declared.
// CHECK-NOT:  m$f$c1
// CHECK:      llvm.func @call(%[[A:[0-9]+]]: i64, %[[B:[0-9]+]]: i64, %[[C:[0-9]+]]: i64)
// CHECK:        %[[CODE:.*]] = llvm.inttoptr %[[A]] : i64 to !llvm.ptr
// CHECK:        %[[N:.*]] = llvm.trunc %[[B]] : i64 to i32
// CHECK:        %[[R:.*]] = llvm.call %[[CODE]](%[[N]], %{{.*}}) : !llvm.ptr, (i32, !llvm.ptr) -> i8
// CHECK:        llvm.zext %[[R]] : i8 to i64
