#include "fuzzy_loops.h"

static inline uint32_t group_of(uint32_t entry) { return entry >> FUZZY_GROUP_SHIFT & FUZZY_GROUP_MASK; }

void fuzzy_read_portable(const fuzzy_tables *tables, fuzzy_scan *scan) {
    uint32_t before = 0, third = 0;
    for (size_t first = 0; first < scan->count; first += 64) {
        const size_t end = scan->count - first < 64 ? scan->count : first + 64;
        uint64_t marked = 0, skipped = 0, pairs = 0, suffixes = 0;
        for (size_t place = first; place < end; place++) {
            const uint32_t entry = tables->map[scan->codes[place] & 0xFFFF];
            scan->entries[place] = entry;
            const uint32_t group = group_of(entry);
            const uint32_t cell = tables->pairs[fuzzy_cell_word(group, before)] >> ((before & 7) << 2);
            const bool is_again = place + 1 < scan->count && scan->codes[place] == scan->codes[place + 1];
            const bool is_marked =
                (entry & (FUZZY_LETTER | FUZZY_FIRST_HALF)) != 0 || (is_again && (entry & FUZZY_CLASS_MASK) != 0);
            marked |= (uint64_t)is_marked << (place & 63);
            skipped |= (uint64_t)((entry & (FUZZY_LETTER | FUZZY_SKIPPABLE)) != 0) << (place & 63);
            const bool is_suffix = (cell & FUZZY_CELL_TWO) != 0 || ((cell & FUZZY_CELL_LAST) != 0 && third != 0);
            pairs |= (uint64_t)(cell & FUZZY_CELL_PAIR) << (place & 63);
            suffixes |= (uint64_t)is_suffix << (place & 63);
            third = cell & FUZZY_CELL_THIRD;
            before = group;
        }
        scan->marked[first >> 6] = marked;
        scan->skipped[first >> 6] = skipped;
        scan->pairs[first >> 6] = pairs;
        scan->suffixes[first >> 6] = suffixes;
    }
    fuzzy_begin(tables, scan);
}

void fuzzy_filter_portable(const fuzzy_tables *tables, fuzzy_scan *scan) { fuzzy_filter(tables, scan); }

size_t fuzzy_confirm_portable(const fuzzy_tables *tables, size_t first, size_t end, const uint32_t *signatures,
                              uint32_t *terms) {
    size_t count = 0;
    for (size_t number = first; number < end; number++) {
        const fuzzy_block *block = tables->blocks + number;
        for (uint32_t term = 0; term < 16; term++) {
            uint32_t is_like = 1;
            for (int depth = 0; depth < FUZZY_DEPTH; depth++)
                is_like &= (block->signatures[depth][term] & signatures[depth]) != 0;
            terms[count] = (uint32_t)number << 4 | term;
            count += is_like;
        }
    }
    return count;
}
