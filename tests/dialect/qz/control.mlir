// Terminators, branches and loops.
builtin.module {
  func.func @branches(%c: i1, %a: si64, %b: si64) -> si64 {
    %0 = qz.if %c -> si64 {
      qz.yield %a : si64
    } elif {
      %1 = qz.cmp "lt" %a, %b : si64
      qz.yield %1 : i1
    } then {
      qz.yield %b : si64
    } else {
      qz.return %a : si64
    }
    qz.if %c {
      qz.yield
    }
    %2, %3 = qz.if %c -> si64, i1 {
      qz.yield %a, %c : si64, i1
    } else {
      qz.unreachable
    }
    %4 = qz.all {
      qz.yield %c : i1
    } {
      qz.yield %3 : i1
    }
    %5 = qz.any {
      qz.yield %4 : i1
    } {
      qz.yield %3 : i1
    } {
      qz.yield %c : i1
    }
    qz.return %0 : si64
  }
  func.func @loops(%c: i1, %lo: si32, %hi: si32, %step: si32, %v: !qz.vec<!qz.char>, %s: !qz.str) {
    qz.while {
      qz.yield %c : i1
    } do {
      qz.continue
    }
    qz.while label "outer" {
      qz.yield %c : i1
    } do {
      qz.while {
        qz.yield %c : i1
      } do {
        qz.if %c {
          qz.break label "outer"
        } else {
          qz.continue label "outer"
        }
        qz.yield
      }
      qz.yield
    }
    %0 = qz.loop -> si32 {
      qz.break %lo : si32
    }
    %1, %2 = qz.loop label "two" -> si32, i1 {
      qz.break label "two" %lo, %c : si32, i1
    }
    qz.loop {
      qz.break
    }
    qz.for %lo to %hi : si32 {
    ^bb0(%i: si32):
      qz.yield
    }
    qz.for label "down" %lo to %hi step %step inclusive : si32 {
    ^bb0(%i: si32):
      qz.break
    }
    qz.for_each %v : !qz.vec<!qz.char> {
    ^bb0(%x: !qz.char):
      qz.yield
    }
    qz.for_each label "each" %v : !qz.vec<!qz.char> {
    ^bb0(%i: si64, %x: !qz.char):
      qz.yield
    }
    qz.for_each %s : !qz.str {
    ^bb0(%x: !qz.char):
      qz.yield
    }
    qz.return
  }
  func.func @scopes(%c: i1, %a: si64) -> si64 {
    qz.defer {
      qz.yield
    } finally {
      qz.loop {
        qz.break
      }
      %f = qz.lambda "scopes$lambda1" : !qz.fn<() -> ()> {
        qz.return
      }
      qz.yield
    }
    %0 = qz.defer -> si64 {
      qz.if %c {
        qz.return %a : si64
      }
      qz.yield %a : si64
    } finally {
      qz.yield
    }
    qz.defer {
      %1 = qz.defer after 1 -> si64 {
        qz.yield %a : si64
      } finally {
        qz.yield
      }
      qz.unreachable
    } finally {
      qz.yield
    }
    qz.return %0 : si64
  }
}
