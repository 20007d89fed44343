"""Libraries that a program loads while it runs, and memory that it shares with C."""

import shutil
import subprocess

import pytest

from tests.program_files import execute

C = """
#include <stdint.h>
#include <string.h>

typedef struct { int32_t n; uint32_t m; double x; const char *name; uint8_t last; } Record;

int32_t version = 7;
static Record record = {-5, 4000000000u, 2.5, "gr\\xc3\\xbc\\xc3\\x9f", 200};

Record *shared(void) { return &record; }
double total(const double *numbers, int32_t n) {
    double sum = 0;
    for (int32_t i = 0; i < n; i++) sum += numbers[i];
    return sum;
}
int32_t upper(char *text, int64_t size) {
    int32_t n = 0;
    for (; text[n]; n++) if (text[n] >= 'a' && text[n] <= 'z') text[n] -= 32;
    return n == size - 1 ? n : -1;
}
"""

SOURCE = """
import { Buffer, Library } from ffi

def main(args: Vec<String>)
  library = Library.open_any(["/no/such.so", args[0]])!
  shared = library.symbol("shared")! as Fn(): CPtr
  record = shared()
  puts("#{record.load_i32()} #{record.plus(4).load_u32()} #{record.plus(8).load_f64()}")
  name = record.plus(16).load_pointer()
  puts("#{name.text()} #{name.text_of(2)} #{record.plus(24).load_u8()}")
  record.store_i32(6)
  record.plus(4).store_u32(3_000_000_000)
  record.plus(8).store_f64(-0.5)
  record.plus(16).store_pointer(nil)
  record.plus(24).store_u8(255)
  again = shared()
  puts("#{again.load_i32()} #{again.plus(4).load_u32()} #{again.plus(8).load_f64()}")
  puts("#{again.plus(24).load_u8()}")
  puts("#{again.plus(16).load_pointer().null?()} #{again.plus(16).load_pointer().text().empty?()}")

  numbers = Buffer.new(24)
  for i in 0..3
    numbers.address().plus(8 * i).store_f64((i as F64) + 0.5)
  end
  puts("#{(library.symbol("total")! as Fn(CPtr, CInt): CDouble)(numbers.address(), 3)}")
  numbers.address().store_i64(-2)
  puts("#{numbers.address().load_i64()}")
  text = Buffer.of("quartz")
  upper = library.symbol("upper")! as Fn(CPtr, Int): CInt
  puts("#{upper(text.address(), text.size)} #{text.address().text()}")
  text.address().put_text("qua")
  puts(text.text(4))
  puts(panic_of(-> puts(text.text(8)))!)

  puts("#{library.symbol("version")!.load_i32()} #{library.symbol("versions") is Err(_)}")
  puts("#{Library.of_program().symbol("strlen") is Ok(_)}")
  library.close()
  library.close()
  puts("#{library.symbol("version")}")
  puts("#{Library.open_any(["/no/such.so", "/nor/this.so"])}")
end
"""

OUTPUT = """\
-5 4000000000 2.5
grüß gr 200
6 3000000000 -0.5
255
true true
4.5
-2
6 QUARTZ
quaR
8 bytes of a buffer of 7
7 true
true
Err("the library is closed")
Err("/no/such.so: cannot open shared object file: No such file or directory; \
/nor/this.so: cannot open shared object file: No such file or directory")
"""


@pytest.mark.parametrize("options", [(), ("-O2",)], ids=["plain", "optimised"])
def test_a_library_of_c(compiled, tmp_path, options):
    if shutil.which("cc") is None:
        pytest.skip("no cc")
    (tmp_path / "part.c").write_text(C)
    library = tmp_path / "libpart.so"
    subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", library, tmp_path / "part.c"], check=True)
    program = compiled("foreign", SOURCE, *options)
    assert execute([str(program), str(library)]) == (OUTPUT.encode(), 0, "")
