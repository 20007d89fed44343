// RUN: to_cfg to_rt
builtin.module {
  func.func private @"m$half"(f64) -> f64
  func.func private @"m$step"(f64, !qz.env) -> f64
  func.func @values(%x: f64, %text: !qz.str) -> !qz.fn<(f64) -> f64> {
    %plain = qz.fn_ref @"m$half" : !qz.fn<(f64) -> f64>
    %f = qz.closure @"m$step"(%x, %text) : (f64, !qz.str) -> !qz.fn<(f64) -> f64>
    %g = qz.closure stack @"m$step"(%plain) : (!qz.fn<(f64) -> f64>) -> !qz.fn<(f64) -> f64>
    %e = qz.environment %g : !qz.fn<(f64) -> f64>
    %y = func.call @"m$step"(%x, %e) : (f64, !qz.env) -> f64
    qz.return %f : !qz.fn<(f64) -> f64>
  }
  func.func @call(%f: !qz.fn<(f64) -> f64>, %x: f64) -> f64 {
    %y = qz.call_fn %f(%x) : (f64) -> f64
    qz.return %y : f64
  }
  func.func @effect(%f: !qz.fn<() -> ()>) {
    qz.call_fn %f() : () -> ()
    qz.return
  }
  func.func @fetched(%f: !qz.fn<(i1) -> ()>, %x: i1) {
    %code = qz.code_of %f : !qz.fn<(i1) -> ()>
    qz.call_code %code, %f(%x) : (i1) -> ()
    qz.return
  }
  func.func private @inside(%x: f64, %env: !qz.env) -> f64 {
    %a = qz.captured %env[0] : f64
    %b = qz.captured %env[1] : !qz.str
    %f = qz.closure_of %env : !qz.fn<(f64) -> f64>
    %y = qz.call_fn %f(%a) : (f64) -> f64
    qz.return %y : f64
  }
  func.func @cells(%x: f64, %c: i1) -> f64 {
    %0 = qz.shared %x : !qz.shared<f64> from f64
    %1 = qz.shared stack %c : !qz.shared<i1> from i1
    qz.shared_set %0, %x : !qz.shared<f64>, f64
    %2 = qz.shared_get %1 : !qz.shared<i1> -> i1
    %3 = qz.shared_get %0 : !qz.shared<f64> -> f64
    qz.return %3 : f64
  }
}
// CHECK:      func.func @values
// CHECK:        %[[PLAIN:.*]] = qzrt.function @m$half : (i64) -> i64
// CHECK-NEXT:   %[[CODE:.*]] = qzrt.function @m$step : (i64, i64) -> i64
// CHECK-NEXT:   %[[NEW:.*]] = func.call @rt.memory$alloc(%{{.*}}, %{{.*}}) : (i64, i64) -> i64
// CHECK-NEXT:   %[[BLOCK:.*]] = qzrt.fresh %[[NEW]]
// CHECK-NEXT:   qzrt.store "p" 8 %[[CODE]] to %[[BLOCK]] scale 1 offset 0 alias "closure" : i64
// CHECK-NEXT:   qzrt.store "f" 8 %{{.*}} to %[[BLOCK]] scale 1 offset 8 alias "closure" : f64
// CHECK-NEXT:   qzrt.store "p" 8 %{{.*}} to %[[BLOCK]] scale 1 offset 16 alias "closure" : i64
// CHECK-NEXT:   %[[F:.*]] = qzrt.tag %[[BLOCK]]
// CHECK-NEXT:   %[[CODE2:.*]] = qzrt.function @m$step : (i64, i64) -> i64
// CHECK-NEXT:   %[[ROOM:.*]] = qzrt.stack_block 2
// CHECK-NEXT:   %[[STACK:.*]] = qzrt.fresh %[[ROOM]]
// CHECK-NEXT:   qzrt.store "p" 8 %[[CODE2]] to %[[STACK]] scale 1 offset 0 alias "closure" : i64
// CHECK-NEXT:   qzrt.store "s" 8 %[[PLAIN]] to %[[STACK]] scale 1 offset 8 alias "closure" : i64
// CHECK-NEXT:   %[[G:.*]] = qzrt.tag %[[STACK]]
// CHECK-NEXT:   %[[E:.*]] = arith.subi %[[G]], %{{.*}} : i64
// CHECK:        func.call @m$step(%{{.*}}, %[[E]])
// CHECK:        func.return %[[F]] : i64

// The tag says whether there is an environment to hand over, last of all.
// CHECK:      func.func @call(%[[FN:.*]]: i64, %[[W:.*]]: i64)
// CHECK:        %[[X:.*]] = arith.bitcast %[[W]] : i64 to f64
// CHECK-NEXT:   %[[AGAIN:.*]] = arith.bitcast %[[X]] : f64 to i64
// CHECK-NEXT:   %[[TAG:.*]] = arith.andi %[[FN]], %{{.*}} : i64
// CHECK-NEXT:   %[[IS:.*]] = arith.cmpi ne, %[[TAG]], %{{.*}} : i64
// CHECK-NEXT:   cf.cond_br %[[IS]], ^[[CLOSURE:.*]], ^[[SIMPLE:.*]]
// CHECK:      ^[[CLOSURE]]:
// CHECK-NEXT:   %[[B:.*]] = arith.subi %[[FN]], %{{.*}} : i64
// CHECK-NEXT:   %[[C:.*]] = qzrt.load "p" 8 %[[B]] scale 1 offset 0 alias "closure" : i64
// CHECK-NEXT:   %[[R1:.*]] = qzrt.call_indirect %[[C]](%[[AGAIN]], %[[B]]) : (i64, i64) -> i64
// CHECK-NEXT:   cf.br ^[[REST:.*]](%[[R1]] : i64)
// CHECK:      ^[[SIMPLE]]:
// CHECK-NEXT:   %[[R2:.*]] = qzrt.call_indirect %[[FN]](%[[AGAIN]]) : (i64) -> i64
// CHECK-NEXT:   cf.br ^[[REST]](%[[R2]] : i64)
// CHECK:      ^[[REST]](%[[R:.*]]: i64):
// CHECK-NEXT:   %{{.*}} = arith.bitcast %[[R]] : i64 to f64

// CHECK:      func.func @effect
// CHECK:        qzrt.call_indirect %{{.*}}(%{{.*}}) : (i64) -> ()
// CHECK:        qzrt.call_indirect %{{.*}}() : () -> ()

// CHECK:      func.func @fetched(%[[FF:.*]]: i64,
// CHECK:        cf.cond_br %{{.*}}, ^[[A:.*]], ^[[B2:.*]]
// CHECK:      ^[[A]]:
// CHECK:        %[[LOADED:.*]] = qzrt.load "p" 8 %{{.*}} scale 1 offset 0 alias "closure" : i64
// CHECK-NEXT:   cf.br ^[[JOIN:.*]](%[[LOADED]] : i64)
// CHECK:      ^[[B2]]:
// CHECK-NEXT:   cf.br ^[[JOIN]](%[[FF]] : i64)
// CHECK:      ^[[JOIN]](%[[CODE3:.*]]: i64):
// CHECK:        qzrt.call_indirect %[[CODE3]](%{{.*}}, %{{.*}}) : (i64, i64) -> ()
// CHECK:        qzrt.call_indirect %[[CODE3]](%{{.*}}) : (i64) -> ()

// CHECK:      func.func private @inside(%{{.*}}: i64, %[[ENV:.*]]: i64)
// CHECK:        %{{.*}} = qzrt.load "f" 8 %[[ENV]] scale 1 offset 8 alias "closure" : f64
// CHECK-NEXT:   %{{.*}} = qzrt.load "p" 8 %[[ENV]] scale 1 offset 16 alias "closure" : i64
// CHECK-NEXT:   %{{.*}} = qzrt.tag %[[ENV]]

// CHECK:      func.func @cells
// CHECK:        %[[HEAP:.*]] = func.call @rt.memory$alloc
// CHECK-NEXT:   qzrt.store "f" 8 %{{.*}} to %[[HEAP]] scale 1 offset 0 alias "shared" : f64
// CHECK-NEXT:   %[[CELL:.*]] = qzrt.stack_block 1
// CHECK-NEXT:   %[[WORD:.*]] = arith.extui %{{.*}} : i1 to i64
// CHECK-NEXT:   qzrt.store "s" 8 %[[WORD]] to %[[CELL]] scale 1 offset 0 alias "shared" : i64
