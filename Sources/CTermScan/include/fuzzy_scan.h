#ifndef FUZZY_SCAN_H
#define FUZZY_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The prefilter of fuzzy matching: at which characters may a term end, whatever stands between its characters?
//
//     text        就     能     止     嗯     疗          term 治疗吧, by sound: keys zhi, liao, ba
//     entries     {jiu}  {neng} {zhi}  filler {liao}      one look-up a code point: its class and what may be skipped
//     state 3..1  -      -      zhi?   zhi?   zhi liao?   buckets of terms of which so much may have been read
//     hits                                                a place at which a bucket is through, with those buckets
//
// A term is dealt into one of 128 buckets. For each class of characters and each of the last four symbols of a term there is
// the set of buckets that have a term with such a symbol there. The state is that of a bit-parallel automaton (Shift-And,
// Baeza-Yates and Gonnet 1992): one step of it for each character, and a character that may be skipped keeps the state too.
// So gaps, fillers and wildcards need no case of their own.
//
// A prefilter must never report a false negative. It may report places at which nothing ends.

#ifdef __cplusplus
extern "C" {
#endif

/// What is in an entry beside its class and its usual key.
#define FUZZY_SKIPPABLE 0x80000000u
/// From a to z. All letters of a syllable but its last are skippable too, and the last has the class of the syllable.
#define FUZZY_LETTER 0x40000000u
/// May be the first, or the second, half of a filler of two characters; it is skippable only if it is.
#define FUZZY_FIRST_HALF 0x20000000u
#define FUZZY_SECOND_HALF 0x10000000u
/// A sign, space or emoji that may stand in a gap.
#define FUZZY_SIGN 0x08000000u
/// A character that stands once more right behind it: a stutter may be skipped.
#define FUZZY_REPEATED 0x04000000u
/// A filler that may stand in place of a symbol.
#define FUZZY_WILDCARD 0x02000000u

#define FUZZY_CLASS_MASK 0xFFFFu
#define FUZZY_USUAL_SHIFT 16
#define FUZZY_USUAL_MASK 0x1FFu

/// Entries before the first of a text that are readable and 0.
#define FUZZY_ENTRIES_BEFORE 4
/// How many entries one call of `fuzzy_filter` reads.
#define FUZZY_BLOCK 1024
/// How many blocks of terms one call of `fuzzy_confirm` compares.
#define FUZZY_MOST_BLOCKS 64
/// The most skippable entries between two symbols of a term, letters of syllables not counted.
#define FUZZY_MAX_SKIPPED 9

/// The symbols of a term that the prefilter asks for: the last four.
#define FUZZY_DEPTH 4

/// A set of 128 buckets.
typedef struct {
    _Alignas(16) uint64_t low;
    uint64_t high;
} fuzzy_buckets;

/// For each of the last four symbols of a term, last one first, the buckets that have a term for which the class may stand
/// there. A term that is shorter has its bucket in every class.
typedef struct {
    fuzzy_buckets at[FUZZY_DEPTH];
} fuzzy_class;

/// Sixteen terms of a bucket: for each of the last four symbols what may stand there, as bits of hashed keys.
typedef struct {
    uint32_t signatures[FUZZY_DEPTH][16];
} fuzzy_block;

/// In a signature: a wildcard, and no symbol at all, since the term is shorter.
#define FUZZY_SIGNATURE_WILDCARD 0x40000000u
#define FUZZY_SIGNATURE_NOTHING 0x80000000u

/// The tables of a set of terms, read only. The memory is the caller's.
typedef struct {
    /// 0x10000 entries, by code point; U+0000 stands for what lies beyond the basic plane.
    const uint32_t *map;
    const fuzzy_class *classes;
    /// By class.
    const uint32_t *signatures;
    /// 512 rows of 512 bits: whether the usual key of a column may stand before that of a row in a term of two.
    const uint32_t *pairs;
    const fuzzy_block *blocks;
} fuzzy_tables;

/// One text, and how far it was read. The memory is the caller's; bits are in words of 64, lowest first.
typedef struct {
    const uint32_t *codes;
    size_t count;
    /// `count` entries, and `FUZZY_ENTRIES_BEFORE` before the first.
    uint32_t *entries;
    /// A bit for each entry that is a letter, may be the first half of a filler, or is the same code point as the next.
    uint64_t *marked;
    /// A bit for each entry that is a letter or may be skipped.
    uint64_t *skipped;
    /// A bit for each entry with which a term of two may end, by the usual keys of it and of the entry before it.
    uint64_t *pairs;
    /// A bit for each hit.
    uint64_t *passed;
    /// The first entry not filtered yet, and the state behind the one before it.
    size_t next;
    fuzzy_buckets state[FUZZY_DEPTH - 1];
    /// For each hit of the last block the buckets that are through. Room for `FUZZY_BLOCK`.
    fuzzy_buckets *hits;
    size_t hit_count;
} fuzzy_scan;

/// Looks up the entries of a text, marks those that need a closer look, finds pairs, and begins the text.
void fuzzy_read_portable(const fuzzy_tables *tables, fuzzy_scan *scan);
void fuzzy_read_avx512(const fuzzy_tables *tables, fuzzy_scan *scan);

/// Filters the next block of entries.
void fuzzy_filter_portable(const fuzzy_tables *tables, fuzzy_scan *scan);
void fuzzy_filter_avx512(const fuzzy_tables *tables, fuzzy_scan *scan);

/// Lists the terms of some blocks that may stand there.
///
/// - Parameters:
///   - first, end: The blocks, at most `FUZZY_MOST_BLOCKS`.
///   - terms: Room for the numbers of as many terms as the blocks have.
/// - Returns: How many it listed.
size_t fuzzy_confirm_portable(const fuzzy_tables *tables, size_t first, size_t end, const uint32_t *signatures,
                              uint32_t *terms);
size_t fuzzy_confirm_avx512(const fuzzy_tables *tables, size_t first, size_t end, const uint32_t *signatures,
                            uint32_t *terms);

/// What may stand for each of the last four symbols of a term that ends at a place, as bits of hashed keys.
///
/// - Returns: Units of work.
static inline size_t fuzzy_signatures(const fuzzy_tables *tables, const uint32_t *entries, size_t place,
                                    uint32_t *signatures) {
    signatures[0] = tables->signatures[entries[place] & FUZZY_CLASS_MASK];
    // The first entry that may be the symbol, and the last.
    size_t first = place, last = place, work = 2;
    for (int depth = 1; depth < FUZZY_DEPTH; depth++) {
        uint32_t bits = FUZZY_SIGNATURE_NOTHING;
        if (last > 0) {
            last--;
            if (first > 0) first--;
            for (int skipped = 0; first > 0 && entries[first] & FUZZY_SKIPPABLE; first--) {
                // Letters of a syllable are skipped whatever was.
                if (!(entries[first] & FUZZY_LETTER) && ++skipped > FUZZY_MAX_SKIPPED) break;
            }
            work += (last - first) / 2;
            for (size_t at = first; at <= last; at++) bits |= tables->signatures[entries[at] & FUZZY_CLASS_MASK];
        }
        signatures[depth] = bits;
    }
    return work;
}

#ifdef __cplusplus
}
#endif

#endif
