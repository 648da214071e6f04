// The loops of the prefilter that are compiled once for each instruction set.

#include "include/fuzzy_scan.h"

/// A set of buckets in a register.
typedef uint64_t fuzzy_set __attribute__((vector_size(32), aligned(8), may_alias));

__attribute__((always_inline)) static inline bool fuzzy_is_any(const fuzzy_set *set) {
    return ((*set)[0] | (*set)[1] | (*set)[2] | (*set)[3]) != 0;
}

/// Filters the next block: the automaton reads what may be skipped and the three entries behind it; of the others those with
/// a bit in `suffixes` are asked for.
__attribute__((always_inline)) static inline void fuzzy_filter(const fuzzy_tables *tables, fuzzy_scan *scan) {
    const size_t end = scan->count - scan->next < FUZZY_BLOCK ? scan->count : scan->next + FUZZY_BLOCK;
    const uint32_t *entries = scan->entries;
    const fuzzy_class *classes = tables->classes;
    fuzzy_set *hit = (fuzzy_set *)scan->hits;
    fuzzy_set *state = (fuzzy_set *)scan->state;
    fuzzy_set one = state[0], two = state[1], three = state[2], through;
    size_t reached = scan->reached;
#define FUZZY_AT(place, depth) (((const fuzzy_set *)classes[entries[place] & FUZZY_CLASS_MASK].at)[depth])
#define FUZZY_STEP(place)                                                                    \
    do {                                                                                     \
        const uint32_t entry = entries[place];                                               \
        const fuzzy_set *at = (const fuzzy_set *)classes[entry & FUZZY_CLASS_MASK].at;       \
        const uint64_t skips = (uint64_t)(int64_t)((int32_t)entry >> 31);                    \
        const fuzzy_set skipped = {skips, skips, skips, skips};                              \
        through = one & at[0];                                                               \
        one = (two & at[1]) | (one & skipped);                                               \
        two = (three & at[2]) | (two & skipped);                                             \
        three = at[3] | (three & skipped);                                                   \
    } while (0)
    uint64_t before = scan->next > 0 ? scan->skipped[(scan->next >> 6) - 1] : 0;
    for (size_t first = scan->next; first < end; first += 64) {
        const uint64_t own = scan->skipped[first >> 6];
        uint64_t near = own | own << 1 | before >> 63 | own << 2 | before >> 62 | own << 3 | before >> 61;
        if (end - first < 64) near &= (1ull << (end - first)) - 1;
        before = own;
        uint64_t apart = scan->suffixes[first >> 6] & ~near;
        uint64_t passed = 0;
        while ((near | apart) != 0) {
            size_t place = first + (size_t)__builtin_ctzll(near | apart);
            const uint64_t bit = 1ull << (place & 63);
            if (apart & bit) {
                apart ^= bit;
                through = FUZZY_AT(place, 0) & FUZZY_AT(place - 1, 1) & FUZZY_AT(place - 2, 2) & FUZZY_AT(place - 3, 3);
                if (fuzzy_is_any(&through)) {
                    *hit++ = through;
                    passed |= bit;
                }
                continue;
            }
            const uint64_t others = ~(near >> (place & 63));
            const size_t stop = others == 0 ? first + 64 : place + (size_t)__builtin_ctzll(others);
            near = stop - first == 64 ? 0 : near & ~0ull << (stop & 63);
            // Three entries that may not be skipped make the state, whatever it was before them.
            size_t from = place;
            for (int needed = 3; from > reached && needed > 0; needed -= entries[from] >> 31 == 0) from--;
            for (; from < place; from++) FUZZY_STEP(from);
            for (; place < stop; place++) {
                FUZZY_STEP(place);
                if (__builtin_expect(fuzzy_is_any(&through), 0)) {
                    *hit++ = through;
                    passed |= 1ull << (place & 63);
                }
            }
            reached = stop;
        }
        scan->passed[first >> 6] = passed;
    }
#undef FUZZY_STEP
#undef FUZZY_AT
    state[0] = one;
    state[1] = two;
    state[2] = three;
    scan->reached = reached;
    scan->next = end;
    scan->hit_count = (size_t)(hit - (fuzzy_set *)scan->hits);
}

/// Before a text stands nothing: of shorter terms that is what they need there.
static inline void fuzzy_begin(const fuzzy_tables *tables, fuzzy_scan *scan) {
    for (int depth = 1; depth < FUZZY_DEPTH; depth++) scan->state[depth - 1] = tables->classes[0].at[depth];
    scan->next = 0;
    scan->reached = 0;
}
