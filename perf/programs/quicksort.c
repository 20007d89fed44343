#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int32_t *random_numbers(long n) {
    int32_t *numbers = malloc(n * sizeof *numbers);
    long state = 42;
    for (long i = 0; i < n; i++) {
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF;
        numbers[i] = state;
    }
    return numbers;
}

static void quicksort(int32_t *v, long first, long last) {
    if (first >= last) return;
    int32_t pivot = v[first + (last - first) / 2];
    long i = first, j = last;
    while (i <= j) {
        while (v[i] < pivot) i++;
        while (v[j] > pivot) j--;
        if (i <= j) {
            int32_t held = v[i];
            v[i++] = v[j];
            v[j--] = held;
        }
    }
    quicksort(v, first, j);
    quicksort(v, i, last);
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 10000000, sum = 0;
    int32_t *v = random_numbers(n);
    quicksort(v, 0, n - 1);
    for (long i = 0; i < n; i++) sum = (sum * 31 + v[i]) & 0xFFFFFFFF;
    printf("%ld\n", sum);
    return 0;
}
