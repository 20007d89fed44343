#include <stdio.h>
#include <stdlib.h>

static long grown(long n) {
    long *data = NULL, size = 0, capacity = 0;
    for (long i = 0; i < n; i++) {
        if (size == capacity) {
            capacity = capacity ? 2 * capacity : 4;
            data = realloc(data, capacity * sizeof *data);
        }
        data[size++] = i;
    }
    long sum = data[n / 2] + size;
    free(data);
    return sum;
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 10000000, sum = 0;
    for (int i = 0; i < 10; i++) sum += grown(n);
    printf("%ld\n", sum);
    return 0;
}
