#ifndef FUZZY_SCAN_H
#define FUZZY_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "exact_scan.h"

// Where the terms that tolerate gaps, fillers or other sounds may end.
//
//     text        就    能    止    嗯    疗
//     classes     {jiu} {neng} {zhi} filler {liao}      one look-up a code point
//     sieve       no    no    no    no    no            two and three neighbours, as sets of 124 buckets
//     specials                      3                   signs, fillers, letters: what they stand between is looked at singly
//     candidate                                (zhi, liao): the terms that end so
//
// The sieve has no branch, and tells of one code point in six that a term may end there. Most pairs were met in an earlier
// text, and the memo knows what there is to know of them. Of others the units are asked: one bit for two of them, a hash.

#ifdef __cplusplus
extern "C" {
#endif

/// A sign, space or emoji that may be passed over.
#define CLOOSE_SIGN 1u
/// A filler of one code point.
#define CLOOSE_FILLER 2u
/// A letter: part of a syllable, or of none.
#define CLOOSE_LETTER 4u
/// A filler that may stand in place of a symbol.
#define CLOOSE_MASK 8u

/// In `buckets[1]`: signs, fillers, letters, and what may begin a filler of two.
#define CLOOSE_SPECIAL (1ull << 63)

/// What the sieve knows of a class: a cache line.
///
/// A class is what some code points have in common: units, and what kind of sign they are. A unit is a sound, or a symbol
/// of a term that is not matched by sound. Units are hashed into 124 buckets, so that a set of them is two words of bits;
/// where so much is not needed the two are laid over each other. Bits 31 and 63 are no buckets.
typedef struct {
    /// Buckets of what may stand before it in a term of two.
    uint64_t before_in_two[2];
    /// Buckets of what may stand before it in a longer term.
    uint64_t before[2];
    /// Buckets of what may stand before that.
    uint64_t third[2];
    /// Buckets of its units; all of a letter and a mask, which may be anything.
    uint64_t buckets[2];
} cloose_sieve;

/// The buckets of a class in one word.
static inline uint64_t cloose_buckets(const cloose_sieve *sieve) { return sieve->buckets[0] | sieve->buckets[1]; }

/// What else there is to know of a class.
typedef struct {
    /// Its first four units, and their lines (`cloose_line_of`).
    uint16_t some[4];
    uint16_t lines[4];
    /// Where all its units stand in `units`, and how many they are.
    uint32_t first_unit;
    uint16_t unit_count;
    uint16_t flags;
    /// One bit each of the fillers of two that it begins or ends.
    uint16_t first_half;
    uint16_t second_half;
    /// Buckets of its units, folded.
    uint32_t buckets;
} cloose_class;

/// Terms that end with the same two units.
typedef struct {
    /// `cloose_key` of them; 0 if the slot is free.
    uint32_t key;
    /// `CLOOSE_TWO` if one of the terms has no more than the two; folded buckets of what may stand before them in others.
    uint32_t marks;
    /// Where their list begins, and how many they are; or `CLOOSE_LONG` and its number, if it is a long list.
    uint32_t first;
    uint32_t count;
} cloose_slot;

#define CLOOSE_TWO (1u << 31)
#define CLOOSE_LONG (1u << 31)

/// A power of two of slots, at most half of them used.
typedef struct {
    const cloose_slot *slots;
    uint32_t mask;
} cloose_slots;

/// The tables of the loose view, read only. The memory is the caller's.
typedef struct {
    /// 0x10000 entries: the class of a code point; that of U+0000 is taken for what lies beyond the basic plane.
    const uint16_t *map;
    const cloose_sieve *sieves;
    const cloose_class *classes;
    const uint16_t *units;
    /// 512 rows of 512 bits: whether the unit of a column may stand before that of a row.
    const uint64_t *rows;
    /// The same with a mask between the two in place of a symbol.
    const uint64_t *masked_rows;
    /// By units of characters.
    cloose_slots plain;
    /// The same with a mask between the two in place of a symbol.
    cloose_slots masked;
    /// The most hits that one code point can give.
    size_t most;
} cloose_tables;

/// A place at which loose terms may end.
typedef struct {
    uint32_t last;
    /// The code point before it, signs and fillers passed over or not; a letter if the term goes on in letters, and
    /// `last` itself if it ends with letters. Then there is no list, and `first` is 1 if a mask stands between the two.
    uint32_t before;
    uint32_t first;
    uint32_t count;
    /// Buckets of what stands before the two; all bits if that is not known.
    uint64_t third;
} cloose_candidate;

/// Two units that may end a term, before it is known which terms do.
typedef struct {
    uint32_t last;
    uint32_t before;
    /// `cloose_key` of the two units; 0 for letters.
    uint32_t key;
    uint32_t is_masked;
    /// As in a candidate.
    uint64_t third;
} cloose_hit;

/// How many signs may stand between two neighbours, at most.
#define CLOOSE_SIGNS 4
/// How many characters of fillers may; one more if the last filler has two.
#define CLOOSE_FILLERS 4
/// How many pairs of code points are looked at for one special code point, at most: twice as many signs and fillers where a
/// mask is among them, each pair twice then, and one pair further on.
#define CLOOSE_PAIRS 48

/// The key of two units.
static inline uint32_t cloose_key(uint32_t before, uint32_t last) { return before << 16 | last; }

/// Where to look for a key first.
static inline uint32_t cloose_slot_hash(uint32_t key) {
    uint32_t product = key * 0x9E3779B1u;
    return product ^ product >> 15;
}

/// The slot of a key, or a free one.
static inline cloose_slot cloose_find(cloose_slots slots, uint32_t key) {
    uint32_t index = cloose_slot_hash(key) & slots.mask;
    while (slots.slots[index].key != key && slots.slots[index].key != 0) index = (index + 1) & slots.mask;
    return slots.slots[index];
}

/// The row or column of a unit. Sounds have one each, symbols share them.
static inline uint32_t cloose_line_of(uint32_t unit) { return unit < 512 ? unit : unit * 0x9E3779B1u >> 23; }

/// Buckets in 31 bits.
static inline uint32_t cloose_folded(uint64_t buckets) { return (uint32_t)(buckets | buckets >> 32) & ~CLOOSE_TWO; }

/// What was learnt of two code points side by side, and is true in any text: most that a text has were met before.
///
/// A table of `CLOOSE_MEMO_SIZE` entries, which overwrite each other. From the top: the marks of all slots of the two, as in
/// a slot; 16 bits that with the place make the two code points; 15 bits of the era, so that entries of other tables are
/// none; whether there is a term of two for them if they do not lie side by side.
#define CLOOSE_MEMO_BITS 16
#define CLOOSE_MEMO_SIZE (1u << CLOOSE_MEMO_BITS)
#define CLOOSE_ERAS (1u << 15)

/// One scan of one text: where it works, and how far it is. The memory is the caller's.
typedef struct {
    const uint32_t *codes;
    size_t count;
    /// Room for the class of each code point.
    uint16_t *classes;
    /// Room for a bit for each code point: whether the sieve lets it through, and whether it is special.
    uint64_t *sieved;
    uint64_t *specials;
    /// Room for `capacity` of each, at least `tables->most`.
    cloose_hit *hits;
    cloose_candidate *candidates;
    size_t capacity;
    uint64_t *memo;
    /// Below `CLOOSE_ERAS`, another for each tables; what was written in an era is never read for others.
    uint32_t era;
    /// Set by `cloose_begin`.
    size_t next_sieved, next_special;
    /// Set by the two below: how many candidates there are.
    size_t found;
} cloose_scan;

/// Reads the text: `codes`, with `CSYMBOL_IS_SYMBOL` alone for what is in no loose term, such as emoji. Gives classes, and
/// what is sieved and special.
void cloose_sieve_portable(const cloose_tables *tables, const cloose_scan *scan);

/// The same. Only where `csymbol_has_avx512()`.
void cloose_sieve_avx512(const cloose_tables *tables, const cloose_scan *scan);

/// Takes out of what is sieved what the memo knows to end no term, and goes to the beginning.
void cloose_begin(const cloose_tables *tables, cloose_scan *scan);

/// Lists places at which loose terms may end with two neighbours, in order.
///
/// - Returns: Whether there may be more.
bool cloose_next_sieved(const cloose_tables *tables, cloose_scan *scan);

/// Lists places at which loose terms may end with what stands on both sides of signs and fillers, or with letters, nearly
/// in order. Some are listed by `cloose_next_sieved` too.
///
/// - Returns: Whether there may be more.
bool cloose_next_special(const cloose_tables *tables, cloose_scan *scan);

/// Learns that the terms of two that may end with a code point and the one before it are never meant there.
void cloose_forget_two(cloose_scan *scan, size_t last);

#ifdef __cplusplus
}
#endif

#endif
