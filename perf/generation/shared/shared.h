/* What the generated functions share. Lists, maps and structs are shared references, as in Quartz; what is
   allocated is never freed. Lambdas are the bodies of statement expressions, which gcc and clang know. */
#pragma once

#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

void *allocate(size_t n_bytes);

/* A pointer to a new struct. */
#define NEW(type, ...)                           \
  ({                                             \
    type *new_one = allocate(sizeof *new_one);   \
    *new_one = (type){__VA_ARGS__};              \
    new_one;                                     \
  })

/* Texts never change. */
typedef const char *String;

__attribute__((format(printf, 1, 2))) String text_format(const char *format, ...);
String text_of_int(int64_t number);
String text_of_double(double number);
String text_quoted(String text);
String text_replaced(String text, char letter);
String text_sliced(String text, size_t n_bytes);
String shortened(String text, size_t most);

/* Lists. */
typedef struct {
  int64_t *at;
  int64_t size, capacity;
} Ints;

typedef struct {
  String *at;
  int64_t size, capacity;
} Strings;

Ints *ints_of(int64_t n, const int64_t *values);
Strings *strings_of(int64_t n, const String *values);
void ints_push(Ints *list, int64_t value);
void strings_push(Strings *list, String value);
Ints *first_few(Ints *list);
Strings *first_few_strings(Strings *list);
Strings *words(String text);
int64_t element(const Ints *list, int64_t index);
int64_t pick(const Ints *list, int64_t index, int64_t otherwise);

/* The body is an expression over x. */
#define MAPPED(list, body)                       \
  ({                                             \
    Ints *from = list, *to = ints_of(0, NULL);   \
    for (int64_t at = 0; at < from->size; at++) {\
      int64_t x = from->at[at];                  \
      ints_push(to, body);                       \
    }                                            \
    to;                                          \
  })

/* Likewise. */
#define FILTERED(list, condition)                \
  ({                                             \
    Ints *from = list, *to = ints_of(0, NULL);   \
    for (int64_t at = 0; at < from->size; at++) {\
      int64_t x = from->at[at];                  \
      if (condition) ints_push(to, x);           \
    }                                            \
    to;                                          \
  })

/* The body is an expression over a and x. */
#define REDUCED(list, start, body)               \
  ({                                             \
    Ints *from = list;                           \
    int64_t a = start;                           \
    for (int64_t at = 0; at < from->size; at++) {\
      int64_t x = from->at[at];                  \
      a = body;                                  \
    }                                            \
    a;                                           \
  })

/* Numbers by text, in the order in which they came. There are few of them. */
typedef struct {
  String key;
  int64_t value;
} Entry;

typedef struct {
  Entry *at;
  int64_t size, capacity;
} Counts;

Counts *counts_of(int64_t n, const Entry *entries);
int64_t counts_get_or(const Counts *counts, String key, int64_t otherwise);
void counts_set(Counts *counts, String key, int64_t value);
Counts *first_few_counts(const Counts *counts);

/* The body is an expression over n. */
#define COUNTS_UPDATE(counts, key, otherwise, body)         \
  do {                                                      \
    String at = key;                                        \
    int64_t n = counts_get_or(counts, at, otherwise);       \
    counts_set(counts, at, body);                           \
  } while (0)

/* A number, tagged. */
typedef struct {
  String tag;
  int64_t value;
} Tagged;

Tagged relabelled(Tagged item, String tag);

/* A text that grows. */
typedef struct {
  char *bytes;
  size_t size, capacity;
} Builder;

void builder_append(Builder *builder, String text);
String builder_text(const Builder *builder);

/* What the structs of every part have is a function that weighs them. */
typedef int64_t Weigh(const void *item);

int64_t total_weight(int64_t n, const void *const *items, Weigh *weigh);

int64_t int_of_double(double number);
int64_t folded(const Ints *list);
int64_t folded_text(String text);
int64_t folded_strings(const Strings *list);
int64_t folded_counts(const Counts *counts);
