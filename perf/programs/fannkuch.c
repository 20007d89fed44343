#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 10;
    long *perm = malloc(n * sizeof *perm), *current = malloc(n * sizeof *current), *count = malloc(n * sizeof *count);
    for (long i = 0; i < n; i++) current[i] = i;
    long checksum = 0, max_flips = 0, n_perms = 0, r = n;
    for (;;) {
        for (; r != 1; r--) count[r - 1] = r;
        for (long i = 0; i < n; i++) perm[i] = current[i];
        long flips = 0, first;
        while ((first = perm[0]) != 0) {
            for (long low = 0, high = first; low < high; low++, high--) {
                long held = perm[low];
                perm[low] = perm[high];
                perm[high] = held;
            }
            flips++;
        }
        if (flips > max_flips) max_flips = flips;
        checksum += n_perms % 2 == 0 ? flips : -flips;
        for (;;) {
            if (r == n) {
                printf("%ld %ld\n", checksum, max_flips);
                return 0;
            }
            long front = current[0];
            for (long i = 0; i < r; i++) current[i] = current[i + 1];
            current[r] = front;
            if (--count[r] > 0) break;
            r++;
        }
        n_perms++;
    }
}
