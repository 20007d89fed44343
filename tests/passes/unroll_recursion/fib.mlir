// RUN: to_llvm unroll_recursion
builtin.module {
  func.func @"m$fib"(%n: i64) -> i64 {
    %one = arith.constant 1 : i64
    %two = arith.constant 2 : i64
    %small = arith.cmpi slt, %n, %two : i64
    cf.cond_br %small, ^bb1, ^bb2
  ^bb1:
    func.return %n : i64
  ^bb2:
    %n1 = arith.subi %n, %one : i64
    %a = func.call @"m$fib"(%n1) : (i64) -> i64
    %n2 = arith.subi %n, %two : i64
    %b = func.call @"m$fib"(%n2) : (i64) -> i64
    %r = arith.addi %a, %b : i64
    func.return %r : i64
  }
  func.func @"m$once"(%n: i64) -> i64 {
    func.return %n : i64
  }
  func.func @"m$apart"(%n: i64) -> i64 attributes {qz.noinline} {
    %r = func.call @"m$apart"(%n) : (i64) -> i64
    func.return %r : i64
  }
}
// CHECK:      llvm.func @m$fib(
// CHECK:        llvm.call @m$fib.r1
// CHECK:        llvm.call @m$fib.r1
// CHECK:      llvm.func @m$once
// CHECK:      llvm.func @m$apart
// CHECK:        llvm.call @m$apart(
// CHECK:      llvm.func internal @m$fib.r1({{.*}}attributes {{.*}}"alwaysinline"
// CHECK-COUNT-2: llvm.call @m$fib.r2
// CHECK:      llvm.func internal @m$fib.r2
// CHECK-COUNT-2: llvm.call @m$fib.r3
// CHECK:      llvm.func internal @m$fib.r3
// CHECK-COUNT-2: llvm.call @m$fib.r4
// CHECK:      llvm.func internal @m$fib.r4
// CHECK-COUNT-2: llvm.call @m$fib(
// CHECK-NOT:  llvm.func
