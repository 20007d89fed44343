// RUN: to_llvm
builtin.module {
  func.func @next(%p: i64, %i: i64) -> i64 {
    %next = qzrt.load "p" 8 %p scale 1 offset 8 alias "field 1" : i64
    %x = qzrt.load "u" 1 %next[%i] scale 1 offset 0 alias "element 1" : i64
    %raw = qzrt.load "s" 2 %p scale 1 offset 3 : i64
    %sum = arith.addi %x, %raw : i64
    %difference = arith.subi %sum, %next : i64
    func.return %difference : i64
  }
}
// A parameter becomes a pointer once, in front; what memory gives as an address is one from the start, and an
// integer is made of it right behind, only because a subtraction wants one.
// CHECK:      llvm.func @next(%[[P:.*]]: i64, %[[I:.*]]: i64) -> i64
// CHECK-NEXT:   %[[BASE:.*]] = llvm.inttoptr %[[P]] : i64 to !llvm.ptr
// CHECK-NEXT:   %[[A:.*]] = llvm.getelementptr inbounds %[[BASE]][8] : (!llvm.ptr) -> !llvm.ptr, i8
// CHECK-NEXT:   %[[NEXT:.*]] = llvm.load %[[A]] {tbaa = [#llvm.tbaa_tag<base_type = <id = "field 1", {{.*}} : !llvm.ptr -> !llvm.ptr
// CHECK-NEXT:   %[[WORD:.*]] = llvm.ptrtoint %[[NEXT]] : !llvm.ptr to i64
// CHECK-NEXT:   %[[E:.*]] = llvm.getelementptr inbounds %[[NEXT]][%[[I]]] : (!llvm.ptr, i64) -> !llvm.ptr, i8
// CHECK-NEXT:   %[[BYTE:.*]] = llvm.load %[[E]] {tbaa = {{.*}} : !llvm.ptr -> i8
// CHECK-NEXT:   %[[X:.*]] = llvm.zext %[[BYTE]] : i8 to i64

// A raw access may be anywhere, of any alignment.
// CHECK-NEXT:   %[[R:.*]] = llvm.getelementptr %[[BASE]][3] : (!llvm.ptr) -> !llvm.ptr, i8
// CHECK-NEXT:   %[[H:.*]] = llvm.load %[[R]] {alignment = 1 : i64} : !llvm.ptr -> i16
// CHECK-NEXT:   llvm.sext %[[H]] : i16 to i64
// CHECK:        llvm.sub %{{.*}}, %[[WORD]] : i64
