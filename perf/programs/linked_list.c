#include <stdio.h>
#include <stdlib.h>

enum { ROUNDS = 60 };

struct node {
    long value;
    struct node *next;
};

static struct node *link(long value, struct node *next) {
    struct node *node = malloc(sizeof *node);
    node->value = value;
    node->next = next;
    return node;
}

static struct node *built(long n) {
    struct node *list = NULL;
    for (long i = 0; i < n; i++) list = link(i, list);
    return list;
}

static struct node *reversed(const struct node *list) {
    struct node *result = NULL;
    for (; list; list = list->next) result = link(list->value, result);
    return result;
}

static long sum(const struct node *list) {
    long total = 0;
    for (; list; list = list->next) total = (total * 31 + list->value) & 0xFFFFFFFF;
    return total;
}

static void drop(struct node *list) {
    while (list) {
        struct node *next = list->next;
        free(list);
        list = next;
    }
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 1000000, total = 0;
    for (int i = 0; i < ROUNDS; i++) {
        struct node *list = built(n), *back = reversed(list);
        total = (total + sum(list) + sum(back)) & 0xFFFFFFFF;
        drop(list);
        drop(back);
    }
    printf("%ld\n", total);
    return 0;
}
