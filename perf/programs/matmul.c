#include <stdio.h>
#include <stdlib.h>

static void product(const double *a, const double *b, double *c, long n) {
    for (long i = 0; i < n; i++)
        for (long k = 0; k < n; k++) {
            double factor = a[i * n + k];
            for (long j = 0; j < n; j++) c[i * n + j] += factor * b[k * n + j];
        }
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 900;
    double *a = malloc(n * n * sizeof *a), *b = malloc(n * n * sizeof *b), *c = calloc(n * n, sizeof *c);
    for (long i = 0; i < n * n; i++) {
        a[i] = i % 17;
        b[i] = i % 13;
    }
    product(a, b, c, n);
    double sum = 0;
    for (long i = 0; i < n * n; i++) sum += c[i];
    printf("%ld\n", (long)sum);
    return 0;
}
