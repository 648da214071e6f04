// Regular expressions for Swift by way of RE2, behind a C interface. RE2 matches in time linear in the text, whatever the
// expression.
//
// Nothing here throws, and nothing is logged. A compiled expression never changes and may be matched by several threads.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cre2_expression cre2_expression;

typedef enum cre2_status {
    CRE2_OK = 0,
    // \ and what cannot follow it, or nothing.
    CRE2_ESCAPE,
    CRE2_CLASS,
    CRE2_RANGE,
    CRE2_BRACKET,
    CRE2_PARENTHESIS,
    CRE2_NOTHING_TO_REPEAT,
    CRE2_REPETITION,
    CRE2_GROUP,
    CRE2_UTF8,
    // Too large once compiled.
    CRE2_TOO_LARGE,
    CRE2_MEMORY,
    CRE2_OTHER,
} cre2_status;

// The most groups of an expression that are told of, the whole match included.
enum { CRE2_MAX_SPANS = 9 };

// Compiles UTF-8. Of `status` other than CRE2_OK the result is NULL, and `argument` the offending part of the source, in
// `argument_length` bytes and cut to `capacity`.
cre2_expression *_Nullable cre2_new(
    const char *_Nonnull source, size_t length, size_t max_bytes, size_t max_instructions, cre2_status *_Nonnull status,
    char *_Nonnull argument, size_t capacity, size_t *_Nonnull argument_length);
void cre2_free(cre2_expression *_Nonnull expression);

// How many capturing groups there are.
size_t cre2_groups(const cre2_expression *_Nonnull expression);

// Words that matches contain, from which `cre2_may_match` decides.
size_t cre2_words(const cre2_expression *_Nonnull expression);
const char *_Nonnull cre2_word(const cre2_expression *_Nonnull expression, size_t index, size_t *_Nonnull length);
// Whether a text can match that contains these words, by number, and no other; without memory, 1.
int cre2_may_match(const cre2_expression *_Nonnull expression, const int32_t *_Nullable words, size_t count);

// Finds the first match at or behind `from`, leftmost-first. Writes two byte offsets for the match and for each group, up
// to `spans` of them and CRE2_MAX_SPANS, -1 for a group that is not in it. 1 if there is a match, else 0.
int cre2_match(
    const cre2_expression *_Nonnull expression, const char *_Nullable text, size_t length, size_t from,
    int32_t *_Nonnull offsets, size_t spans);

#ifdef __cplusplus
}
#endif
