#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint8_t *letters(long n, long seed) {
    uint8_t *text = malloc(n);
    long state = seed;
    for (long i = 0; i < n; i++) {
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF;
        text[i] = (state >> 16) & 3;
    }
    return text;
}

static long distance(const uint8_t *a, long n_a, const uint8_t *b, long n_b) {
    int32_t *row = malloc((n_b + 1) * sizeof *row);
    for (long j = 0; j <= n_b; j++) row[j] = j;
    for (long i = 0; i < n_a; i++) {
        int32_t diagonal = row[0];
        row[0] = i + 1;
        for (long j = 0; j < n_b; j++) {
            int32_t above = row[j + 1], best = diagonal;
            if (a[i] != b[j]) best += 1;
            if (above + 1 < best) best = above + 1;
            if (row[j] + 1 < best) best = row[j] + 1;
            row[j + 1] = best;
            diagonal = above;
        }
    }
    return row[n_b];
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 16000;
    printf("%ld\n", distance(letters(n, 1), n, letters(n, 2), n));
    return 0;
}
