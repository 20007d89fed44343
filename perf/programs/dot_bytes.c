#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { ROUNDS = 200 };

__attribute__((noinline)) static uint32_t dot(const uint8_t *a, const uint8_t *b, long n) {
    uint32_t sum = 0;
    for (long i = 0; i < n; i++) sum += (uint32_t)a[i] * b[i];
    return sum;
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 4000000;
    uint8_t *a = malloc(n), *b = malloc(n);
    for (long i = 0; i < n; i++) {
        a[i] = i;
        b[i] = i >> 3;
    }
    uint32_t total = 0;
    for (int round = 0; round < ROUNDS; round++) {
        a[round % n] = round;
        total += dot(a, b, n);
    }
    printf("%u\n", total);
    return 0;
}
