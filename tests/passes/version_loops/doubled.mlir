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

// A variable that goes up to another one that comes down; both are read before they are assigned.
func.func @swap(%v: !qz.vec<si64>, %low: !qz.local<si64>, %high: !qz.local<si64>) {
  qz.while {
    %l = qz.local_get %low : !qz.local<si64> -> si64
    %h = qz.local_get %high : !qz.local<si64> -> si64
    %c = qz.cmp "lt" %l, %h : si64
    qz.yield %c : i1
  } do {
    %at = qz.local_get %low : !qz.local<si64> -> si64
    %x = qz.vec_get %v, %at : !qz.vec<si64> -> si64
    %to = qz.local_get %high : !qz.local<si64> -> si64
    qz.vec_set %v, %to, %x : !qz.vec<si64>, si64
    %one = qz.const 1 : si64 -> si64
    %up = qz.add %at, %one overflow "wrap" : si64
    qz.local_set %low, %up : !qz.local<si64>, si64
    %two = qz.const 2 : si64 -> si64
    %down = qz.sub %to, %two overflow "wrap" : si64
    qz.local_set %high, %down : !qz.local<si64>, si64
    %late = qz.local_get %low : !qz.local<si64> -> si64
    %y = qz.vec_get %v, %late : !qz.vec<si64> -> si64
    qz.yield
  }
  qz.return
}

// becomes
func.func @swap(%v: !qz.vec<si64>, %low: !qz.local<si64>, %high: !qz.local<si64>) {
  %in_bounds = qz.all {
    %least = qz.const 0 : si64 -> si64
    %low0 = qz.local_get %low : !qz.local<si64> -> si64
    %from_below = qz.cmp "ge" %low0, %least : si64
    %size = qz.vec_size %v : !qz.vec<si64>
    %high0 = qz.local_get %high : !qz.local<si64> -> si64
    %from_above = qz.cmp "le" %high0, %size : si64
    %within = qz.bit_and %from_below, %from_above : i1
    qz.yield %within : i1
  } {
    %least = qz.const -1 : si64 -> si64
    %low0 = qz.local_get %low : !qz.local<si64> -> si64
    %from_below = qz.cmp "ge" %low0, %least : si64
    %size = qz.vec_size %v : !qz.vec<si64>
    %minus_one = qz.const -1 : si64 -> si64
    %most = qz.add %size, %minus_one overflow "wrap" : si64
    %high0 = qz.local_get %high : !qz.local<si64> -> si64
    %from_above = qz.cmp "le" %high0, %most : si64
    %within = qz.bit_and %from_below, %from_above : i1
    qz.yield %within : i1
  }
  qz.if %in_bounds {
    qz.while {
      %l = qz.local_get %low : !qz.local<si64> -> si64
      %h = qz.local_get %high : !qz.local<si64> -> si64
      %c = qz.cmp "lt" %l, %h : si64
      qz.yield %c : i1
    } do {
      %at = qz.local_get %low : !qz.local<si64> -> si64
      %x = qz.vec_get unchecked %v, %at : !qz.vec<si64> -> si64
      %to = qz.local_get %high : !qz.local<si64> -> si64
      qz.vec_set unchecked %v, %to, %x : !qz.vec<si64>, si64
      %one = qz.const 1 : si64 -> si64
      %up = qz.add %at, %one overflow "wrap" : si64
      qz.local_set %low, %up : !qz.local<si64>, si64
      %two = qz.const 2 : si64 -> si64
      %down = qz.sub %to, %two overflow "wrap" : si64
      qz.local_set %high, %down : !qz.local<si64>, si64
      %late = qz.local_get %low : !qz.local<si64> -> si64
      %y = qz.vec_get %v, %late : !qz.vec<si64> -> si64
      qz.yield
    }
    qz.yield
  } else {
    qz.while {
      %l = qz.local_get %low : !qz.local<si64> -> si64
      %h = qz.local_get %high : !qz.local<si64> -> si64
      %c = qz.cmp "lt" %l, %h : si64
      qz.yield %c : i1
    } do {
      %at = qz.local_get %low : !qz.local<si64> -> si64
      %x = qz.vec_get %v, %at : !qz.vec<si64> -> si64
      %to = qz.local_get %high : !qz.local<si64> -> si64
      qz.vec_set %v, %to, %x : !qz.vec<si64>, si64
      %one = qz.const 1 : si64 -> si64
      %up = qz.add %at, %one overflow "wrap" : si64
      qz.local_set %low, %up : !qz.local<si64>, si64
      %two = qz.const 2 : si64 -> si64
      %down = qz.sub %to, %two overflow "wrap" : si64
      qz.local_set %high, %down : !qz.local<si64>, si64
      %late = qz.local_get %low : !qz.local<si64> -> si64
      %y = qz.vec_get %v, %late : !qz.vec<si64> -> si64
      qz.yield
    }
    qz.yield
  }
  qz.return
}

// Steps that are not constants have to be positive, and small enough for no sum to wrap.
func.func @steps(%v: !qz.vec<ui8>, %at: !qz.local<si64>, %n: si64, %step: si64, %x: ui8) {
  qz.while {
    %i = qz.local_get %at : !qz.local<si64> -> si64
    %c = qz.cmp "le" %i, %n : si64
    qz.yield %c : i1
  } do {
    %j = qz.local_get %at : !qz.local<si64> -> si64
    qz.vec_set %v, %j, %x : !qz.vec<ui8>, ui8
    %up = qz.add %step, %j overflow "wrap" : si64
    qz.local_set %at, %up : !qz.local<si64>, si64
    qz.yield
  }
  qz.return
}

// becomes
func.func @steps(%v: !qz.vec<ui8>, %at: !qz.local<si64>, %n: si64, %step: si64, %x: ui8) {
  %in_bounds = qz.all {
    %minus_one = qz.const -1 : si64 -> si64
    %less = qz.add %step, %minus_one overflow "wrap" : si64
    %word = qz.reinterpret %less : si64 to ui64
    %most = qz.const 4611686018427387904 : si64 -> si64
    %limit = qz.reinterpret %most : si64 to ui64
    %small = qz.cmp "lt" %word, %limit : ui64
    qz.yield %small : i1
  } {
    %least = qz.const 0 : si64 -> si64
    %low0 = qz.local_get %at : !qz.local<si64> -> si64
    %from_below = qz.cmp "ge" %low0, %least : si64
    %size = qz.vec_size %v : !qz.vec<ui8>
    %minus_one = qz.const -1 : si64 -> si64
    %last = qz.add %size, %minus_one overflow "wrap" : si64
    %from_above = qz.cmp "le" %n, %last : si64
    %within = qz.bit_and %from_below, %from_above : i1
    qz.yield %within : i1
  }
  qz.if %in_bounds {
    qz.while {
      %i = qz.local_get %at : !qz.local<si64> -> si64
      %c = qz.cmp "le" %i, %n : si64
      qz.yield %c : i1
    } do {
      %j = qz.local_get %at : !qz.local<si64> -> si64
      qz.vec_set unchecked %v, %j, %x : !qz.vec<ui8>, ui8
      %up = qz.add %step, %j overflow "wrap" : si64
      qz.local_set %at, %up : !qz.local<si64>, si64
      qz.yield
    }
    qz.yield
  } else {
    qz.while {
      %i = qz.local_get %at : !qz.local<si64> -> si64
      %c = qz.cmp "le" %i, %n : si64
      qz.yield %c : i1
    } do {
      %j = qz.local_get %at : !qz.local<si64> -> si64
      qz.vec_set %v, %j, %x : !qz.vec<ui8>, ui8
      %up = qz.add %step, %j overflow "wrap" : si64
      qz.local_set %at, %up : !qz.local<si64>, si64
      qz.yield
    }
    qz.yield
  }
  qz.return
}

// What is called on the way to a panic is not called in any turn.
func.func private @text() -> !qz.str

func.func @panics_on_the_way(%v: !qz.vec<si64>, %n: si64, %c: i1) {
  %zero = qz.const 0 : si64 -> si64
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    qz.if %c {
      %message = func.call @text() : () -> !qz.str
      qz.panic %message
      qz.unreachable
    }
    %x = qz.vec_get %v, %i : !qz.vec<si64> -> si64
    qz.yield
  }
  qz.return
}

// becomes
func.func private @text() -> !qz.str

func.func @panics_on_the_way(%v: !qz.vec<si64>, %n: si64, %c: i1) {
  %zero = qz.const 0 : si64 -> si64
  %in_bounds = qz.all {
    %some = qz.cmp "lt" %zero, %n : si64
    qz.yield %some : i1
  } {
    %first = qz.reinterpret %zero : si64 to ui64
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
      qz.if %c {
        %message = func.call @text() : () -> !qz.str
        qz.panic %message
        qz.unreachable
      }
      %x = qz.vec_get unchecked %v, %i : !qz.vec<si64> -> si64
      qz.yield
    }
    qz.yield
  } else {
    qz.for %zero to %n : si64 {
    ^bb0(%j: si64):
      qz.if %c {
        %message = func.call @text() : () -> !qz.str
        qz.panic %message
        qz.unreachable
      }
      %x = qz.vec_get %v, %j : !qz.vec<si64> -> si64
      qz.yield
    }
    qz.yield
  }
  qz.return
}
