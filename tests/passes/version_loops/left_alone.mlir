// Functions that stay as they are, each for the reason in its name.

func.func private @other() -> ()

func.func @vector_is_reassigned(%v: !qz.vec<si64>, %w: !qz.vec<si64>, %n: si64) {
  %zero = qz.const 0 : si64 -> si64
  %cell = qz.local "v" %v : !qz.local<!qz.vec<si64>> from !qz.vec<si64>
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    %now = qz.local_get %cell : !qz.local<!qz.vec<si64>> -> !qz.vec<si64>
    %x = qz.vec_get %now, %i : !qz.vec<si64> -> si64
    qz.local_set %cell, %w : !qz.local<!qz.vec<si64>>, !qz.vec<si64>
    qz.yield
  }
  qz.return
}

func.func @a_vector_is_pushed(%v: !qz.vec<si64>, %w: !qz.vec<si64>, %n: si64) {
  %zero = qz.const 0 : si64 -> si64
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    %x = qz.vec_get %v, %i : !qz.vec<si64> -> si64
    qz.vec_push %w, %x : !qz.vec<si64>, si64
    qz.yield
  }
  qz.return
}

func.func @a_vector_is_popped(%v: !qz.vec<si64>, %n: si64) {
  %zero = qz.const 0 : si64 -> si64
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    %x = qz.vec_get %v, %i : !qz.vec<si64> -> si64
    %y = qz.vec_pop_unchecked %v : !qz.vec<si64> -> si64
    qz.yield
  }
  qz.return
}

func.func @a_vector_is_cleared(%v: !qz.vec<si64>, %n: si64, %c: i1) {
  %zero = qz.const 0 : si64 -> si64
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    %x = qz.vec_get %v, %i : !qz.vec<si64> -> si64
    qz.if %c {
      qz.vec_clear %v : !qz.vec<si64>
      qz.yield
    }
    qz.yield
  }
  qz.return
}

func.func @a_call(%v: !qz.vec<si64>, %n: si64) {
  %zero = qz.const 0 : si64 -> si64
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    %x = qz.vec_get %v, %i : !qz.vec<si64> -> si64
    func.call @other() : () -> ()
    qz.yield
  }
  qz.return
}

func.func @memory_by_address(%v: !qz.vec<si64>, %n: si64, %address: si64) {
  %zero = qz.const 0 : si64 -> si64
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    %x = qz.vec_get %v, %i : !qz.vec<si64> -> si64
    qz.raw_store %x to %address offset 8 width 8
    qz.yield
  }
  qz.return
}

func.func @two_induction_variables(%v: !qz.vec<si64>, %n: si64) {
  %zero = qz.const 0 : si64 -> si64
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    %twice = qz.add %i, %i overflow "wrap" : si64
    %x = qz.vec_get %v, %twice : !qz.vec<si64> -> si64
    qz.yield
  }
  qz.return
}

func.func @scaled_induction_variable(%v: !qz.vec<si64>, %n: si64) {
  %zero = qz.const 0 : si64 -> si64
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    %at = qz.mul %i, %n overflow "wrap" : si64
    %x = qz.vec_get %v, %at : !qz.vec<si64> -> si64
    qz.yield
  }
  qz.return
}

func.func @narrow_induction_variable(%v: !qz.vec<si64>, %n: si32) {
  %zero = qz.const 0 : si32 -> si32
  qz.for %zero to %n : si32 {
  ^bb0(%i: si32):
    %at = qz.cast %i : si32 to si64
    %x = qz.vec_get %v, %at : !qz.vec<si64> -> si64
    qz.yield
  }
  qz.return
}

func.func @trapping_sum(%v: !qz.vec<si64>, %n: si64) {
  %zero = qz.const 0 : si64 -> si64
  %one = qz.const 1 : si64 -> si64
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    %at = qz.add %i, %one overflow "trap" : si64
    %x = qz.vec_get %v, %at : !qz.vec<si64> -> si64
    qz.yield
  }
  qz.return
}

func.func @other_step(%v: !qz.vec<si64>, %n: si64) {
  %zero = qz.const 0 : si64 -> si64
  %two = qz.const 2 : si64 -> si64
  qz.for %zero to %n step %two : si64 {
  ^bb0(%i: si64):
    %x = qz.vec_get %v, %i : !qz.vec<si64> -> si64
    qz.yield
  }
  qz.return
}

func.func @offset_changes(%v: !qz.vec<si64>, %n: si64) {
  %zero = qz.const 0 : si64 -> si64
  %cell = qz.local "offset" %zero : !qz.local<si64> from si64
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    %offset = qz.local_get %cell : !qz.local<si64> -> si64
    %at = qz.add %i, %offset overflow "wrap" : si64
    %x = qz.vec_get %v, %at : !qz.vec<si64> -> si64
    qz.local_set %cell, %x : !qz.local<si64>, si64
    qz.yield
  }
  qz.return
}

func.func @cell_of_the_turn(%v: !qz.vec<si64>, %n: si64) {
  %zero = qz.const 0 : si64 -> si64
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    %cell = qz.local "at" %i : !qz.local<si64> from si64
    %at = qz.local_get %cell : !qz.local<si64> -> si64
    %x = qz.vec_get %v, %at : !qz.vec<si64> -> si64
    qz.yield
  }
  qz.return
}

func.func @division_may_panic(%v: !qz.vec<si64>, %n: si64, %d: si64) {
  %zero = qz.const 0 : si64 -> si64
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    %part = qz.div %n, %d overflow "wrap" : si64
    %at = qz.add %i, %part overflow "wrap" : si64
    %x = qz.vec_get %v, %at : !qz.vec<si64> -> si64
    qz.yield
  }
  qz.return
}

// What a condition guards must not be read before the loop: there may be nothing to read.
func.func @field_behind_a_condition(%s: !qz.val<@S>, %n: si64, %c: i1) {
  %zero = qz.const 0 : si64 -> si64
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    qz.if %c {
      %v = qz.struct_get %s[0] : !qz.val<@S> -> !qz.vec<si64>
      %x = qz.vec_get %v, %i : !qz.vec<si64> -> si64
      qz.yield
    }
    qz.yield
  }
  qz.return
}

func.func @field_behind_a_way_out(%s: !qz.val<@S>, %n: si64, %c: i1) {
  %zero = qz.const 0 : si64 -> si64
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    qz.if %c {
      qz.break
    }
    %v = qz.struct_get %s[0] : !qz.val<@S> -> !qz.vec<si64>
    %x = qz.vec_get %v, %i : !qz.vec<si64> -> si64
    qz.yield
  }
  qz.return
}

func.func @field_is_set(%s: !qz.val<@S>, %w: !qz.vec<si64>, %n: si64) {
  %zero = qz.const 0 : si64 -> si64
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    %v = qz.struct_get %s[0] : !qz.val<@S> -> !qz.vec<si64>
    %x = qz.vec_get %v, %i : !qz.vec<si64> -> si64
    qz.struct_set %s[0], %w : !qz.val<@S>, !qz.vec<si64>
    qz.yield
  }
  qz.return
}

func.func @nothing_to_check(%v: !qz.vec<si64>, %n: si64) {
  %zero = qz.const 0 : si64 -> si64
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    %x = qz.vec_get unchecked %v, %i : !qz.vec<si64> -> si64
    qz.yield
  }
  qz.return
}

func.func @a_while_goes_the_other_way(%v: !qz.vec<si64>, %at: !qz.local<si64>, %n: si64) {
  qz.while {
    %i = qz.local_get %at : !qz.local<si64> -> si64
    %c = qz.cmp "lt" %i, %n : si64
    qz.yield %c : i1
  } do {
    %j = qz.local_get %at : !qz.local<si64> -> si64
    %x = qz.vec_get %v, %j : !qz.vec<si64> -> si64
    %one = qz.const 1 : si64 -> si64
    %down = qz.sub %j, %one overflow "wrap" : si64
    qz.local_set %at, %down : !qz.local<si64>, si64
    qz.yield
  }
  qz.return
}

func.func @a_while_assigns_twice(%v: !qz.vec<si64>, %at: !qz.local<si64>, %n: si64) {
  qz.while {
    %i = qz.local_get %at : !qz.local<si64> -> si64
    %c = qz.cmp "lt" %i, %n : si64
    qz.yield %c : i1
  } do {
    %j = qz.local_get %at : !qz.local<si64> -> si64
    %x = qz.vec_get %v, %j : !qz.vec<si64> -> si64
    %one = qz.const 1 : si64 -> si64
    %up = qz.add %j, %one overflow "wrap" : si64
    qz.local_set %at, %up : !qz.local<si64>, si64
    qz.local_set %at, %n : !qz.local<si64>, si64
    qz.yield
  }
  qz.return
}

func.func @a_while_looks_after_its_step(%v: !qz.vec<si64>, %at: !qz.local<si64>, %n: si64) {
  qz.while {
    %i = qz.local_get %at : !qz.local<si64> -> si64
    %c = qz.cmp "lt" %i, %n : si64
    qz.yield %c : i1
  } do {
    %j = qz.local_get %at : !qz.local<si64> -> si64
    %one = qz.const 1 : si64 -> si64
    %up = qz.add %j, %one overflow "wrap" : si64
    qz.local_set %at, %up : !qz.local<si64>, si64
    %late = qz.local_get %at : !qz.local<si64> -> si64
    %x = qz.vec_get %v, %late : !qz.vec<si64> -> si64
    qz.yield
  }
  qz.return
}

func.func @a_while_compares_otherwise(%v: !qz.vec<si64>, %at: !qz.local<si64>, %n: si64) {
  qz.while {
    %i = qz.local_get %at : !qz.local<si64> -> si64
    %c = qz.cmp "ne" %i, %n : si64
    qz.yield %c : i1
  } do {
    %j = qz.local_get %at : !qz.local<si64> -> si64
    %x = qz.vec_get %v, %j : !qz.vec<si64> -> si64
    %one = qz.const 1 : si64 -> si64
    %up = qz.add %j, %one overflow "wrap" : si64
    qz.local_set %at, %up : !qz.local<si64>, si64
    qz.yield
  }
  qz.return
}

func.func @over_all_elements(%v: !qz.vec<si64>) {
  %zero = qz.const 0 : si64 -> si64
  %n = qz.vec_size %v : !qz.vec<si64>
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    %x = qz.vec_get %v, %i : !qz.vec<si64> -> si64
    qz.yield
  }
  qz.return
}

func.func @a_call_on_a_way_that_goes_on(%v: !qz.vec<si64>, %n: si64, %c: i1) {
  %zero = qz.const 0 : si64 -> si64
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    qz.if %c {
      func.call @other() : () -> ()
      qz.yield
    }
    %x = qz.vec_get %v, %i : !qz.vec<si64> -> si64
    qz.yield
  }
  qz.return
}

func.func @a_row_is_put_in_the_place_of_another(%v: !qz.vec<!qz.vec<si64>>, %row: !qz.vec<si64>, %k: si64, %n: si64) {
  %zero = qz.const 0 : si64 -> si64
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    %now = qz.vec_get unchecked %v, %k : !qz.vec<!qz.vec<si64>> -> !qz.vec<si64>
    %x = qz.vec_get %now, %i : !qz.vec<si64> -> si64
    qz.vec_set unchecked %v, %k, %row : !qz.vec<!qz.vec<si64>>, !qz.vec<si64>
    qz.yield
  }
  qz.return
}

func.func @the_index_of_the_row_changes(%v: !qz.vec<!qz.vec<si64>>, %k: si64, %n: si64) {
  %zero = qz.const 0 : si64 -> si64
  qz.for %zero to %n : si64 {
  ^bb0(%i: si64):
    %row = qz.vec_get unchecked %v, %i : !qz.vec<!qz.vec<si64>> -> !qz.vec<si64>
    %x = qz.vec_get %row, %k : !qz.vec<si64> -> si64
    qz.yield
  }
  qz.return
}
