"""Small programs in LLVM's own words, for tests below the front end."""

RETURNS_SEVEN = b"""
define i32 @main(i32 %argc, ptr %argv) nounwind uwtable {
  %slot = alloca i32
  store i32 7, ptr %slot
  %value = load i32, ptr %slot
  ret i32 %value
}
"""

# Exits with argc + 10 * (first character of the last argument) modulo 256.
READS_ARGUMENTS = b"""
define i32 @main(i32 %argc, ptr %argv) nounwind uwtable {
  %last = sub i32 %argc, 1
  %index = sext i32 %last to i64
  %at = getelementptr ptr, ptr %argv, i64 %index
  %text = load ptr, ptr %at
  %byte = load i8, ptr %text
  %code = zext i8 %byte to i32
  %tens = mul i32 %code, 10
  %sum = add i32 %tens, %argc
  ret i32 %sum
}
"""

CALLS_OTHER_UNIT = b"""
declare i64 @twice(i64)
define i32 @main(i32 %argc, ptr %argv) nounwind uwtable {
  %r = call i64 @twice(i64 21)
  %status = trunc i64 %r to i32
  ret i32 %status
}
"""

TWICE = b"""
define i64 @twice(i64 %x) nounwind uwtable {
  %r = add i64 %x, %x
  ret i64 %r
}
"""

# Prints, for each frame of its own, whether the unwinder names the function that the frame is in; then the
# number of frames between the innermost function and main, which is 2: inner and main.
WALKS_ITS_STACK = b"""
@frames = internal global i32 0
@line = private constant [12 x i8] c"frames: %d\\0A\\00"
declare i32 @printf(ptr, ...)
declare i32 @_Unwind_Backtrace(ptr, ptr)
declare i64 @_Unwind_GetIP(ptr)
declare ptr @_Unwind_FindEnclosingFunction(ptr)
define internal i32 @visit(ptr %context, ptr %unused) nounwind uwtable {
  %after = call i64 @_Unwind_GetIP(ptr %context)
  %inside = sub i64 %after, 1
  %pc = inttoptr i64 %inside to ptr
  %function = call ptr @_Unwind_FindEnclosingFunction(ptr %pc)
  %is_inner = icmp eq ptr %function, @inner
  %is_main = icmp eq ptr %function, @main
  %is_ours = or i1 %is_inner, %is_main
  %one = zext i1 %is_ours to i32
  %before = load i32, ptr @frames
  %sum = add i32 %before, %one
  store i32 %sum, ptr @frames
  ret i32 0
}
define internal void @inner() nounwind uwtable noinline {
  %reason = call i32 @_Unwind_Backtrace(ptr @visit, ptr null)
  %n = load i32, ptr @frames
  %printed = call i32 (ptr, ...) @printf(ptr @line, i32 %n)
  ret void
}
define i32 @main(i32 %argc, ptr %argv) nounwind uwtable {
  call void @inner()
  ret i32 0
}
"""

# No x86 instruction does this, which is a fatal error inside LLVM, not a refusal.
KILLS_LLVM = b"""
declare void @llvm.aarch64.dmb(i32)
define i32 @main() {
  call void @llvm.aarch64.dmb(i32 1)
  ret i32 0
}
"""
