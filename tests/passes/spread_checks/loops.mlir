// RUN: spread_checks
builtin.module {
  // The index is a sum; what is looked up beside it has its check made before, too. One end of a turn leads
  // to the head by itself, two go through a block with nothing in it.
  func.func @machine(%v: !qz.vec<si64>, %s: !qz.str) {
    %0 = qz.const 0 : si64 -> si64
    %at = qz.local "at" %0 : !qz.local<si64> from si64
    cf.br ^bb1
  ^bb1:
    %i = qz.local_get %at : !qz.local<si64> -> si64
    %1 = qz.const 1 : si64 -> si64
    %j = qz.add %i, %1 overflow "wrap" : si64
    qz.local_set %at, %j : !qz.local<si64>, si64
    %x = qz.vec_get %v, %i : !qz.vec<si64> -> si64
    %y = qz.str_byte_at %s, %j
    cf.br ^bb2
  ^bb2:
    qz.switch_br %x : si64 case 0 ^bb3 case 1 ^bb4 case 2 ^bb5 case 3 ^bb6 default ^bb8
  ^bb3:
    qz.local_set %at, %y : !qz.local<si64>, si64
    cf.br ^bb7
  ^bb4:
    qz.local_set %at, %x : !qz.local<si64>, si64
    cf.br ^bb7
  ^bb5:
    cf.br ^bb1
  ^bb6:
    func.return
  ^bb7:
    cf.br ^bb1
  ^bb8:
    qz.unreachable
  }
  // What is asked before each turn is asked at each end, of which there is a check as well.
  func.func @asked(%v: !qz.vec<si64>, %n: si64) {
    %0 = qz.const 0 : si64 -> si64
    %at = qz.local "at" %0 : !qz.local<si64> from si64
    cf.br ^bb1
  ^bb1:
    %i = qz.local_get %at : !qz.local<si64> -> si64
    %more = qz.cmp "lt" %i, %n : si64
    cf.cond_br %more, ^bb2, ^bb7
  ^bb2:
    %j = qz.local_get %at : !qz.local<si64> -> si64
    %x = qz.vec_get %v, %j : !qz.vec<si64> -> si64
    qz.switch_br %x : si64 case 0 ^bb3 case 1 ^bb4 case 2 ^bb5 case 3 ^bb6 default ^bb8
  ^bb3:
    cf.br ^bb1
  ^bb4:
    cf.br ^bb1
  ^bb5:
    cf.br ^bb1
  ^bb6:
    cf.br ^bb7
  ^bb7:
    func.return
  ^bb8:
    qz.unreachable
  }
  // An index that the head itself changes, a count that the read of the vector takes, a choice of few, and one
  // of numbers among others.
  func.func @left_alone(%v: !qz.vec<si64>, %p: !qz.val<@m$P>) {
    %0 = qz.const 0 : si64 -> si64
    %at = qz.local "at" %0 : !qz.local<si64> from si64
    cf.br ^bb1
  ^bb1:
    qz.local_set %at, %0 : !qz.local<si64>, si64
    %i = qz.local_get %at : !qz.local<si64> -> si64
    %x = qz.vec_get %v, %i : !qz.vec<si64> -> si64
    qz.switch_br %x : si64 case 0 ^bb10 case 1 ^bb2 case 2 ^bb3 case 3 ^bb4 default ^bb15
  ^bb10:
    cf.br ^bb1
  ^bb2:
    cf.br ^bb1
  ^bb3:
    cf.br ^bb1
  ^bb4:
    cf.br ^bb5
  ^bb5:
    %w = qz.struct_get %p[0] : !qz.val<@m$P> -> !qz.vec<si64>
    %y = qz.vec_get %w, %0 : !qz.vec<si64> -> si64
    qz.drop %w : !qz.vec<si64>
    qz.switch_br %y : si64 case 0 ^bb6 case 1 ^bb7 case 2 ^bb8 case 3 ^bb9 default ^bb15
  ^bb6:
    cf.br ^bb5
  ^bb7:
    cf.br ^bb5
  ^bb8:
    cf.br ^bb5
  ^bb9:
    %z = qz.vec_get %v, %0 : !qz.vec<si64> -> si64
    qz.switch_br %z : si64 case 0 ^bb11 case 1 ^bb12 case 2 ^bb13 default ^bb15
  ^bb11:
    cf.br ^bb9
  ^bb12:
    cf.br ^bb9
  ^bb13:
    %a = qz.vec_get %v, %0 : !qz.vec<si64> -> si64
    qz.switch_br %a : si64 case 0 ^bb16 case 1 ^bb17 case 2 ^bb18 case 3 ^bb14 default ^bb14
  ^bb16:
    cf.br ^bb13
  ^bb17:
    cf.br ^bb13
  ^bb18:
    cf.br ^bb13
  ^bb14:
    func.return
  ^bb15:
    qz.unreachable
  }
}

// CHECK-LABEL: @machine
// CHECK:         %[[AT:.*]] = qz.local "at"
// CHECK-NEXT:    %[[R0:.*]] = qz.local_get %[[AT]]
// CHECK-NEXT:    %[[I0:.*]] = qz.unknown %[[R0]]
// CHECK-NEXT:    qz.local_set %[[AT]], %[[I0]]
// CHECK-NEXT:    qz.const 1
// CHECK-NEXT:    %[[J0:.*]] = qz.add %[[I0]], %
// CHECK-NEXT:    %[[N0:.*]] = qz.vec_size %{{.*}}
// CHECK-NEXT:    qz.reinterpret %[[I0]]
// CHECK-NEXT:    qz.reinterpret %[[N0]]
// CHECK-NEXT:    %[[A0:.*]] = qz.cmp "lt"
// CHECK-NEXT:    %[[S0:.*]] = qz.str_size %{{.*}}
// CHECK-NEXT:    qz.reinterpret %[[J0]]
// CHECK-NEXT:    qz.reinterpret %[[S0]]
// CHECK-NEXT:    %[[B0:.*]] = qz.cmp "lt"
// CHECK-NEXT:    %[[C0:.*]] = qz.bit_and %[[A0]], %[[B0]]
// CHECK-NEXT:    cf.cond_br %[[C0]], ^[[AGAIN0:.*]], ^[[PANICS:bb[0-9]+]]
// CHECK-NEXT:  ^[[AGAIN0]]:
// CHECK-NEXT:    qz.apart
// CHECK-NEXT:    cf.br ^[[HEAD:bb[0-9]+]]
// CHECK-NEXT:  ^[[HEAD]]:
// CHECK:         qz.local_set %[[AT]]
// CHECK-NEXT:    qz.vec_get unchecked
// CHECK-NEXT:    qz.str_byte_at unchecked
// CHECK:         qz.local_set %[[AT]]
// CHECK:         cf.cond_br %{{.*}}, ^{{.*}}, ^[[PANICS]]
// CHECK:         qz.local_set %[[AT]]
// CHECK:         cf.cond_br %{{.*}}, ^{{.*}}, ^[[PANICS]]
// CHECK:         cf.cond_br %{{.*}}, ^{{.*}}, ^[[PANICS]]
// CHECK:       ^[[PANICS]]:
// CHECK-NEXT:    %[[I:.*]] = qz.local_get %[[AT]]
// CHECK-NEXT:    qz.const 1
// CHECK-NEXT:    %[[J:.*]] = qz.add %[[I]], %
// CHECK-NEXT:    qz.vec_get %{{.*}}, %[[I]]
// CHECK-NEXT:    qz.str_byte_at %{{.*}}, %[[J]]
// CHECK-NEXT:    qz.unreachable
// CHECK-LABEL: @asked
// CHECK:         %[[AT:.*]] = qz.local "at"
// CHECK-NEXT:    %[[I:.*]] = qz.local_get %[[AT]]
// CHECK-NEXT:    %[[MORE:.*]] = qz.cmp "lt" %[[I]], %{{.*}} : si64
// CHECK-NEXT:    cf.cond_br %[[MORE]], ^[[GOES_ON:bb[0-9]+]], ^[[OVER:bb[0-9]+]]
// CHECK-NEXT:  ^[[GOES_ON]]:
// CHECK-NEXT:    %[[R:.*]] = qz.local_get %[[AT]]
// CHECK-NEXT:    %[[J:.*]] = qz.unknown %[[R]]
// CHECK-NEXT:    qz.local_set %[[AT]], %[[J]]
// CHECK-NEXT:    qz.vec_size
// CHECK:         cf.cond_br %{{.*}}, ^[[APART:bb[0-9]+]], ^[[PANICS:bb[0-9]+]]
// CHECK-NEXT:  ^[[APART]]:
// CHECK-NEXT:    qz.apart
// CHECK-NEXT:    cf.br ^[[TURN:bb[0-9]+]]
// CHECK-NEXT:  ^[[TURN]]:
// CHECK-NEXT:    qz.local_get %[[AT]]
// CHECK-NEXT:    qz.vec_get unchecked
// CHECK-NEXT:    qz.switch_br
// CHECK-COUNT-3: cf.cond_br %{{.*}}, ^{{.*}}, ^[[OVER]]
// CHECK:       ^[[OVER]]:
// CHECK-NEXT:    func.return
// CHECK-LABEL: @left_alone
// CHECK-NOT:     qz.apart
