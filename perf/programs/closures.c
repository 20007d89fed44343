#include <stdio.h>
#include <stdlib.h>

struct closure {
    long (*code)(const struct closure *self, long x);
    long captured;
};

static long add(const struct closure *self, long x) { return (x + self->captured) & 0xFFFFFFFF; }
static long mix(const struct closure *self, long x) { return ((x ^ self->captured) * 3) & 0xFFFFFFFF; }

static struct closure *closure(long (*code)(const struct closure *, long), long captured) {
    struct closure *made = malloc(sizeof *made);
    made->code = code;
    made->captured = captured;
    return made;
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 20000000;
    struct closure *steps[] = {closure(add, 1),   closure(mix, 0x55), closure(add, 7), closure(mix, 0x1234),
                               closure(add, 100), closure(mix, 3),    closure(add, 9), closure(mix, 0xFF00)};
    long x = 0;
    for (long i = 0; i < n; i++) {
        for (int k = 0; k < 8; k++) x = steps[k]->code(steps[k], x);
        x += i & 1;
    }
    printf("%ld\n", x);
    return 0;
}
