#include <stdio.h>
#include <stdlib.h>

static long sum_to(long n) {
    long total = 0;
    for (long i = 0; i < n; i++) total += (i ^ (i >> 5)) % 1000;
    return total;
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 300000000;
    printf("%ld\n", sum_to(n));
    return 0;
}
