#include <stdio.h>
#include <stdlib.h>

static long *filled(long n, long factor) {
    long *m = malloc(n * n * sizeof *m);
    for (long i = 0; i < n * n; i++) m[i] = i * factor % 101;
    return m;
}

static long *product(const long *a, const long *b, long n) {
    long *c = filled(n, 0);
    for (long i = 0; i < n; i++) {
        for (long k = 0; k < n; k++) {
            long x = a[i * n + k];
            for (long j = 0; j < n; j++) c[i * n + j] += x * b[k * n + j];
        }
    }
    return c;
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 700;
    long *c = product(filled(n, 7), filled(n, 13), n);
    long total = 0;
    for (long i = 0; i < n * n; i++) total = total * 31 % 1000003 + c[i];
    printf("%ld\n", total);
    return 0;
}
