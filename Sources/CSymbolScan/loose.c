#include "CLooseScan.h"

/// The marks of two sets of units: of all pairs of them.
///
/// Most characters have one or two units, so four pairs are looked up without asking; a single unit stands twice.
static inline uint32_t marks_of(const cloose_tables *tables, uint64_t before, uint64_t last) {
    const uint32_t *pairs = tables->pairs;
    const uint32_t shift = tables->pair_shift;
    if (__builtin_expect(((before | last) >> 32) == 0, 1)) {
        uint32_t first = before & 0xFFFF, second = (uint32_t)before >> 16;
        uint32_t third = last & 0xFFFF, fourth = (uint32_t)last >> 16;
        return pairs[cloose_unit_hash(first, third) >> shift] | pairs[cloose_unit_hash(first, fourth) >> shift] |
               pairs[cloose_unit_hash(second, third) >> shift] | pairs[cloose_unit_hash(second, fourth) >> shift];
    }
    if (before == UINT64_MAX || last == UINT64_MAX) return UINT32_MAX;
    uint32_t marks = 0;
    for (; last; last >>= 16) {
        for (uint64_t first = before; first; first >>= 16)
            marks |= pairs[cloose_unit_hash(first & 0xFFFF, last & 0xFFFF) >> shift];
    }
    return marks;
}

/// Lists the code points behind which, by buckets, a term may end.
static size_t sieve(const cloose_tables *tables, const uint32_t *codes, size_t count, uint16_t *classes,
                    uint32_t *sieved) {
    const uint16_t *map = tables->map;
    const cloose_class *all = tables->classes;
    // What may stand before the next code point, and before that; and the same one code point ago.
    uint64_t before = 0, third = 0, earlier_before = 0, earlier_third = 0;
    uint32_t first_half = 0;
    size_t kept = 0;
    for (size_t at = 0; at < count; at++) {
        uint32_t code = codes[at];
        uint16_t number = map[code & 0xFFFF];
        number = code & CSYMBOL_IS_SYMBOL ? tables->astral : number;
        classes[at] = number;
        const cloose_class *class = all + number;
        // Written always and counted only if it is one: nothing to mispredict.
        sieved[kept] = (uint32_t)at;
        kept += ((class->before_in_two & before) != 0) |
                (((class->before & before) != 0) & ((class->third & third) != 0));
        uint64_t two = (first_half & class->second_half) != 0 ? ~0ull : 0;
        uint64_t next_before = class->buckets | (before & class->skipped) | (earlier_before & two);
        uint64_t next_third = before | (third & class->skipped) | (earlier_third & two);
        earlier_before = before;
        earlier_third = third;
        before = next_before;
        third = next_third;
        first_half = class->first_half;
    }
    return kept;
}

/// How many code points the filler has that ends with `last`; 0 if it is none.
static inline size_t filler_length(const cloose_class *all, const uint16_t *classes, size_t last) {
    if (last > 0 && all[classes[last - 1]].first_half & all[classes[last]].second_half) return 2;
    return all[classes[last]].flags & (CLOOSE_FILLER | CLOOSE_MASK) ? 1 : 0;
}

/// Lists what may stand before `last`, which has signs, fillers or letters before it: each filler, and the first code
/// point that is none.
static size_t look_back(const cloose_tables *tables, const uint16_t *classes, size_t last,
                        cloose_candidate *candidates) {
    const cloose_class *all = tables->classes;
    size_t found = 0;
    uint32_t is_masked = 0;
    for (size_t at = last, steps = 0; at > 0 && steps < CLOOSE_REACH; steps++) {
        at--;
        const cloose_class *class = all + classes[at];
        if (class->flags & CLOOSE_SIGN) continue;
        size_t length = filler_length(all, classes, at);
        candidates[found++] = (cloose_candidate){
            .last = (uint32_t)last, .before = (uint32_t)at, .third = UINT64_MAX, .is_masked = is_masked};
        if (length == 0) break;
        is_masked |= (class->flags & CLOOSE_MASK) != 0;
        at -= length - 1;
    }
    return found;
}

size_t cloose_scan(const cloose_tables *tables, const uint32_t *codes, size_t count, uint16_t *classes,
                   uint32_t *sieved, cloose_candidate *candidates) {
    const cloose_class *all = tables->classes;
    size_t kept = sieve(tables, codes, count, classes, sieved);
    classes[count] = 0;
    size_t found = 0;
    for (size_t number = 0; number < kept; number++) {
        uint32_t last = sieved[number];
        const cloose_class *class = all + classes[last];
        if (__builtin_expect((class->flags & CLOOSE_LETTER) != 0, 0)) {
            if (all[classes[last + 1]].flags & CLOOSE_LETTER) continue;
            candidates[found++] = (cloose_candidate){.last = last, .before = last, .third = UINT64_MAX};
            continue;
        }
        const uint16_t *here = classes + last;
        const cloose_class *before = all + here[-1], *third = all + here[-2];
        uint32_t is_special = before->flags | third->flags | (third->first_half & before->second_half) |
                              (all[here[-3]].first_half & third->second_half);
        if (__builtin_expect(is_special != 0, 0)) {
            found += look_back(tables, classes, last, candidates + found);
            continue;
        }
        candidates[found].last = last;
        candidates[found].before = last - 1;
        candidates[found].third = third->buckets;
        candidates[found].is_masked = 0;
        found += (marks_of(tables, before->units, class->units) & (cloose_folded(third->buckets) | CLOOSE_TWO)) != 0;
    }
    return found;
}
