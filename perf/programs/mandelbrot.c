#include <stdio.h>
#include <stdlib.h>

enum { MAX_TURNS = 200 };

static long turns(double cx, double cy) {
    double x = 0, y = 0;
    for (long i = 0; i < MAX_TURNS; i++) {
        double xx = x * x, yy = y * y;
        if (xx + yy > 4) return i;
        y = 2 * x * y + cy;
        x = xx - yy + cx;
    }
    return MAX_TURNS;
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 1200, total = 0;
    for (long row = 0; row < n; row++) {
        double cy = 2.0 * row / n - 1;
        for (long column = 0; column < n; column++) total += turns(2.0 * column / n - 1.5, cy);
    }
    printf("%ld\n", total);
    return 0;
}
