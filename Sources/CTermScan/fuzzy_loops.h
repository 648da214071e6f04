// The loops of the prefilter that are compiled once for each instruction set.

#include "include/fuzzy_scan.h"

/// A set of buckets in a register.
typedef uint64_t fuzzy_set __attribute__((vector_size(16), may_alias));

/// Filters the next block.
__attribute__((always_inline)) static inline void fuzzy_filter(const fuzzy_tables *tables, fuzzy_scan *scan) {
    const size_t end = scan->count - scan->next < FUZZY_BLOCK ? scan->count : scan->next + FUZZY_BLOCK;
    const uint32_t *entries = scan->entries;
    const fuzzy_class *classes = tables->classes;
    fuzzy_set *hit = (fuzzy_set *)scan->hits;
    fuzzy_set *state = (fuzzy_set *)scan->state;
    fuzzy_set one = state[0], two = state[1], three = state[2];
    for (size_t first = scan->next; first < end; first += 64) {
        const size_t behind = end - first < 64 ? end : first + 64;
        uint64_t passed = 0;
        for (size_t place = first; place < behind; place++) {
            const uint32_t entry = entries[place];
            const fuzzy_set *at = (const fuzzy_set *)classes[entry & FUZZY_CLASS_MASK].at;
            const uint64_t skips = (uint64_t)(int64_t)((int32_t)entry >> 31);
            const fuzzy_set skipped = {skips, skips};
            const fuzzy_set through = one & at[0];
            one = (two & at[1]) | (one & skipped);
            two = (three & at[2]) | (two & skipped);
            three = at[3] | (three & skipped);
            // One place in fifty: foreseen, and so cheaper than to write each time.
            if (__builtin_expect((through[0] | through[1]) != 0, 0)) {
                *hit++ = through;
                passed |= 1ull << (place & 63);
            }
        }
        scan->passed[first >> 6] = passed;
    }
    state[0] = one;
    state[1] = two;
    state[2] = three;
    scan->next = end;
    scan->hit_count = (size_t)(hit - (fuzzy_set *)scan->hits);
}

/// Before a text stands nothing: of shorter terms that is what they need there.
static inline void fuzzy_begin(const fuzzy_tables *tables, fuzzy_scan *scan) {
    for (int depth = 1; depth < FUZZY_DEPTH; depth++) scan->state[depth - 1] = tables->classes[0].at[depth];
    scan->next = 0;
}
