#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { ROUNDS = 40 };

static uint32_t *crc_table(void) {
    uint32_t *table = malloc(256 * sizeof *table);
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t c = i;
        for (int k = 0; k < 8; k++) c = c & 1 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
        table[i] = c;
    }
    return table;
}

static uint32_t crc32(const uint32_t *table, const uint8_t *data, long n, uint32_t start) {
    uint32_t c = ~start;
    for (long i = 0; i < n; i++) c = table[(c ^ data[i]) & 0xFF] ^ (c >> 8);
    return ~c;
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 10000000;
    uint8_t *data = malloc(n);
    for (long i = 0; i < n; i++) data[i] = i * 7 + (i >> 8);
    uint32_t *table = crc_table(), crc = 0;
    for (int i = 0; i < ROUNDS; i++) crc = crc32(table, data, n, crc);
    printf("%u\n", crc);
    return 0;
}
