// RUN: to_cfg
builtin.module {
  func.func private @use(si64) -> ()
  func.func @returns(%a: si64, %b: i1, %c: i1) -> si64 {
    %r = qz.defer -> si64 {
      qz.if %b {
        qz.return %a : si64
      }
      qz.if %c {
        %two = qz.const 2 : si64 -> si64
        qz.return %two : si64
      }
      %three = qz.const 3 : si64 -> si64
      qz.yield %three : si64
    } finally {
      func.call @use(%a) : (si64) -> ()
      qz.yield
    }
    func.call @use(%r) : (si64) -> ()
    qz.return %r : si64
  }
  func.func @jumps(%a: si64, %c: i1) {
    qz.loop label "outer" {
      qz.defer {
        qz.loop {
          qz.defer {
            qz.if %c {
              qz.break label "outer"
            } else {
              qz.continue
            }
            qz.unreachable
          } finally {
            %one = qz.const 1 : si64 -> si64
            func.call @use(%one) : (si64) -> ()
            qz.yield
          }
          qz.unreachable
        }
        qz.yield
      } finally {
        func.call @use(%a) : (si64) -> ()
        qz.yield
      }
      qz.yield
    }
    qz.return
  }
}

// Both returns share a copy of the cleanup, which takes the result along; the end of the body has its own.
// CHECK:      func.func @returns
// CHECK-NEXT:   cf.br ^bb1
// CHECK-NEXT: ^bb1:
// CHECK-NEXT:   cf.cond_br %{{.*}}, ^bb2, ^bb4
// CHECK-NEXT: ^bb2:
// CHECK-NEXT:   cf.br ^bb3(%[[A:.*]] : si64)
// CHECK-NEXT: ^bb3(%[[RESULT:.*]]: si64):
// CHECK-NEXT:   func.call @use(%[[A]])
// CHECK-NEXT:   func.return %[[RESULT]] : si64
// CHECK-NEXT: ^bb4:
// CHECK-NEXT:   cf.cond_br %{{.*}}, ^bb5, ^bb6
// CHECK-NEXT: ^bb5:
// CHECK-NEXT:   %[[TWO:.*]] = qz.const 2
// CHECK-NEXT:   cf.br ^bb3(%[[TWO]] : si64)
// CHECK-NEXT: ^bb6:
// CHECK-NEXT:   %[[THREE:.*]] = qz.const 3
// CHECK-NEXT:   cf.br ^bb7(%[[THREE]] : si64)
// CHECK-NEXT: ^bb7(%[[END:.*]]: si64):
// CHECK-NEXT:   func.call @use(%[[A]])
// CHECK-NEXT:   cf.br ^bb8(%[[END]] : si64)
// CHECK-NEXT: ^bb8(%[[R:.*]]: si64):
// CHECK-NEXT:   func.call @use(%[[R]])
// CHECK-NEXT:   func.return %[[R]] : si64

// The break runs the inner cleanup and the outer one, the continue only the inner one; no end is ever reached.
// CHECK:      func.func @jumps
// CHECK-NEXT:   cf.br ^bb1
// CHECK-NEXT: ^bb1:
// CHECK-NEXT:   cf.br ^bb2
// CHECK-NEXT: ^bb2:
// CHECK-NEXT:   cf.br ^bb3
// CHECK-NEXT: ^bb3:
// CHECK-NEXT:   cf.br ^bb4
// CHECK-NEXT: ^bb4:
// CHECK-NEXT:   cf.cond_br %{{.*}}, ^bb5, ^bb8
// CHECK-NEXT: ^bb5:
// CHECK-NEXT:   cf.br ^bb6
// CHECK-NEXT: ^bb6:
// CHECK-NEXT:   %[[ONE:.*]] = qz.const 1
// CHECK-NEXT:   func.call @use(%[[ONE]])
// CHECK-NEXT:   cf.br ^bb7
// CHECK-NEXT: ^bb7:
// CHECK-NEXT:   func.call @use(%{{.*}})
// CHECK-NEXT:   cf.br ^bb10
// CHECK-NEXT: ^bb8:
// CHECK-NEXT:   cf.br ^bb9
// CHECK-NEXT: ^bb9:
// CHECK-NEXT:   %[[ONE:.*]] = qz.const 1
// CHECK-NEXT:   func.call @use(%[[ONE]])
// CHECK-NEXT:   cf.br ^bb3
// CHECK-NEXT: ^bb10:
// CHECK-NEXT:   func.return
