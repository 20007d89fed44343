#include <stdio.h>
#include <stdlib.h>

static long placed(long all, long columns, long left, long right) {
    if (columns == all) return 1;
    long free = all & ~(columns | left | right), ways = 0;
    while (free) {
        long queen = free & -free;
        free ^= queen;
        ways += placed(all, columns | queen, (left | queen) << 1, (right | queen) >> 1);
    }
    return ways;
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 13;
    printf("%ld\n", placed((1L << n) - 1, 0, 0, 0));
    return 0;
}
