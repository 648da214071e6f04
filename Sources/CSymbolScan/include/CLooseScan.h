#ifndef CLOOSESCAN_H
#define CLOOSESCAN_H

#include <stddef.h>
#include <stdint.h>

#include "CSymbolScan.h"

// Where the terms that tolerate gaps, fillers or other sounds may end.
//
//     text       就    能    止    嗯    疗
//     classes    {jiu} {neng} {zhi} filler {liao}       one look-up a code point
//     sieve      no    no    no    no    yes            what stood before, skipping or not, as a set of 62 buckets
//     pairs                                (zhi, liao)  exact but for hashing; what may stand before the two with it
//     candidate                            last 4, before 2
//
// The sieve has no branch: a sign or filler hands on what stood before it, together with what it is itself.

#ifdef __cplusplus
extern "C" {
#endif

/// A sign, space or emoji; may stand in a gap.
#define CLOOSE_SIGN 1u
/// A filler of one code point.
#define CLOOSE_FILLER 2u
/// A letter: part of a syllable, or of none.
#define CLOOSE_LETTER 4u
/// A filler that stands in place of a symbol.
#define CLOOSE_MASK 8u

/// What some code points are to the loose view: the same units, and the same flags.
///
/// A unit is a sound, or a symbol of a term that is not matched by sound. Units are hashed into buckets, so that a set of
/// them is a word of bits; bits 31 and 63 are never used.
typedef struct {
    /// Buckets of its units; all of a letter and a mask, which may be anything.
    uint64_t buckets;
    /// Buckets of what may stand before it in a term of two.
    uint64_t before_in_two;
    /// Buckets of what may stand before it in a longer term.
    uint64_t before;
    /// Buckets of what may stand before that.
    uint64_t third;
    /// All bits if it may be passed over, else none.
    uint64_t skipped;
    /// Its units, 16 bits each, none of them 0; a single one stands twice; all bits for more than four.
    uint64_t units;
    uint32_t flags;
    /// One bit each of the fillers of two that it begins or ends.
    uint16_t first_half;
    uint16_t second_half;
    uint64_t unused;
} cloose_class;

/// In `pairs`: the two may end a term of two.
#define CLOOSE_TWO (1u << 31)

/// The tables of the loose view, read only. The memory is the caller's.
typedef struct {
    /// 0x10000 entries: the class of a code point.
    const uint16_t *map;
    const cloose_class *classes;
    /// For each hash of two units: `CLOOSE_TWO`, and folded buckets of what may stand before the two in a longer term.
    const uint32_t *pairs;
    uint32_t pair_shift;
    /// The class of what is beyond the basic plane: emoji, nearly always.
    uint16_t astral;
} cloose_tables;

/// Places at which a loose term may end.
typedef struct {
    uint32_t last;
    /// The code point before it, signs and fillers left out or not; a letter if the term goes on in letters.
    uint32_t before;
    /// Buckets of what stands before that.
    uint64_t third;
    /// Whether a mask stands between the two: put in, or in place of a symbol.
    uint32_t is_masked;
    uint32_t unused;
} cloose_candidate;

/// How many code points are looked back over for what stands before one, at most.
#define CLOOSE_REACH 8
/// Candidates for one code point, at most.
#define CLOOSE_EACH (CLOOSE_REACH + 2)

/// Where the marks of two units are.
static inline uint32_t cloose_unit_hash(uint32_t before, uint32_t last) {
    return (before * 0x85EBCA77u ^ last) * 0x9E3779B1u;
}

/// Buckets in 31 bits.
static inline uint32_t cloose_folded(uint64_t buckets) { return (uint32_t)(buckets | buckets >> 32); }

/// Lists where loose terms may end.
///
/// - Parameters:
///   - codes: Code points; `CSYMBOL_IS_SYMBOL` for those that are in no loose term, such as emoji.
///   - classes: Room for the class of each code point, and one more; three before the first are readable, and 0.
///   - sieved: Room for `count + 1` numbers.
///   - candidates: Room for `CLOOSE_EACH` for each code point.
/// - Returns: How many.
size_t cloose_scan(const cloose_tables *tables, const uint32_t *codes, size_t count, uint16_t *classes,
                   uint32_t *sieved, cloose_candidate *candidates);

#ifdef __cplusplus
}
#endif

#endif
