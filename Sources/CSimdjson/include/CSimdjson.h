// JSON for Swift by way of simdjson, behind a C interface: records whose fields are known beforehand, each read by one
// call, and documents of any shape, a level at a time.
//
// Values and strings point into the parser and are valid until its next call. Nothing here throws.
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

// Records whose fields are known beforehand.

// The value of a field.
typedef struct cs_slot {
    // A cs_type.
    uint32_t type;
    // Of a text, its bytes. Of a list, how many entries it has, of which the first `max_entries` are in the entries.
    uint32_t length;
    // A bool, an integer, the bits of a double, or the number of a list's first entry.
    int64_t number;
    // Of a text.
    const char *_Nullable text;
} cs_slot;

// A field of a record. Objects within the record that are read too are groups, numbered from 1; the record is group 0.
typedef struct cs_known_field {
    const char *_Nonnull name;
    // The group the field stands in.
    uint32_t group;
    // The group that an object in this field is, or 0.
    uint32_t opens;
    // Whether the entries of an array or object in this field are wanted.
    uint32_t is_list;
} cs_known_field;

enum {
    CS_MAX_SLOTS = 64,
    CS_MAX_GROUPS = 8,
    // The longest name of a known field, in bytes.
    CS_MAX_NAME = 24,
};

// An entry of a list. An element of an array has no name.
typedef struct cs_entry {
    const char *_Nullable name;
    size_t name_length;
    cs_slot value;
} cs_entry;

// What was found of one group.
typedef struct cs_group {
    // How many fields there are, known or not.
    uint32_t fields;
    // The slot of a known field that stands twice, or -1.
    int32_t repeated;
} cs_group;

typedef struct cs_record {
    // Of the rest, only what CS_OK promises is there.
    cs_status status;
    // The type of the whole document.
    uint32_t type;
    // Whether the fast path read it, and how many names came there that were not expected.
    uint32_t is_fast;
    uint32_t names_read;
    // A bit for each slot whose field is there and not null.
    uint64_t present;
    const cs_slot *_Nonnull slots;
    const cs_entry *_Nonnull entries;
    const cs_group *_Nonnull groups;
} cs_record;

typedef struct cs_reader cs_reader;

// A reader for records with `count` known fields, the slots in their order. NULL if there is no memory, or if the fields
// are more or longer than the limits above.
cs_reader *_Nullable cs_reader_new(
    const cs_known_field *_Nonnull fields, size_t count, size_t max_entries, size_t max_bytes, size_t max_depth);
void cs_reader_free(cs_reader *_Nonnull reader);

// Reads one record. The answer and what it points to are valid until the next call; the bytes may be freed before.
const cs_record *_Nonnull cs_read(cs_reader *_Nonnull reader, const uint8_t *_Nullable bytes, size_t length);
// The same without the fast path, for tests that compare the two.
const cs_record *_Nonnull cs_read_generally(
    cs_reader *_Nonnull reader, const uint8_t *_Nullable bytes, size_t length);

#ifdef __cplusplus
}
#endif
