// RUN: to_rt
builtin.module {
  qz.extern "printf" variadic : (si64) -> si32 pointers [0]
  func.func private @"m$half"(f32, i1) -> f32
  func.func @call(%x: f32, %b: i1, %text: !qz.str, %address: si64) -> f32 {
    %h = func.call @"m$half"(%x, %b) : (f32, i1) -> f32
    %n = qz.call_extern @printf(%address, %h, %b) : (si64, f32, i1) -> si32
    func.return %h : f32
  }
}
// CHECK:      func.func private @m$half(i64, i64) -> i64
// CHECK:      func.func @call
// CHECK:        %[[XB:.*]] = arith.bitcast %[[X:.*]] : f32 to i32
// CHECK-NEXT:   %[[XW:.*]] = arith.extui %[[XB]] : i32 to i64
// CHECK-NEXT:   %[[BW:.*]] = arith.extui %{{.*}} : i1 to i64
// CHECK-NEXT:   %[[HW:.*]] = func.call @m$half(%[[XW]], %[[BW]]) : (i64, i64) -> i64
// CHECK-NEXT:   %[[HB:.*]] = arith.trunci %[[HW]] : i64 to i32
// CHECK-NEXT:   %[[H:.*]] = arith.bitcast %[[HB]] : i32 to f32

// What C does not name is promoted: a float to a double, a Bool to an int.
// CHECK:        %[[D:.*]] = arith.extf %[[H]] : f32 to f64
// CHECK:        qzrt.call_extern @printf(%{{.*}}, %[[D]], %{{.*}}) as (!qzrt.ptr, f64, si32) -> si32 fixed 1
