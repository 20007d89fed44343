#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct builder {
    char *data;
    long size, capacity;
};

static void append(struct builder *b, const char *text, long n) {
    if (b->size + n > b->capacity) {
        while (b->size + n > b->capacity) b->capacity = b->capacity ? 2 * b->capacity : 48;
        b->data = realloc(b->data, b->capacity);
    }
    memcpy(b->data + b->size, text, n);
    b->size += n;
}

static long checksum(const struct builder *b) {
    long sum = 0;
    for (long i = 0; i < b->size; i++) sum = (sum * 31 + (unsigned char)b->data[i]) & 0xFFFFFF;
    return sum;
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 8000000;
    struct builder b = {0};
    for (long i = 0; i < n; i++) {
        char number[24];
        append(&b, "item ", 5);
        append(&b, number, snprintf(number, sizeof number, "%ld", i));
        append(&b, ", ", 2);
    }
    printf("%ld %ld\n", b.size, checksum(&b));
    return 0;
}
