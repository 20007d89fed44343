// Each loop is followed by what it becomes: the conditions, and the marks on the accesses of the copy.

// A sum of the induction variable and something computed in the loop from what stays the same.
func.func @offset(%v: !qz.vec<si64>, %n: si64, %k: si64) {
  %zero = qz.const 0 : si64 -> si64
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    %row = qz.mul %k, %n overflow "wrap" : si64
    %at = qz.add %row, %i overflow "wrap" : si64
    %x = qz.vec_get %v, %at : !qz.vec<si64> -> si64
    qz.vec_set %v, %at, %x : !qz.vec<si64>, si64
    qz.yield
  }
  qz.return
}

// becomes
func.func @offset(%v: !qz.vec<si64>, %n: si64, %k: si64) {
  %zero = qz.const 0 : si64 -> si64
  %in_bounds = qz.all {
    %some = qz.cmp "lt" %zero, %n : si64
    qz.yield %some : i1
  } {
    %row0 = qz.mul %k, %n overflow "wrap" : si64
    %at0 = qz.add %row0, %zero overflow "wrap" : si64
    %first = qz.reinterpret %at0 : si64 to ui64
    %n_elements = qz.vec_size %v : !qz.vec<si64>
    %size = qz.reinterpret %n_elements : si64 to ui64
    %starts = qz.cmp "lt" %first, %size : ui64
    %high = qz.reinterpret %n : si64 to ui64
    %low = qz.reinterpret %zero : si64 to ui64
    %n_turns = qz.sub %high, %low overflow "wrap" : ui64
    %one = qz.const 1 : ui64 -> ui64
    %span = qz.sub %n_turns, %one overflow "wrap" : ui64
    %room = qz.sub %size, %first overflow "wrap" : ui64
    %ends = qz.cmp "lt" %span, %room : ui64
    %within = qz.bit_and %starts, %ends : i1
    qz.yield %within : i1
  }
  qz.if %in_bounds {
    qz.for %zero to %n : si64 {
    ^bb0(%i: si64):
      %row = qz.mul %k, %n overflow "wrap" : si64
      %at = qz.add %row, %i overflow "wrap" : si64
      %x = qz.vec_get unchecked %v, %at : !qz.vec<si64> -> si64
      qz.vec_set unchecked %v, %at, %x : !qz.vec<si64>, si64
      qz.yield
    }
    qz.yield
  } else {
    qz.for %zero to %n : si64 {
    ^bb0(%j: si64):
      %row = qz.mul %k, %n overflow "wrap" : si64
      %at = qz.add %row, %j overflow "wrap" : si64
      %x = qz.vec_get %v, %at : !qz.vec<si64> -> si64
      qz.vec_set %v, %at, %x : !qz.vec<si64>, si64
      qz.yield
    }
    qz.yield
  }
  qz.return
}

// An index that goes down, to an end that is included, in a string of a cell that the loop does not set.
func.func @downwards(%s: !qz.str, %low: si64, %high: si64) {
  %cell = qz.local "text" %s : !qz.local<!qz.str> from !qz.str
  qz.for %low to %high inclusive : si64 {
  ^bb0(%i: si64):
    %text = qz.local_get %cell : !qz.local<!qz.str> -> !qz.str
    %at = qz.sub %high, %i overflow "wrap" : si64
    %c = qz.str_byte_at %text, %at
    qz.yield
  }
  qz.return
}

// becomes
func.func @downwards(%s: !qz.str, %low: si64, %high: si64) {
  %cell = qz.local "text" %s : !qz.local<!qz.str> from !qz.str
  %in_bounds = qz.all {
    %some = qz.cmp "le" %low, %high : si64
    qz.yield %some : i1
  } {
    %text0 = qz.local_get %cell : !qz.local<!qz.str> -> !qz.str
    %at0 = qz.sub %high, %low overflow "wrap" : si64
    %first = qz.reinterpret %at0 : si64 to ui64
    %n_bytes = qz.str_size %text0
    %size = qz.reinterpret %n_bytes : si64 to ui64
    %starts = qz.cmp "lt" %first, %size : ui64
    %high_word = qz.reinterpret %high : si64 to ui64
    %low_word = qz.reinterpret %low : si64 to ui64
    %span = qz.sub %high_word, %low_word overflow "wrap" : ui64
    %ends = qz.cmp "le" %span, %first : ui64
    %within = qz.bit_and %starts, %ends : i1
    qz.yield %within : i1
  }
  qz.if %in_bounds {
    qz.for %low to %high inclusive : si64 {
    ^bb0(%i: si64):
      %text = qz.local_get %cell : !qz.local<!qz.str> -> !qz.str
      %at = qz.sub %high, %i overflow "wrap" : si64
      %c = qz.str_byte_at unchecked %text, %at
      qz.yield
    }
    qz.yield
  } else {
    qz.for %low to %high inclusive : si64 {
    ^bb0(%j: si64):
      %text = qz.local_get %cell : !qz.local<!qz.str> -> !qz.str
      %at = qz.sub %high, %j overflow "wrap" : si64
      %c = qz.str_byte_at %text, %at
      qz.yield
    }
    qz.yield
  }
  qz.return
}

// An index that stays the same needs no span; one that nothing is known of keeps its check.
func.func @some_of_them(%v: !qz.vec<si64>, %n: si64, %k: si64) {
  qz.for %k to %n : si64 {
  ^bb0(%i: si64):
    %x = qz.vec_get %v, %k : !qz.vec<si64> -> si64
    %y = qz.vec_get %v, %x : !qz.vec<si64> -> si64
    qz.yield
  }
  qz.return
}

// becomes
func.func @some_of_them(%v: !qz.vec<si64>, %n: si64, %k: si64) {
  %in_bounds = qz.all {
    %some = qz.cmp "lt" %k, %n : si64
    qz.yield %some : i1
  } {
    %first = qz.reinterpret %k : si64 to ui64
    %n_elements = qz.vec_size %v : !qz.vec<si64>
    %size = qz.reinterpret %n_elements : si64 to ui64
    %starts = qz.cmp "lt" %first, %size : ui64
    qz.yield %starts : i1
  }
  qz.if %in_bounds {
    qz.for %k to %n : si64 {
    ^bb0(%i: si64):
      %x = qz.vec_get unchecked %v, %k : !qz.vec<si64> -> si64
      %y = qz.vec_get %v, %x : !qz.vec<si64> -> si64
      qz.yield
    }
    qz.yield
  } else {
    qz.for %k to %n : si64 {
    ^bb0(%j: si64):
      %x = qz.vec_get %v, %k : !qz.vec<si64> -> si64
      %y = qz.vec_get %v, %x : !qz.vec<si64> -> si64
      qz.yield
    }
    qz.yield
  }
  qz.return
}
