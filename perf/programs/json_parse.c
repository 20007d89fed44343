#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum kind { NIL, BOOLEAN, NUMBER, TEXT, LIST, OBJECT };

struct json {
    enum kind kind;
    long number, size, capacity; /* of a list or object */
    char *text;
    char **keys;
    struct json **items;
};

struct parser {
    const char *text;
    long at;
};

static struct json *value(struct parser *p);

static struct json *made(enum kind kind) {
    struct json *json = calloc(1, sizeof *json);
    json->kind = kind;
    return json;
}

static char peek(const struct parser *p) { return p->text[p->at]; }

static void skip_blanks(struct parser *p) {
    while (peek(p) == ' ' || peek(p) == '\n') p->at++;
}

static char *string(struct parser *p) {
    long start = ++p->at;
    while (peek(p) != '"') p->at++;
    long size = p->at++ - start;
    char *text = malloc(size + 1);
    memcpy(text, p->text + start, size);
    text[size] = 0;
    return text;
}

static void push(struct json *json, char *key, struct json *item) {
    if (json->size == json->capacity) {
        json->capacity = json->capacity ? 2 * json->capacity : 4;
        json->items = realloc(json->items, json->capacity * sizeof *json->items);
        if (key) json->keys = realloc(json->keys, json->capacity * sizeof *json->keys);
    }
    if (key) json->keys[json->size] = key;
    json->items[json->size++] = item;
}

static struct json *collection(struct parser *p, enum kind kind, char end) {
    struct json *json = made(kind);
    p->at++;
    skip_blanks(p);
    while (peek(p) != end) {
        char *key = NULL;
        if (kind == OBJECT) {
            key = string(p);
            skip_blanks(p);
            p->at++;
        }
        push(json, key, value(p));
        skip_blanks(p);
        if (peek(p) == ',') p->at++;
        skip_blanks(p);
    }
    p->at++;
    return json;
}

static struct json *word(struct parser *p, const char *word, enum kind kind, long number) {
    struct json *json = made(kind);
    json->number = number;
    p->at += strlen(word);
    return json;
}

static struct json *number(struct parser *p) {
    struct json *json = made(NUMBER);
    int negative = peek(p) == '-';
    p->at += negative;
    for (; peek(p) >= '0' && peek(p) <= '9'; p->at++) json->number = json->number * 10 + peek(p) - '0';
    if (negative) json->number = -json->number;
    return json;
}

static struct json *value(struct parser *p) {
    skip_blanks(p);
    switch (peek(p)) {
    case '{': return collection(p, OBJECT, '}');
    case '[': return collection(p, LIST, ']');
    case '"': {
        struct json *json = made(TEXT);
        json->text = string(p);
        return json;
    }
    case 't': return word(p, "true", BOOLEAN, 1);
    case 'f': return word(p, "false", BOOLEAN, 0);
    case 'n': return word(p, "null", NIL, 0);
    default: return number(p);
    }
}

static long weight(const struct json *json) {
    long sum = 0;
    switch (json->kind) {
    case NIL: return 1;
    case BOOLEAN: return json->number ? 2 : 3;
    case NUMBER: return json->number;
    case TEXT: return strlen(json->text);
    case LIST:
        for (long i = 0; i < json->size; i++) sum += weight(json->items[i]);
        return sum;
    case OBJECT:
        for (long i = 0; i < json->size; i++) sum += strlen(json->keys[i]) * weight(json->items[i]);
        return sum;
    }
    return 0;
}

static void drop(struct json *json) {
    for (long i = 0; i < json->size; i++) {
        if (json->keys) free(json->keys[i]);
        drop(json->items[i]);
    }
    free(json->text);
    free(json->keys);
    free(json->items);
    free(json);
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 200000, size = 0, sum = 0;
    char *text = malloc(n * 96 + 8);
    size += sprintf(text, "[");
    for (long i = 0; i < n; i++)
        size += sprintf(text + size, "%s{\"id\": %ld, \"name\": \"item %ld\", \"tags\": [\"a\", \"bc\", null, true], \"size\": -%ld}",
                        i ? ", " : "", i, i, i % 100);
    sprintf(text + size, "]\n");
    for (int i = 0; i < 5; i++) {
        struct parser p = {text, 0};
        struct json *json = value(&p);
        sum += weight(json);
        drop(json);
    }
    printf("%ld\n", sum);
    return 0;
}
