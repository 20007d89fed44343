// Values that carry their methods.
builtin.module {
  func.func private @Square$area(!qz.val<@Square>) -> f64
  func.func private @Square$scale(!qz.val<@Square>, f64) -> ()
  func.func @values(%square: !qz.val<@Square>, %by: f64) -> f64 {
    %0 = qz.dyn_new %square [@Square$area, @Square$scale] : [(!qz.val<@Square>) -> f64, (!qz.val<@Square>, f64) -> ()] : !qz.val<@Square> -> !qz.dyn<@Shape>
    qz.dyn_call %0[1] (%by) : !qz.dyn<@Shape>, (f64) -> ()
    %1 = qz.dyn_call %0[0] () : !qz.dyn<@Shape>, () -> f64
    %2 = qz.dyn_new %by [] : [] : f64 -> !qz.dyn<@Any>
    qz.return %1 : f64
  }
}
