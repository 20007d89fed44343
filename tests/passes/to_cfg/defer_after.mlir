// RUN: to_cfg
builtin.module {
  func.func private @use(si64) -> ()
  func.func @f(%a: si64, %b: si64, %c: i1) {
    qz.defer {
      qz.if %c {
        qz.return
      }
      qz.defer after 1 {
        qz.yield
      } finally {
        func.call @use(%b) : (si64) -> ()
        qz.yield
      }
      qz.yield
    } finally {
      func.call @use(%a) : (si64) -> ()
      qz.yield
    }
    qz.return
  }
}

// What leaves before the inner scope begins runs one cleanup, what leaves from inside a copy of it and the other.
// CHECK:      func.func @f(%[[A:.*]]: si64, %[[B:.*]]: si64, %[[C:.*]]: i1)
// CHECK-NEXT:   cf.br ^bb1
// CHECK-NEXT: ^bb1:
// CHECK-NEXT:   cf.cond_br %[[C]], ^bb2, ^bb4
// CHECK-NEXT: ^bb2:
// CHECK-NEXT:   cf.br ^bb3
// CHECK-NEXT: ^bb3:
// CHECK-NEXT:   func.call @use(%[[A]])
// CHECK-NEXT:   func.return
// CHECK-NEXT: ^bb4:
// CHECK-NEXT:   cf.br ^bb5
// CHECK-NEXT: ^bb5:
// CHECK-NEXT:   cf.br ^bb6
// CHECK-NEXT: ^bb6:
// CHECK-NEXT:   func.call @use(%[[A]])
// CHECK-NEXT:   cf.br ^bb7
// CHECK-NEXT: ^bb7:
// CHECK-NEXT:   func.call @use(%[[B]])
// CHECK-NEXT:   cf.br ^bb8
// CHECK-NEXT: ^bb8:
// CHECK-NEXT:   func.return
