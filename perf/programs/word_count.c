#define _POSIX_C_SOURCE 200809L

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    char *word;
    uint64_t hash;
    long count;
};

struct map {
    struct entry *entries;
    long capacity, size;
};

static uint64_t hash(const char *word) {
    uint64_t h = 14695981039346656037u;
    for (; *word; word++) h = (h ^ (unsigned char)*word) * 1099511628211u;
    return h ^ (h >> 32);
}

static struct entry *slot(struct map *m, const char *word, uint64_t h) {
    long mask = m->capacity - 1, i = h & mask;
    while (m->entries[i].word && (m->entries[i].hash != h || strcmp(m->entries[i].word, word))) i = (i + 1) & mask;
    return &m->entries[i];
}

static void count(struct map *m, char *word) {
    if ((m->size + 1) * 4 > m->capacity * 3) {
        struct map bigger = {calloc(m->capacity * 2, sizeof(struct entry)), m->capacity * 2, m->size};
        for (long i = 0; i < m->capacity; i++)
            if (m->entries[i].word) *slot(&bigger, m->entries[i].word, m->entries[i].hash) = m->entries[i];
        free(m->entries);
        *m = bigger;
    }
    uint64_t h = hash(word);
    struct entry *entry = slot(m, word, h);
    if (!entry->word) {
        entry->word = strdup(word);
        entry->hash = h;
        m->size++;
    }
    entry->count++;
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 2000000, state = 1, size = 0;
    char *text = malloc(n * 7 + 1);
    for (long i = 0; i < n; i++) {
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF;
        size += sprintf(text + size, "w%ld ", (state >> 12) % 5000);
    }
    struct map m = {calloc(16, sizeof(struct entry)), 16, 0};
    for (char *word = strtok(text, " "); word; word = strtok(NULL, " ")) count(&m, word);
    struct entry *best = NULL;
    for (long i = 0; i < m.capacity; i++) {
        struct entry *e = &m.entries[i];
        if (!e->word) continue;
        if (!best || e->count > best->count || (e->count == best->count && strcmp(e->word, best->word) < 0)) best = e;
    }
    printf("%ld %s %ld\n", m.size, best->word, best->count);
    return 0;
}
