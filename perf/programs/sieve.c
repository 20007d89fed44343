#include <stdio.h>
#include <stdlib.h>

enum { ROUNDS = 10 };

static long count_primes(long n) {
    unsigned char *composite = calloc(n + 1, 1);
    for (long i = 2; i * i <= n; i++) {
        if (composite[i] == 0) {
            for (long multiple = i * i; multiple <= n; multiple += i) composite[multiple] = 1;
        }
    }
    long n_primes = 0;
    for (long k = 2; k <= n; k++) n_primes += composite[k] == 0;
    free(composite);
    return n_primes;
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 10000000;
    long total = 0;
    for (int round = 0; round < ROUNDS; round++) total += count_primes(n);
    printf("%ld\n", total);
    return 0;
}
