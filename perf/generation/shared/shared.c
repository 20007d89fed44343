#include "shared.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { CHUNK = 1 << 20, FEW = 8, MODULUS = 1000003 };

/* Off the front of a chunk; nothing is given back. */
void *allocate(size_t n_bytes) {
  static char *free_bytes;
  static size_t n_free;
  n_bytes = (n_bytes + 15) & ~(size_t)15;
  if (n_bytes > n_free) {
    n_free = n_bytes > CHUNK ? n_bytes : CHUNK;
    free_bytes = malloc(n_free);
    if (free_bytes == NULL) abort();
  }
  void *found = free_bytes;
  free_bytes += n_bytes;
  n_free -= n_bytes;
  return found;
}

static void *copied(const void *bytes, size_t n_bytes, size_t n_reserved) {
  void *copy = allocate(n_reserved);
  if (n_bytes) memcpy(copy, bytes, n_bytes);
  return copy;
}

static int64_t grown(int64_t capacity) { return capacity < 4 ? 4 : capacity * 2; }

String text_format(const char *format, ...) {
  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  size_t n_bytes = (size_t)vsnprintf(NULL, 0, format, arguments) + 1;
  char *text = allocate(n_bytes);
  vsnprintf(text, n_bytes, format, again);
  va_end(again);
  va_end(arguments);
  return text;
}

String text_of_int(int64_t number) { return text_format("%" PRId64, number); }

/* The shortest digits that read back as the number; an exponent for what is very large or small. */
String text_of_double(double number) {
  char digits[32];
  int precision = 0;
  do {
    snprintf(digits, sizeof digits, "%.*e", precision, number);
  } while (strtod(digits, NULL) != number && ++precision < 17);
  char *mark = strchr(digits, 'e');
  int exponent = atoi(mark + 1);
  if (number != 0 && (exponent < -4 || exponent >= 16)) {
    return text_format("%.*se%d", (int)(mark - digits), digits, exponent);
  }
  int n_decimals = precision - exponent;
  return text_format("%.*f", n_decimals < 1 ? 1 : n_decimals, number);
}

String text_quoted(String text) {
  Builder quoted = {0};
  builder_append(&quoted, "\"");
  for (; *text; text++) {
    if (*text == '"' || *text == '\\') builder_append(&quoted, "\\");
    builder_append(&quoted, (char[]){*text, 0});
  }
  builder_append(&quoted, "\"");
  return builder_text(&quoted);
}

String text_replaced(String text, char letter) {
  size_t size = strlen(text);
  char *copy = copied(text, size + 1, size + 1);
  for (char *at = copy; *at; at++) {
    if (*at == letter) *at = '_';
  }
  return copy;
}

String text_sliced(String text, size_t n_bytes) {
  char *copy = copied(text, n_bytes, n_bytes + 1);
  copy[n_bytes] = 0;
  return copy;
}

String shortened(String text, size_t most) { return strlen(text) <= most ? text : text_sliced(text, most); }

Ints *ints_of(int64_t n, const int64_t *values) {
  size_t n_bytes = (size_t)n * sizeof *values;
  return NEW(Ints, copied(values, n_bytes, n_bytes), n, n);
}

Strings *strings_of(int64_t n, const String *values) {
  size_t n_bytes = (size_t)n * sizeof *values;
  return NEW(Strings, copied(values, n_bytes, n_bytes), n, n);
}

void ints_push(Ints *list, int64_t value) {
  if (list->size == list->capacity) {
    list->capacity = grown(list->capacity);
    list->at = copied(list->at, (size_t)list->size * sizeof value, (size_t)list->capacity * sizeof value);
  }
  list->at[list->size++] = value;
}

void strings_push(Strings *list, String value) {
  if (list->size == list->capacity) {
    list->capacity = grown(list->capacity);
    list->at = copied(list->at, (size_t)list->size * sizeof value, (size_t)list->capacity * sizeof value);
  }
  list->at[list->size++] = value;
}

Ints *first_few(Ints *list) { return list->size <= FEW ? list : ints_of(FEW, list->at); }

Strings *first_few_strings(Strings *list) { return list->size <= FEW ? list : strings_of(FEW, list->at); }

Strings *words(String text) {
  Strings *found = strings_of(0, NULL);
  for (String end; (end = strchr(text, ' ')) != NULL; text = end + 1) {
    strings_push(found, text_sliced(text, (size_t)(end - text)));
  }
  strings_push(found, text);
  return found;
}

int64_t element(const Ints *list, int64_t index) { return pick(list, index, 0); }

int64_t pick(const Ints *list, int64_t index, int64_t otherwise) {
  if (list->size == 0) return otherwise;
  return list->at[(index % list->size + list->size) % list->size];
}

Counts *counts_of(int64_t n, const Entry *entries) {
  size_t n_bytes = (size_t)n * sizeof *entries;
  return NEW(Counts, copied(entries, n_bytes, n_bytes), n, n);
}

static Entry *found_entry(const Counts *counts, String key) {
  for (int64_t at = 0; at < counts->size; at++) {
    if (strcmp(counts->at[at].key, key) == 0) return &counts->at[at];
  }
  return NULL;
}

int64_t counts_get_or(const Counts *counts, String key, int64_t otherwise) {
  const Entry *entry = found_entry(counts, key);
  return entry ? entry->value : otherwise;
}

void counts_set(Counts *counts, String key, int64_t value) {
  Entry *entry = found_entry(counts, key);
  if (entry) {
    entry->value = value;
    return;
  }
  if (counts->size == counts->capacity) {
    counts->capacity = grown(counts->capacity);
    counts->at =
        copied(counts->at, (size_t)counts->size * sizeof *entry, (size_t)counts->capacity * sizeof *entry);
  }
  counts->at[counts->size++] = (Entry){key, value};
}

Counts *first_few_counts(const Counts *counts) {
  return counts_of(counts->size < FEW ? counts->size : FEW, counts->at);
}

Tagged relabelled(Tagged item, String tag) { return (Tagged){tag, item.value}; }

void builder_append(Builder *builder, String text) {
  size_t n_bytes = strlen(text);
  if (builder->size + n_bytes > builder->capacity) {
    builder->capacity = (builder->size + n_bytes) * 2;
    builder->bytes = copied(builder->bytes, builder->size, builder->capacity);
  }
  memcpy(builder->bytes + builder->size, text, n_bytes);
  builder->size += n_bytes;
}

String builder_text(const Builder *builder) { return text_sliced(builder->bytes, builder->size); }

int64_t total_weight(int64_t n, const void *const *items, Weigh *weigh) {
  int64_t total = 0;
  for (int64_t at = 0; at < n; at++) {
    total = (total + weigh(items[at]) * 2 % 10007) % 10007;
  }
  return total;
}

int64_t int_of_double(double number) {
  if (number != number) return 0;
  if (number >= 0x1p63) return INT64_MAX;
  if (number < -0x1p63) return INT64_MIN;
  return (int64_t)number;
}

int64_t folded(const Ints *list) {
  int64_t total = list->size;
  for (int64_t at = 0; at < list->size; at++) {
    total = (total * 31 + list->at[at]) % MODULUS;
  }
  return total;
}

int64_t folded_text(String text) {
  int64_t total = (int64_t)strlen(text);
  for (; *text; text++) {
    total = (total * 31 + (unsigned char)*text) % MODULUS;
  }
  return total;
}

int64_t folded_strings(const Strings *list) {
  Builder joined = {0};
  for (int64_t at = 0; at < list->size; at++) {
    if (at) builder_append(&joined, ",");
    builder_append(&joined, list->at[at]);
  }
  return folded_text(builder_text(&joined));
}

int64_t folded_counts(const Counts *counts) {
  int64_t total = counts->size;
  for (int64_t at = 0; at < counts->size; at++) {
    total = (total * 31 + (int64_t)strlen(counts->at[at].key) * 7 + counts->at[at].value) % MODULUS;
  }
  return total;
}
