#include <stdio.h>
#include <stdlib.h>

enum { MIN_DEPTH = 4 };

struct tree {
    struct tree *left, *right;
};

static struct tree *grown(long depth) {
    struct tree *tree = malloc(sizeof *tree);
    tree->left = depth ? grown(depth - 1) : NULL;
    tree->right = depth ? grown(depth - 1) : NULL;
    return tree;
}

static void drop(struct tree *tree) {
    if (!tree) return;
    drop(tree->left);
    drop(tree->right);
    free(tree);
}

static long count(const struct tree *tree) {
    return tree->left ? 1 + count(tree->left) + count(tree->right) : 1;
}

static long counted(long depth) {
    struct tree *tree = grown(depth);
    long nodes = count(tree);
    drop(tree);
    return nodes;
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 18;
    printf("stretch %ld\n", counted(n + 1));
    struct tree *long_lived = grown(n);
    for (long depth = MIN_DEPTH; depth <= n; depth += 2) {
        long n_trees = 1L << (n - depth + MIN_DEPTH), nodes = 0;
        for (long i = 0; i < n_trees; i++) nodes += counted(depth);
        printf("%ld of depth %ld: %ld\n", n_trees, depth, nodes);
    }
    printf("long lived %ld\n", count(long_lived));
    drop(long_lived);
    return 0;
}
