#ifndef FUZZY_SCAN_H
#define FUZZY_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The prefilter of fuzzy matching: at which characters may a term end, whatever stands between its characters?
//
// A term is dealt into one of 256 buckets. For each class of characters and each of the last four symbols of a term there is
// the set of buckets that have a term with such a symbol there: where four characters side by side have a bucket in common, a
// term may end. Nearly everywhere that need not be asked, for two bits of a table say that the characters are no end of a term:
// may the readings of the last stand behind those of the one before it, and those behind those of the third?
//
//     text        就     能     根     止     吧          term 根治吧, by sound: keys gen, zhi, ba
//     groups      {jiu}  {neng} {gen}  {zhi}  {ba}        one look-up a code point; characters that are read alike are one group
//     thirds      -      -      -      gen zhi  -         … two that may be the third and the second from the end
//     lasts       -      -      -      -      zhi ba      … the second and the last
//
// Where something may be skipped, and up to three characters behind it, a bit-parallel automaton reads the text:
//
//     text        就     能     止     嗯     疗          term 治疗吧
//     entries     {jiu}  {neng} {zhi}  filler {liao}      class and what may be skipped
//     state 3..1  -      -      zhi?   zhi?   zhi liao?   buckets of terms of which so much may have been read
//     hits                                                a place at which a bucket is through, with those buckets
//
// Its state is that of Shift-And (Baeza-Yates and Gonnet 1992): one step for each character, and a character that may be
// skipped keeps the state too. So gaps, fillers and wildcards need no case of their own.
//
// A prefilter must never report a false negative. It may report places at which nothing ends.

#ifdef __cplusplus
extern "C" {
#endif

/// What is in an entry beside its class and its group.
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

#define FUZZY_CLASS_MASK 0x7FFFu
#define FUZZY_GROUP_SHIFT 15
#define FUZZY_GROUP_MASK 0x3FFu
/// Groups of classes; 0 is that of what no term has.
#define FUZZY_GROUPS 1024

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

#define FUZZY_BUCKETS 256

/// A set of buckets, lowest first.
typedef struct {
    uint64_t words[FUZZY_BUCKETS / 64];
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

/// In a cell: the usual keys of the two are a term of two.
#define FUZZY_CELL_PAIR 1u
/// A term of three symbols or more may end with the two.
#define FUZZY_CELL_LAST 2u
/// They may be the third and the second symbol from its end.
#define FUZZY_CELL_THIRD 4u
/// They may be a term of two that is not found by its usual keys.
#define FUZZY_CELL_TWO 8u

/// Which word of the pairs has the cell of two groups, eight to a word. Frequent groups have low numbers; turned about by the
/// row, their cells do not all want the same lines of a cache.
static inline uint32_t fuzzy_cell_word(uint32_t group, uint32_t before) {
    return (group << 7 | before >> 3) ^ (group & 7) << 4;
}

/// The tables of a set of terms, read only. The memory is the caller's.
typedef struct {
    /// 0x10000 entries, by code point; U+0000 stands for what lies beyond the basic plane.
    const uint32_t *map;
    const fuzzy_class *classes;
    /// By class.
    const uint32_t *signatures;
    /// A row for each group, with a cell of four bits for each group of the character before it: `FUZZY_CELL_…`.
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
    /// A bit for each entry with which another term may end, by it and the two entries before it.
    uint64_t *suffixes;
    /// A bit for each hit.
    uint64_t *passed;
    /// The first entry not filtered yet.
    size_t next;
    /// The first entry that the automaton has not read, and its state there.
    size_t reached;
    fuzzy_buckets state[FUZZY_DEPTH - 1];
    /// For each hit of the last block the buckets that are through. Room for `FUZZY_BLOCK`.
    fuzzy_buckets *hits;
    size_t hit_count;
} fuzzy_scan;

/// Looks up the entries of a text, marks those that need a closer look, finds pairs and suffixes, and begins the text.
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
