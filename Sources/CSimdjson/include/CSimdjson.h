// simdjson's document model behind a C interface: parse once, then look at objects and arrays a level at a time.
//
// Values and strings point into the parser and are valid until its next parse. Nothing here throws.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cs_parser cs_parser;

// A place in the parsed document.
typedef struct cs_value {
    uint64_t words[2];
} cs_value;

typedef struct cs_field {
    const char *_Nonnull key;
    size_t key_length;
    cs_value value;
} cs_field;

typedef enum cs_status {
    CS_OK = 0,
    CS_EMPTY,
    CS_SYNTAX,
    CS_UTF8,
    CS_DEPTH,
    CS_NUMBER,
    CS_STRING,
    CS_CAPACITY,
    CS_MEMORY,
} cs_status;

typedef enum cs_type {
    CS_NULL = 0,
    CS_BOOL,
    CS_INT,
    // An integer that needs 64 bits without a sign.
    CS_UINT,
    CS_DOUBLE,
    CS_TEXT,
    CS_ARRAY,
    CS_OBJECT,
} cs_type;

// NULL if there is no memory. Documents above max_bytes or max_depth are refused.
cs_parser *_Nullable cs_parser_new(size_t max_bytes, size_t max_depth);
void cs_parser_free(cs_parser *_Nonnull parser);

// Copies the bytes into a padded buffer and parses them.
cs_status cs_parse(cs_parser *_Nonnull parser, const uint8_t *_Nullable bytes, size_t length, cs_value *_Nonnull root);

cs_type cs_type_of(cs_value value);
// Each requires a value of its type.
int cs_bool(cs_value value);
int64_t cs_int(cs_value value);
double cs_double(cs_value value);
const char *_Nonnull cs_text(cs_value value, size_t *_Nonnull length);

// How many elements or fields an array or object has; of anything else 0. Counts to 2^24 - 1 and no further.
size_t cs_count(cs_value value);
// Writes up to `capacity` fields or elements and returns how many there are.
size_t cs_fields(cs_value object, cs_field *_Nonnull fields, size_t capacity);
size_t cs_elements(cs_value array, cs_value *_Nonnull elements, size_t capacity);

#ifdef __cplusplus
}
#endif
