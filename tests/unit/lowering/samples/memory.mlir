builtin.module {
  func.func @sum_of_bytes(%text: !qz.str) -> si64 {
    %zero = qz.const 0 : si64 -> si64
    %total = qz.local "total" %zero : !qz.local<si64> from si64
    %n = qz.str_size %text
    qz.for %zero to %n : si64 {
    ^bb0(%i: si64):
      %byte = qz.str_byte_at %text, %i
      %before = qz.local_get %total : !qz.local<si64> -> si64
      %after = qz.add %before, %byte overflow "trap" : si64
      qz.local_set %total, %after : !qz.local<si64>, si64
      qz.yield
    }
    %result = qz.local_get %total : !qz.local<si64> -> si64
    qz.return %result : si64
  }
  func.func @of_constant() -> si64 {
    %text = qz.str_const "a\C3\A9\00z"
    %sum = func.call @sum_of_bytes(%text) : (!qz.str) -> si64
    qz.return %sum : si64
  }
  func.func @reverse(%v: !qz.vec<si16>) -> si64 {
    %n = qz.vec_size %v : !qz.vec<si16>
    %one = qz.const 1 : si64 -> si64
    %two = qz.const 2 : si64 -> si64
    %zero = qz.const 0 : si64 -> si64
    %half = qz.div %n, %two overflow "trap" : si64
    qz.for %zero to %half : si64 {
    ^bb0(%i: si64):
      %last = qz.sub %n, %one overflow "trap" : si64
      %j = qz.sub %last, %i overflow "trap" : si64
      %a = qz.vec_get %v, %i : !qz.vec<si16> -> si16
      %b = qz.vec_get %v, %j : !qz.vec<si16> -> si16
      qz.vec_set %v, %i, %b : !qz.vec<si16>, si16
      qz.vec_set %v, %j, %a : !qz.vec<si16>, si16
      qz.yield
    }
    qz.return %n : si64
  }
  func.func @length(%list: !qz.val<@Node>) -> si64 {
    %zero = qz.const 0 : si64 -> si64
    %one = qz.const 1 : si64 -> si64
    %count = qz.local "count" %zero : !qz.local<si64> from si64
    %node = qz.local "node" %list : !qz.local<!qz.val<@Node>> from !qz.val<@Node>
    qz.while {
      %here = qz.local_get %node : !qz.local<!qz.val<@Node>> -> !qz.val<@Node>
      %word = qz.reinterpret %here : !qz.val<@Node> to si64
      %more = qz.cmp "ne" %word, %zero : si64
      qz.yield %more : i1
    } do {
      %here = qz.local_get %node : !qz.local<!qz.val<@Node>> -> !qz.val<@Node>
      %next = qz.struct_get %here[1 "next"] : !qz.val<@Node> -> !qz.val<@Node>
      qz.local_set %node, %next : !qz.local<!qz.val<@Node>>, !qz.val<@Node>
      %n = qz.local_get %count : !qz.local<si64> -> si64
      %m = qz.add %n, %one overflow "trap" : si64
      qz.local_set %count, %m : !qz.local<si64>, si64
      qz.yield
    }
    %result = qz.local_get %count : !qz.local<si64> -> si64
    qz.return %result : si64
  }
}
