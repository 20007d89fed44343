// RUN: to_llvm
builtin.module {
  func.func @checked(%a: i64, %b: i64) -> i64 {
    %s = qzrt.add_checked signed 8 %a, %b loc("m.qz":3:7)
    %n = qzrt.sub_checked signed negation 64 %a, %s loc("m.qz":4:1)
    %ok = arith.cmpi ult, %n, %b : i64
    qzrt.check "bounds" %ok(%n, %b) loc("m.qz":5:2)
    func.return %n : i64
  }
}
// The cold blocks stand behind everything else, and tell where they came from: line and column in one word.
// CHECK-DAG:  llvm.mlir.global private unnamed_addr constant @[[FILE:.*]]("\04\00\00\00\00\00\00\00\FF\FF\FF\FF\08\00\00\00m.qz\00")
// CHECK:      llvm.func @checked
// CHECK:        %[[BASE:.*]] = llvm.mlir.addressof @[[FILE]]
// CHECK:        %[[A8:.*]] = llvm.trunc %{{.*}} : i64 to i8
// CHECK-NEXT:   %[[B8:.*]] = llvm.trunc %{{.*}} : i64 to i8
// CHECK-NEXT:   %[[PAIR:.*]] = "llvm.intr.sadd.with.overflow"(%[[A8]], %[[B8]]) : (i8, i8) -> !llvm.struct<(i8, i1)>
// CHECK-NEXT:   %[[SUM:.*]] = llvm.extractvalue %[[PAIR]][0]
// CHECK-NEXT:   %[[OVER:.*]] = llvm.extractvalue %[[PAIR]][1]
// CHECK-NEXT:   llvm.cond_br %[[OVER]], [[COLD:\^bb[0-9]+]], [[REST:\^bb[0-9]+]]
// CHECK-NEXT: [[REST]]:
// CHECK-NEXT:   llvm.sext %[[SUM]] : i8 to i64
// CHECK:        llvm.return
// CHECK-NEXT: [[COLD]]:
// CHECK-NEXT:   llvm.call @rt.panic$overflow(%[[ADD:.*]], %{{.*}}, %{{.*}})
// CHECK-NEXT:   llvm.unreachable
// CHECK-NEXT: ^{{.*}}:
// CHECK-NEXT:   llvm.call @rt.panic$overflow
// CHECK-NEXT:   llvm.unreachable
// CHECK-NEXT: ^{{.*}}:
// CHECK-NEXT:   llvm.call @rt.panic$bounds
// CHECK-NEXT:   llvm.unreachable
