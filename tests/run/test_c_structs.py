"""Structs that C functions are given and give, by value and by address, against what a C compiler makes."""

from collections.abc import Callable

import pytest

from tests.program_files import Behaviour

C = """
#include <stdbool.h>
#include <stdint.h>

typedef struct { double x, y; } V2;
typedef struct { float x, y, z; } F3;
typedef struct { float x, y; } F2;
typedef struct { int32_t n; float f; double d; } Mix;
typedef struct { int64_t a, b, c; } Big;
typedef struct { uint8_t a; int16_t b; bool c; } Small;
typedef struct { V2 a; F2 b; } Nest;
typedef struct __attribute__((packed)) { uint8_t a; int64_t b; } Tight;
typedef struct { int64_t a, b; } Two;
typedef struct { float f; } One;

V2 turned(V2 v) { return (V2){-v.y, v.x}; }
F3 scaled(F3 v, float k) { return (F3){v.x * k, v.y * k, v.z * k}; }
F2 swapped(F2 v) { return (F2){v.y, v.x}; }
Mix next(Mix m) { return (Mix){m.n + 1, m.f * 2, m.d / 2}; }
Big sum(Big a, Big b) { return (Big){a.a + b.a, a.b + b.b, a.c + b.c}; }
Small opposite(Small s) { return (Small){s.a + 1, -s.b, !s.c}; }
Nest moved(Nest n, int64_t by) { n.a.x += by; n.b.y += by; return n; }
Tight doubled(Tight t) { t.b *= 2; return t; }
One one(One o) { return (One){o.f + 1}; }

int64_t crowd(int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, Two t, int64_t f, Two u) {
    return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * t.a + 7 * t.b + 8 * f + 9 * u.a + 10 * u.b;
}

double floats(double a, double b, double c, double d, double e, double f, double g, V2 v, double h, One o) {
    return a + b + c + d + e + f + g + 100 * v.x + 1000 * v.y + 10000 * h + 100000 * o.f;
}

double mixed(Mix m, Big b, V2 v, Small s) { return m.n + m.f + m.d + b.c + v.y + s.b; }
"""

SOURCE = """
@value @repr(C) struct V2 { x: F64, y: F64 }
@value @repr(C) struct F3 { x: F32, y: F32, z: F32 }
@value struct F2 { x: F32, y: F32 }
@value struct Mix { n: I32, f: F32, d: F64 }
@value struct Big { a: Int, b: Int, c: Int }
@value struct Small { a: U8, b: I16, c: Bool }
@value struct Nest { a: V2, b: F2 }
@value @packed struct Tight { a: U8, b: Int }
@value struct Two { a: Int, b: Int }
@value struct One { f: F32 }

extern "C" def turned(v: V2): V2
extern "C" def scaled(v: F3, k: F32): F3
extern "C" def swapped(v: F2): F2
extern "C" def next(m: Mix): Mix
extern "C" def sum(a: Big, b: Big): Big
extern "C" def opposite(s: Small): Small
extern "C" def moved(n: Nest, by: Int): Nest
extern "C" def doubled(t: Tight): Tight
extern "C" def one(o: One): One
extern "C" def crowd(a: Int, b: Int, c: Int, d: Int, e: Int, t: Two, f: Int, u: Two): Int
extern "C" def floats(
  a: F64, b: F64, c: F64, d: F64, e: F64, f: F64, g: F64, v: V2, h: F64, o: One): F64
extern "C" def mixed(m: Mix, b: Big, v: V2, s: Small): F64

def main()
  v = V2 { x: 1.0, y: 2.0 }
  puts("#{turned(v)} #{scaled(F3 { x: 1.0, y: 2.0, z: 3.0 }, 2.0)} #{swapped(F2 { x: 1.0, y: 2.0 })}")
  puts("#{next(Mix { n: -5, f: 1.5, d: 3.0 })}")
  big = Big { a: 1, b: 2, c: 3 }
  puts("#{sum(big, Big { a: 10, b: 20, c: 30 })} #{opposite(Small { a: 255, b: 300, c: true })}")
  puts("#{moved(Nest { a: v, b: F2 { x: 3.0, y: 4.0 } }, 10)}")
  puts("#{doubled(Tight { a: 7, b: -21 })} #{one(One { f: 1.5 })}")
  puts("#{crowd(1, 2, 3, 4, 5, Two { a: 6, b: 7 }, 8, Two { a: 9, b: 10 })}")
  puts("#{floats(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, v, 3.0, One { f: 4.0 })}")
  puts("#{mixed(Mix { n: 1, f: 2.0, d: 3.0 }, big, V2 { x: 4.0, y: 5.0 }, Small { a: 1, b: -6, c: false })}")
  puts("#{[v, turned(v)].map(turned)}")
end
"""

OUTPUT = b"""\
V2 { x: -2.0, y: 1.0 } F3 { x: 2.0, y: 4.0, z: 6.0 } F2 { x: 2.0, y: 1.0 }
Mix { n: -4, f: 3.0, d: 1.5 }
Big { a: 11, b: 22, c: 33 } Small { a: 0, b: -300, c: false }
Nest { a: V2 { x: 11.0, y: 2.0 }, b: F2 { x: 3.0, y: 14.0 } }
Tight { a: 7, b: -42 } One { f: 2.5 }
385
432107.0
8.0
[V2 { x: -2.0, y: 1.0 }, V2 { x: -1.0, y: -2.0 }]
"""


@pytest.mark.parametrize("flags", [("-O0",), ("-O0", "-g", "--verify-each"), ("-O2",)], ids=" ".join)
def test_structs_arrive_and_come_back(flags: tuple[str, ...], run_with_c: Callable[..., Behaviour]) -> None:
    assert run_with_c(C, SOURCE, *flags) == (OUTPUT, 0, "")


CALLER_IN_C = """
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
typedef struct { double x, y; } V2;
typedef struct { float x, y, z; } F3;
typedef struct { int32_t n; float f; double d; } Mix;
typedef struct { int64_t a, b, c; } Big;
typedef struct { uint8_t a; int16_t b; bool c; } Small;
typedef struct { V2 a; Small b; } Nest;
typedef struct __attribute__((packed)) { uint8_t a; int64_t b; } Tight;
typedef struct { int64_t a, b; } Two;
typedef struct { float f; } One;

V2 turned(V2 v);
F3 scaled(F3 v, float k);
Mix next(Mix m);
Big sum(Big a, Big b);
Small opposite(Small s);
Nest moved(Nest n, int64_t by);
Tight doubled(Tight t);
One one(One o);
int64_t crowd(int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, Two t, int64_t f, Two u);
Big crowded(int64_t a, int64_t b, int64_t c, int64_t d, Two t, Two u);
double floats(double a, double b, double c, double d, double e, double f, double g, V2 v, double h, One o);

int32_t driver(V2 (*callback)(V2, Big)) {
    V2 v = turned((V2){1, 2});
    F3 f = scaled((F3){1, 2, 3}, 0.5f);
    Mix m = next((Mix){-1, 1.5f, 3});
    Big b = sum((Big){1, 2, 3}, (Big){10, 20, -30});
    Small s = opposite((Small){255, -300, true});
    Nest n = moved((Nest){{1, 2}, {3, 4, true}}, 10);
    Tight t = doubled((Tight){7, -21});
    printf("%g %g  %g %g %g  %d %g %g\\n", v.x, v.y, f.x, f.y, f.z, m.n, m.f, m.d);
    printf("%ld %ld %ld  %d %d %d  ", b.a, b.b, b.c, s.a, s.b, s.c);
    printf("%g %g %d %d %d\\n", n.a.x, n.a.y, n.b.a, n.b.b, n.b.c);
    printf("%d %ld  %g\\n", t.a, t.b, one((One){1.5f}).f);
    printf("%ld\\n", crowd(1, 2, 3, 4, 5, (Two){6, 7}, 8, (Two){9, 10}));
    Big c = crowded(1, 2, 3, 4, (Two){5, 6}, (Two){7, 8});
    printf("%ld %ld %ld\\n", c.a, c.b, c.c);
    printf("%g\\n", floats(1, 1, 1, 1, 1, 1, 1, (V2){1, 2}, 3, (One){4}));
    V2 back = callback((V2){1, 2}, (Big){3, 4, 5});
    printf("%g %g\\n", back.x, back.y);
    fflush(stdout);
    return 0;
}
"""

CALLED = """
@value @repr(C) struct V2 { x: F64, y: F64 }
@value struct F3 { x: F32, y: F32, z: F32 }
@value struct Mix { n: I32, f: F32, d: F64 }
@value struct Big { a: Int, b: Int, c: Int }
@value struct Small { a: U8, b: I16, c: Bool }
@value struct Nest { a: V2, b: Small }
@value @packed struct Tight { a: U8, b: Int }
@value struct Two { a: Int, b: Int }
@value struct One { f: F32 }

extern "C" def driver(callback: Fn(V2, Big): V2): CInt

extern "C" def turned(v: V2): V2 = V2 { x: -v.y, y: v.x }
extern "C" def scaled(v: F3, k: F32): F3 = F3 { x: v.x * k, y: v.y * k, z: v.z * k }
@export("next") def following(m: Mix): Mix = Mix { n: m.n + 1, f: m.f * 2.0, d: m.d / 2.0 }
extern "C" def sum(a: Big, b: Big): Big
  Big { a: a.a + b.a, b: a.b + b.b, c: a.c + b.c }
end
@weak def opposite(s: Small): Small = Small { a: s.a - 1, b: -s.b, c: not s.c }
extern "C" def moved(n: Nest, by: Int): Nest
  Nest { a: V2 { x: n.a.x + (by as F64), y: n.a.y }, b: opposite(n.b) }
end
extern "C" def doubled(t: Tight): Tight = Tight { a: t.a, b: t.b * 2 }
extern "C" def one(o: One): One = One { f: o.f + 1.0 }
extern "C" def crowd(a: Int, b: Int, c: Int, d: Int, e: Int, t: Two, f: Int, u: Two): Int
  a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * t.a + 7 * t.b + 8 * f + 9 * u.a + 10 * u.b
end
extern "C" def crowded(a: Int, b: Int, c: Int, d: Int, t: Two, u: Two): Big
  Big { a: a + b + c + d, b: 10 * t.a + t.b, c: 10 * u.a + u.b }
end
extern "C" def floats(
  a: F64, b: F64, c: F64, d: F64, e: F64, f: F64, g: F64, v: V2, h: F64, o: One): F64
  a + b + c + d + e + f + g + 100.0 * v.x + 1000.0 * v.y + 10000.0 * h + 100000.0 * (o.f as F64)
end

def main()
  driver((v, b) -> V2 { x: v.x + (b.a as F64), y: v.y + (b.c as F64) })
  puts("#{turned(V2 { x: 1.0, y: 2.0 })} #{opposite(Small { a: 1, b: 2, c: true })}")
end
"""

PRINTED = b"""\
-2 1  0.5 1 1.5  0 3 1.5
11 22 -27  254 300 0  11 2 2 -4 0
7 -42  2.5
385
10 56 78
432107
4 7
V2 { x: -2.0, y: 1.0 } Small { a: 0, b: -2, c: false }
"""


@pytest.mark.parametrize("flags", [("-O0",), ("-O0", "-g", "--verify-each"), ("-O2",)], ids=" ".join)
def test_structs_that_c_gives_and_is_given(
    flags: tuple[str, ...], run_with_c: Callable[..., Behaviour]
) -> None:
    assert run_with_c(CALLER_IN_C, CALLED, *flags) == (PRINTED, 0, "")


BLOCKS_IN_C = """
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef struct { float x, y; } V2;
struct Rec {
    uint8_t a; int64_t b; int16_t c; bool on; V2 v; double d; const char *name; struct Rec *next; uint32_t ch;
};
#pragma pack(push, 1)
struct Tight { uint8_t a; int64_t b; float c; };
struct Tagged { uint8_t tag; int32_t value; };
#pragma pack(pop)
struct Numbers { uint8_t first; int32_t second; };
struct Named { V2 first; const char *second; };

int change(struct Rec *r) {
    int ok = r->a == 1 && r->c == -2 && r->on && r->d == 0.25 && r->name[0] == 'n' && r->ch == 'q';
    r->a++; r->b *= 2; r->c--; r->on = !r->on; r->v.x += r->v.y; r->d *= 2; r->ch++;
    return ok * 1000 + (int)strlen(r->name);
}

int along(struct Rec *r) { return r->next == 0 ? 1 : 1 + along(r->next); }

int widen(struct Tight *t) {
    int ok = t->a == 250 && t->b == -1 && t->c == 1.5f;
    t->a++; t->b--; t->c *= 2;
    return ok;
}

int tagged(struct Tagged *t) { return t->tag == 1 && t->value++ == 7; }
int numbers(struct Numbers *p) { return p->first++ == 200 && p->second-- == -5; }
int named(struct Named *p) { p->first.y += 1; return p->first.x == 1.5f && p->second[1] == 'e'; }
"""

BLOCKS = """
@value struct V2 { x: F32, y: F32 }
@repr(C)
struct Rec
  a: U8
  b: Int
  c: I16
  on: Bool
  v: V2
  d: F64
  name: String
  next: Option<Rec> = None
  ch: Char
end
@packed struct Tight { a: U8, b: Int, c: F32 }
@packed struct Tagged<T> { tag: U8, value: T }
@repr(C) struct Pair<A, B> { first: A, second: B }

extern "C" def tagged(t: CPtr): CInt
extern "C" def numbers(p: Pair<U8, I32>): CInt
extern "C" def named(p: CPtr): CInt
extern "C" def change(r: CPtr): CInt
extern "C" def along(r: CPtr): CInt
extern "C" def widen(t: CPtr): CInt

def shown(r: Rec): String = "#{r.a} #{r.b} #{r.c} #{r.on} #{r.v} #{r.d} #{r.name} #{r.ch.to_char_s()}"
def pair<A, B>(first: A, second: B): Pair<A, B> = Pair { first, second }
def made(n: Int): Rec
  Rec { a: 1, b: n, c: -2, on: true, v: V2 { x: 1.5, y: 2.5 }, d: 0.25, name: "nm#{n}", ch: 'q' }
end

def main()
  r = made(-3)
  r.v.y = 9.5
  puts("#{change(r)}")
  puts(shown(r))
  r.next = Some(made(4))
  r.next!.v = V2 { x: 7.0, y: 8.0 }
  puts("#{change(r.next!)} #{shown(r.next!)} #{along(r)}")
  t = Tight { a: 250, b: -1, c: 1.5 }
  puts("#{widen(t)} #{t} #{change(made(2))}")
  address: CPtr = r
  puts("#{change(address)} #{r.b}")
  tag = Tagged { tag: 1, value: 7i32 }
  both: Pair<U8, I32> = pair(200, -5)
  puts("#{tagged(tag)} #{tag} #{numbers(both)} #{both}")
  text = pair(V2 { x: 1.5, y: 2.0 }, "te" + "xt")
  puts("#{named(text)} #{text}")
end
"""

OF_BLOCKS = b"""\
1004
2 -6 -3 false V2 { x: 11.0, y: 9.5 } 0.5 nm-3 r
1003 2 8 -3 false V2 { x: 15.0, y: 8.0 } 0.5 nm4 r 2
1 Tight { a: 251, b: -2, c: 3.0 } 1003
4 -12
1 Tagged { tag: 1, value: 8 } 1 Pair { first: 201, second: -6 }
1 Pair { first: V2 { x: 1.5, y: 3.0 }, second: "text" }
"""


@pytest.mark.parametrize("flags", [("-O0", "--verify-each"), ("-O2",)], ids=" ".join)
def test_c_works_on_blocks(flags: tuple[str, ...], run_with_c: Callable[..., Behaviour]) -> None:
    assert run_with_c(BLOCKS_IN_C, BLOCKS, *flags) == (OF_BLOCKS, 0, "")
