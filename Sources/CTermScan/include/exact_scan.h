#ifndef EXACT_SCAN_H
#define EXACT_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The innermost loop of TermMatching: UTF-8 to code points, and which of them may end a term.
//
//     bytes       e8 83 96    e5 ad 90    ...   what a caller has
//     line        U+80D6      U+5B50      ...   one entry a code point
//     pair bits   –           hash(U+80D6, U+5B50) -> bit     0: no term ends here, 1: perhaps
//
// It is C because it needs instructions that Swift has no name for (byte permutes, compress, gather). Each kernel gives
// the same result; `cterm_has_avx512` says whether this machine may use the fast one.
//
// A kernel does not check that the text is well-formed: every byte that is no continuation byte starts an entry, made
// from the bytes behind it. Well-formed code points are read right whatever stands around them, so no match is missed;
// whether the bytes of a match are well-formed is for the caller to check, who has few of them.

#ifdef __cplusplus
extern "C" {
#endif

/// A line entry with this bit is a symbol already; without it, a code point below 0x10000.
#define CTERM_IS_SYMBOL 0x80000000u

/// Map entries at or above this need the general reader: dropped, expanding, or not in the pair filter.
#define CTERM_IRREGULAR 0x20000000u

/// What a kernel returns for a text that only the general reader understands.
#define CTERM_NEEDS_READER ((intptr_t)-1)

/// Stands for a code point beyond the basic plane, and for what is before the text.
#define CTERM_NO_CODE 0xFFFFu

/// How many entries beyond the last a kernel may write.
#define CTERM_SLACK 64

/// The longest text, in bytes, whose hits the fast kernel narrows itself if the set is large. A longer one has enough of them
/// to ask for the memory of many before the first is looked at; of few the stores and branches cost more than that saves.
#define CTERM_BRIEF 256

/// Terms that end alike: a slot of an open-addressing hash.
typedef struct {
    /// `cterm_pair_key` of two symbols, with the third in its low bits if the slot is the term; or `cterm_branch_key`.
    uint64_t key;
    /// Where the first of `count` records stands; or the number of a branch, if `count` is `CTERM_BRANCH`; or nothing, if
    /// it is `CTERM_AUTOMATON`: an automaton has the terms. Or the number of the only term, if it has `CTERM_TWO` or
    /// `CTERM_THREE` symbols: nothing else need be read to know that it ends here.
    uint32_t first;
    uint32_t count;
} cterm_slot;

/// Terms that end alike and stand together, as in a slot.
typedef struct {
    uint32_t first;
    uint32_t count;
} cterm_span;

/// Terms that end alike, split by their next symbol.
typedef struct {
    /// Where the first record of all stands.
    uint32_t first;
    /// How many are no longer than what they share; they stand first.
    uint32_t complete;
    /// How many symbols they share.
    uint32_t depth;
} cterm_branch;

#define CTERM_NO_KEY UINT64_MAX
#define CTERM_BRANCH UINT32_MAX
#define CTERM_AUTOMATON (UINT32_MAX - 1)
#define CTERM_THREE (UINT32_MAX - 2)
#define CTERM_TWO (UINT32_MAX - 3)

#define CTERM_BITS 21

#define CTERM_FEW_WORDS 128

/// The tables of one set of terms, read only. The memory is the caller's.
typedef struct {
    /// 0x10000 entries: the symbol of a code point, 0 if it is in no term, or an irregular entry.
    const uint32_t *map;
    /// 0x10000 / 128 bits: this page of 128 code points has an irregular entry, or a term of one symbol.
    const uint32_t *pages;
    /// 0x100000 / 256 bits, from U+10000 on: this page has an entry that is not 0.
    const uint32_t *astral_pages;
    /// Two bits for each hash of two code points that may end a term (`cterm_pair_bits`), and two more in the same word if
    /// the two are a term (`cterm_two_bits`).
    const uint32_t *pairs;
    /// The same pairs once more if they are few, else null: `CTERM_FEW_WORDS` words that a kernel keeps in registers.
    /// Of each hash two bits are set, one in each half.
    const uint32_t *few_pairs;
    /// Two bits for each hash of three code points that may end a term (`cterm_triple_bits`); the first bit of all is set.
    const uint32_t *triples;
    /// A hash of 32 bits is shifted right by this to give a bit number.
    uint32_t pair_shift;
    uint32_t triple_shift;
    /// Whether so many pairs of a text pass that the fast kernel hashes three code points for each.
    bool is_large;
    /// For each symbol the code point by which the filters know it; `CTERM_NO_CODE` for 0.
    const uint32_t *codes;
    /// Symbols from 1 to this are terms by themselves.
    uint32_t singles;
    /// A power of two of slots, at most half of them used.
    const cterm_slot *slots;
    uint64_t slot_mask;
    /// The terms: number, count of symbols, and the symbols, last one first. Two words may be read beyond the last.
    const uint32_t *records;
    const cterm_branch *branches;
    /// For each symbol from 1 to `singles`.
    const cterm_span *single_spans;
} cterm_tables;

/// One text as a kernel writes it. The memory is the caller's, `CTERM_SLACK` entries more than the text has bytes.
///
/// In a small set few entries have a hit, and what the filter of three says of them is asked for one by one. In a large set
/// every fourth has one, and the filter lies far from the nearest cache; so the fast kernel lists the hits with their hashes,
/// while it has them at hand.
typedef struct {
    /// One entry a code point. Two before the first must be readable, three in all for `cterm_narrow`.
    uint32_t *entries;
    /// Where each starts: bytes from the base of its step of 16.
    uint8_t *offsets;
    /// For each step of 16 entries, the byte its offsets count from.
    uint32_t *bases;
    /// One bit an entry, lowest first: a term may end here.
    uint64_t *hits;
    /// Of a large set, the number of each entry with a hit, and its `cterm_triple_hash`; or 0, which is in every filter, if
    /// a term of one or two may end there.
    uint32_t *listed;
    uint32_t *hashes;
    /// How many of them `cterm_narrow_avx512` has looked at.
    size_t narrowed;
} cterm_text;

#define CTERM_PAIR_FACTOR 0x9E3779B1u
#define CTERM_TWO_FACTOR 0x85EBCA77u
#define CTERM_BEFORE_FACTOR 0xC2B2AE3Du

/// The hash of two neighbouring code points. Multiplicative (Knuth, TAOCP 3, 6.4): the upper bits are the good ones.
static inline uint32_t cterm_pair_hash(uint32_t first, uint32_t second) {
    return (first << 16 ^ second) * CTERM_PAIR_FACTOR;
}

/// The bits of a pair's hash in the two halves of `few_pairs`.
static inline uint32_t cterm_few_first(uint32_t hash) { return hash >> 21; }
static inline uint32_t cterm_few_second(uint32_t hash) { return hash >> 10 & 0x7FF; }

/// Another hash of two code points, and of three: `before` stands before the two.
static inline uint32_t cterm_other_hash(uint32_t first, uint32_t second) {
    return (first << 16 ^ second) * CTERM_TWO_FACTOR;
}
static inline uint32_t cterm_triple_hash(uint32_t before, uint32_t other) {
    return other + before * CTERM_BEFORE_FACTOR;
}

/// The two bits of a pair in its word: one of 16 distances apart, turned to one of 32 places. With one bit too many pass, and
/// each false hit of a short text costs a mispredicted branch.
static inline uint32_t cterm_pair_bits(uint32_t hash, uint32_t shift) {
    uint32_t apart = 1u | 2u << (hash & 15), place = hash >> shift & 31;
    return apart << place | apart >> (-place & 31);
}

/// The two bits of a term of two, by its `cterm_other_hash`, in the word that its pair has.
static inline uint32_t cterm_two_bits(uint32_t other) { return 1u << (other >> 27) | 1u << (other >> 22 & 31); }

/// The two bits of a hash of three in its word. One bit lets too many pass: each thing that may stand before a pair is a
/// chance.
static inline uint32_t cterm_triple_bits(uint32_t hash, uint32_t shift) {
    return 1u << (hash >> shift & 31) | 1u << (hash >> 4 & 31);
}

/// Reads `count` bytes of text as code points.
///
/// - Returns: The number of code points, or `CTERM_NEEDS_READER` if there is one with an irregular entry, or if there
///   are more bytes between two starts than any code point has.
intptr_t cterm_read_portable(const cterm_tables *tables, const uint8_t *text, size_t count,
                               const cterm_text *line);

/// The same, 16 code points a step. Only where `cterm_has_avx512()`.
intptr_t cterm_read_avx512(const cterm_tables *tables, const uint8_t *text, size_t count,
                             const cterm_text *line);

/// Whether this machine has AVX-512 with the byte permutes and compressions that the fast kernel uses.
bool cterm_has_avx512(void);

/// Lists the entries with a hit whose last three symbols, or last two, may end a term.
///
/// - Parameters:
///   - first: The first entry to look at, a multiple of 64.
///   - end: The entry behind the last one to look at: a multiple of 64, or how many the line has.
///   - most: Where it stops once there are more: a text in which they stand so close is another matter.
///   - candidates: Room for as many numbers.
/// - Returns: How many it listed.
size_t cterm_narrow(const cterm_tables *tables, const cterm_text *line, size_t first, size_t end, size_t most,
                      uint32_t *candidates);

/// The same for a line whose hits are listed. Only where `cterm_has_avx512()`. Blocks are asked for in order.
size_t cterm_narrow_avx512(const cterm_tables *tables, cterm_text *line, size_t first, size_t end, size_t most,
                             uint32_t *candidates);

/// Lists the entries with a hit, of a line whose hits are narrowed.
static inline size_t cterm_list(const cterm_text *line, size_t first, size_t end, uint32_t *candidates) {
    size_t count = 0;
    for (size_t word = first >> 6; word << 6 < end; word++) {
        for (uint64_t hits = line->hits[word]; hits != 0; hits &= hits - 1)
            candidates[count++] = (uint32_t)(word << 6 | (size_t)__builtin_ctzll(hits));
    }
    return count;
}

/// Finds the slot of each candidate by its last two symbols, and as many more as it takes to come to terms.
///
/// Slots and records of many terms lie far from any cache, so all are asked for before the first is needed.
///
/// - Parameter spans: For each candidate, `first` in the upper half and `count` in the lower; 0 if there is no slot.
void cterm_locate(const cterm_tables *tables, const cterm_text *line, const uint32_t *candidates, size_t count,
                    uint64_t *spans);

/// Asks for a cache line that will be read soon.
static inline void cterm_prefetch(const void *memory) { __builtin_prefetch(memory); }

/// How many bytes there are to the end of the line, its line feed counted.
static inline size_t cterm_line_length(const uint8_t *text, size_t count) {
    const uint8_t *end = count > 0 ? (const uint8_t *)__builtin_memchr(text, 0x0A, count) : 0;
    return end ? (size_t)(end - text) + 1 : count;
}

/// Whether as many bytes are the same.
static inline bool cterm_equal(const uint8_t *left, const uint8_t *right, size_t count) {
    return __builtin_memcmp(left, right, count) == 0;
}

/// The key of the terms of a branch that have this symbol next.
static inline uint64_t cterm_branch_key(uint32_t branch, uint32_t symbol) {
    return 1ull << 63 | (uint64_t)branch << 32 | symbol;
}

/// Where to look for a key first.
static inline uint64_t cterm_slot_hash(uint64_t key) {
    uint64_t product = key * 0x9E3779B97F4A7C15u;
    return (product ^ product >> 29) >> 20;
}

/// The key of two symbols. A symbol is a number of `CTERM_BITS` bits; so many low bits are 0.
static inline uint64_t cterm_pair_key(uint32_t last, uint32_t before) {
    return (uint64_t)last << 2 * CTERM_BITS | (uint64_t)before << CTERM_BITS;
}

/// The slot of a key, or an empty one.
static inline cterm_slot cterm_find(const cterm_tables *tables, uint64_t key) {
    // The third symbol is no part of a pair's key.
    const uint64_t ignored = key >> 63 ? 0 : (1ull << CTERM_BITS) - 1;
    uint64_t index = cterm_slot_hash(key) & tables->slot_mask;
    while ((tables->slots[index].key & ~ignored) != key && tables->slots[index].key != CTERM_NO_KEY)
        index = (index + 1) & tables->slot_mask;
    return tables->slots[index];
}

/// The symbol of a line entry.
static inline uint32_t cterm_of(const cterm_tables *tables, uint32_t entry) {
    return entry & CTERM_IS_SYMBOL ? entry & ~CTERM_IS_SYMBOL : tables->map[entry];
}

/// The code point of a line entry, or the one that stands for all that fold to its symbol.
static inline uint32_t cterm_code_of(const cterm_tables *tables, uint32_t entry) {
    return entry & CTERM_IS_SYMBOL ? tables->codes[entry & ~CTERM_IS_SYMBOL] : entry;
}

#ifdef __cplusplus
}
#endif

#endif
