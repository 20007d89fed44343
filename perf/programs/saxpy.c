#include <stdio.h>
#include <stdlib.h>

enum { ROUNDS = 25000 };

static void saxpy(float a, const float *x, float *y, long n) {
    for (long i = 0; i < n; i++) y[i] = a * x[i] + y[i];
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 40000;
    float *x = calloc(n, sizeof *x), *y = calloc(n, sizeof *y);
    for (long i = 0; i < n; i++) x[i] = i & 1023;
    for (int round = 0; round < ROUNDS; round++) saxpy(round & 1 ? -0.25f : 0.5f, x, y, n);
    double sum = 0;
    for (long i = 0; i < n; i++) sum += y[i];
    printf("%ld\n", (long)sum);
    return 0;
}
