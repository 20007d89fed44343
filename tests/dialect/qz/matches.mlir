// Enums, switches and matches.
builtin.module {
  func.func @enums(%a: si64, %s: !qz.str) -> si64 {
    %0 = qz.enum_new 0 -> !qz.enum<"m$Day", Monday, Tuesday>
    %1 = qz.enum_new 0 %s : !qz.str -> !qz.enum<"m$Option<String>", Some(ref), None>
    %2 = qz.enum_new 1 -> !qz.enum<"m$Option<String>", Some(ref), None>
    %3 = qz.enum_new 1 %a, %s : si64, !qz.str -> !qz.enum<"m$Event", Key(word), Text(word, ref), Quit, Rest(nullable)>
    %7 = qz.enum_new 0 %a : si64 drop @Door$drop -> !qz.enum<"m$Door", Open(word), Shut(word)>
    %4 = qz.enum_tag %3 : !qz.enum<"m$Event", Key(word), Text(word, ref), Quit, Rest(nullable)>
    %5 = qz.enum_get %1[0, 0] : !qz.enum<"m$Option<String>", Some(ref), None> -> !qz.str
    %6 = qz.enum_get %3[1, 0] : !qz.enum<"m$Event", Key(word), Text(word, ref), Quit, Rest(nullable)> -> si64
    qz.return %6 : si64
  }
  func.func @unboxed_enums(%a: f64, %s: !qz.str) -> f64 {
    %0 = qz.enum_new 0 %a : f64 -> !qz.enum<"m$Result<F64, String>" unboxed, Ok(f64), Err(ref)>
    %1 = qz.enum_new 1 -> !qz.enum<"m$Option<Option<String>>" unboxed, Some(nullable), None>
    %2 = qz.enum_get %0[0, 0] : !qz.enum<"m$Result<F64, String>" unboxed, Ok(f64), Err(ref)> -> f64
    qz.return %2 : f64
  }
  func.func @switches(%n: si64, %c: !qz.char, %w: ui64, %a: i1, %b: i1) -> i1 {
    %0 = qz.switch %n : si64 -> i1 case 1 {
      qz.yield %a : i1
    } case -2, 3 {
      qz.return %a : i1
    } default {
      qz.yield %b : i1
    }
    qz.switch %c : !qz.char case 65, 66 {
      qz.yield
    }
    qz.switch %w : ui64 default {
      qz.yield
    }
    qz.return %0 : i1
  }
  func.func @matches(%n: si64, %a: i1) -> si64 {
    %0 = qz.match -> si64 {
      qz.switch %n : si64 case 0 {
        qz.take 1
      } case 1, 2 {
        qz.take 0 %n : si64
      } default {
        qz.yield
      }
      qz.if %a {
        qz.take 2
      }
      qz.take 0 %n : si64
    } arm {
    ^bb0(%x: si64):
      qz.if %a {
        qz.take 1
      }
      qz.take 2
    } arm {
      qz.yield %n : si64
    } arm {
      qz.return %n : si64
    }
    qz.match {
      qz.take 0
    } arm {
      qz.match {
        qz.take 0
      } arm {
        qz.yield
      }
      qz.yield
    }
    qz.return %0 : si64
  }
  func.func @flat(%n: si64) -> si64 {
    qz.switch_br %n : si64 case 1 ^bb1 case -4 ^bb1 case 5 ^bb2 default ^bb2
  ^bb1:
    qz.apart
    %m = qz.unknown %n
    func.return %m : si64
  ^bb2:
    func.return %n : si64
  }
}
