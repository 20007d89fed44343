#include <stdio.h>
#include <stdlib.h>

enum { MIN_DEPTH = 4, CHUNK_BYTES = 32768 };

struct tree {
    struct tree *left, *right;
};

struct chunk {
    struct chunk *before;
    long n_bytes;
};

struct arena {
    char *place, *end;
    struct chunk *chunks;
};

static void *take_elsewhere(struct arena *arena, long n_bytes) {
    struct chunk *chunk = malloc(CHUNK_BYTES);
    chunk->before = arena->chunks;
    chunk->n_bytes = CHUNK_BYTES;
    arena->chunks = chunk;
    arena->place = (char *)(chunk + 1) + n_bytes;
    arena->end = (char *)chunk + CHUNK_BYTES;
    return chunk + 1;
}

static inline void *take(struct arena *arena, long n_bytes) {
    char *place = arena->place;
    if (n_bytes > arena->end - place) return take_elsewhere(arena, n_bytes);
    arena->place = place + n_bytes;
    return place;
}

static void give_chunks(struct chunk *chunk) {
    while (chunk) {
        struct chunk *before = chunk->before;
        free(chunk);
        chunk = before;
    }
}

static void reset(struct arena *arena) {
    struct chunk *chunk = arena->chunks;
    if (!chunk) return;
    give_chunks(chunk->before);
    chunk->before = NULL;
    arena->place = (char *)(chunk + 1);
}

static struct tree *grown(struct arena *arena, long depth) {
    struct tree *left = depth ? grown(arena, depth - 1) : NULL;
    struct tree *right = depth ? grown(arena, depth - 1) : NULL;
    struct tree *tree = take(arena, sizeof *tree);
    tree->left = left;
    tree->right = right;
    return tree;
}

static long count(const struct tree *tree) {
    return tree->left ? 1 + count(tree->left) + count(tree->right) : 1;
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 18;
    struct arena arena = {0}, lasting = {0};
    printf("stretch %ld\n", count(grown(&arena, n + 1)));
    reset(&arena);
    struct tree *long_lived = grown(&lasting, n);
    for (long depth = MIN_DEPTH; depth <= n; depth += 2) {
        long n_trees = 1L << (n - depth + MIN_DEPTH), nodes = 0;
        for (long i = 0; i < n_trees; i++) {
            nodes += count(grown(&arena, depth));
            reset(&arena);
        }
        printf("%ld of depth %ld: %ld\n", n_trees, depth, nodes);
    }
    printf("long lived %ld\n", count(long_lived));
    give_chunks(arena.chunks);
    give_chunks(lasting.chunks);
    return 0;
}
