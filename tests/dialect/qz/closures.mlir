// Lambdas, function values, and what closures are made of.
builtin.module {
  func.func private @plain(si64) -> si64
  func.func private @lifted(f64, !qz.env) -> f64
  func.func @values(%n: si64, %text: !qz.str) -> !qz.fn<(si64) -> si64> {
    %0 = qz.fn_ref @plain : !qz.fn<(si64) -> si64>
    %1 = qz.call_fn %0(%n) : (si64) -> si64
    %code = qz.code_of %0 : !qz.fn<(si64) -> si64>
    %again = qz.call_code %code, %0(%1) : (si64) -> si64
    %2 = qz.lambda "values$lambda1" : !qz.fn<() -> ()> {
      qz.return
    }
    qz.call_fn %2() : () -> ()
    %3 = qz.shared "count" %n : !qz.shared<si64> from si64
    %4 = qz.lambda "values$lambda2" captures %3, %text : !qz.shared<si64>, !qz.str : !qz.fn<(si64) -> si64> {
    ^bb0(%x: si64, %cell: !qz.shared<si64>, %captured: !qz.str):
      %5 = qz.shared_get %cell : !qz.shared<si64> -> si64
      qz.shared_set %cell, %x : !qz.shared<si64>, si64
      qz.return %5 : si64
    }
    %6 = qz.shared stack %text : !qz.shared<!qz.str> from !qz.str
    %7 = qz.lambda stack recursive "values$lambda3" captures %n : si64 : !qz.fn<(i1) -> i1> {
    ^bb0(%c: i1, %m: si64, %itself: !qz.fn<(i1) -> i1>):
      qz.while {
        qz.yield %c : i1
      } do {
        %8 = qz.call_fn %itself(%c) : (i1) -> i1
        qz.return %8 : i1
      }
      qz.return %c : i1
    }
    qz.return %4 : !qz.fn<(si64) -> si64>
  }
  func.func @lifted_parts(%x: f64, %env: !qz.env) -> f64 {
    %0 = qz.captured %env[1] : f64
    %1 = qz.closure_of %env : !qz.fn<(f64) -> f64>
    %2 = qz.environment %1 : !qz.fn<(f64) -> f64>
    %3 = func.call @lifted(%0, %2) : (f64, !qz.env) -> f64
    %4 = qz.closure @lifted(%x) : (f64) -> !qz.fn<(f64) -> f64>
    %5 = qz.closure stack @lifted(%x, %3) : (f64, f64) -> !qz.fn<(f64) -> f64>
    qz.return %3 : f64
  }  func.func @generators(%n: si64) -> !qz.fn<() -> si64> {
    %0 = qz.lambda generator "generators$next" captures %n : si64 : !qz.fn<() -> si64> {
    ^bb0(%m: si64):
      qz.suspend %m : si64
      qz.return %m : si64
    }
    %1 = qz.lambda generator "generators$other" : !qz.fn<() -> si64> {
      %2 = qz.const 1 : si64 -> si64
      %3 = qz.suspend %2 : si64 -> i1
      qz.return %2 : si64
    }
    qz.return %0 : !qz.fn<() -> si64>
  }
  func.func @split(%env: !qz.env) -> si64 {
    %0 = qz.slot_get %env[0] : si64
    qz.slot_set %env[1], %0 : si64
    %1 = qz.slot_get %env[2] : !qz.str
    %2 = qz.slot_set %env[2], %1 : !qz.str -> !qz.val<"nullable">
    %3 = qz.closure @split() slots [si64, si64, !qz.str] drop @split$given_up : () -> !qz.fn<() -> si64>
    qz.return %0 : si64
  }
}
