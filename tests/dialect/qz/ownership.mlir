// Reference counts.
builtin.module {
  func.func @counts(%s: !qz.str, %v: !qz.vec<si64>, %p: !qz.val<@m$P>, %w: si64) -> !qz.str {
    qz.dup %s : !qz.str
    qz.keep %s : !qz.str
    qz.dup %v : !qz.vec<si64>
    qz.drop %p : !qz.val<@m$P>
    qz.drop %v : !qz.vec<si64>
    %0 = qz.raw_load signed %w offset -8 width 4 alias "count"
    qz.raw_store %0 to %w, %w offset -8 width 4 alias "count"
    %1 = qz.adopt %w -> !qz.str
    qz.return %1 : !qz.str
  }
}
