#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Open addressing, linear probing, doubled when three quarters are in use. */
struct map {
    int64_t *keys, *values;
    uint8_t *state; /* 0 free, 1 used, 2 deleted */
    long capacity, used, size;
};

static uint64_t hash(int64_t key) {
    uint64_t x = key;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

static void init(struct map *m, long capacity) {
    m->keys = malloc(capacity * sizeof *m->keys);
    m->values = malloc(capacity * sizeof *m->values);
    m->state = calloc(capacity, 1);
    m->capacity = capacity;
    m->used = m->size = 0;
}

static long find(const struct map *m, int64_t key) {
    long mask = m->capacity - 1, i = hash(key) & mask;
    while (m->state[i] != 0) {
        if (m->state[i] == 1 && m->keys[i] == key) return i;
        i = (i + 1) & mask;
    }
    return -1;
}

static void put(struct map *m, int64_t key, int64_t value);

static void grow(struct map *m) {
    struct map bigger;
    init(&bigger, m->size * 2 > m->capacity / 2 ? m->capacity * 2 : m->capacity);
    for (long i = 0; i < m->capacity; i++)
        if (m->state[i] == 1) put(&bigger, m->keys[i], m->values[i]);
    free(m->keys);
    free(m->values);
    free(m->state);
    *m = bigger;
}

static void put(struct map *m, int64_t key, int64_t value) {
    long at = find(m, key);
    if (at >= 0) {
        m->values[at] = value;
        return;
    }
    if ((m->used + 1) * 4 > m->capacity * 3) grow(m);
    long mask = m->capacity - 1, i = hash(key) & mask;
    while (m->state[i] != 0) i = (i + 1) & mask;
    m->state[i] = 1;
    m->keys[i] = key;
    m->values[i] = value;
    m->used++;
    m->size++;
}

static int64_t get_or(const struct map *m, int64_t key, int64_t otherwise) {
    long at = find(m, key);
    return at < 0 ? otherwise : m->values[at];
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 3000000;
    struct map counts;
    init(&counts, 16);
    for (long i = 0; i < n; i++) {
        int64_t key = (i * 2654435761) & 0xFFFFF;
        put(&counts, key, get_or(&counts, key, 0) + 1);
    }
    int64_t sum = 0;
    for (long i = 0; i < n; i++) sum += get_or(&counts, i * 7, -1);
    for (long i = 0; i < n / 2; i++) {
        long at = find(&counts, i * 2);
        if (at >= 0) {
            counts.state[at] = 2;
            counts.size--;
        }
    }
    for (long i = 0; i < n; i++) sum += find(&counts, i) >= 0;
    printf("%ld %ld\n", counts.size, (long)sum);
    return 0;
}
