#include "CSymbolScan.h"

static inline uint32_t bit(const uint32_t *words, uint32_t number) {
    return words[number >> 5] >> (number & 31) & 1;
}

static inline uint32_t continuation(const uint8_t *text, size_t count, size_t at) {
    return at < count ? text[at] & 0x3F : 0;
}

intptr_t csymbol_read_portable(const csymbol_tables *tables, const uint8_t *text, size_t count,
                               const csymbol_line *line) {
    const uint32_t *pages = tables->pages, *pairs = tables->pairs;
    const uint32_t shift = tables->pair_shift;
    uint32_t *entries = line->entries;
    size_t read = 0, at = 0, base = 0;
    uint32_t previous = 0xFFFF;
    uint64_t hits = 0;
    while (at < count) {
        uint32_t lead = text[at], scalar = lead;
        size_t start = at++;
        if (lead >= 0x80) {
            if (lead < 0xC0) continue;
            uint32_t second = continuation(text, count, start + 1), third = continuation(text, count, start + 2);
            if (lead < 0xE0) {
                scalar = (lead & 0x1F) << 6 | second;
                at = start + 2;
            } else if (lead < 0xF0) {
                scalar = (lead & 0x0F) << 12 | second << 6 | third;
                at = start + 3;
            } else {
                scalar = (lead & 0x07) << 18 | second << 12 | third << 6 | continuation(text, count, start + 3);
                at = start + 4;
            }
            // Ill-formed: a start among the bytes that should continue this one. Then the next entry begins there.
            for (size_t inner = start + 1; inner < at && inner < count; inner++) {
                if ((text[inner] & 0xC0) != 0x80) {
                    at = inner;
                    break;
                }
            }
        }
        uint32_t hit = 0, code = scalar;
        if (scalar >= 0x10000) {
            if (scalar <= 0x10FFFF && bit(tables->astral_pages, (scalar - 0x10000) >> 8)) return CSYMBOL_NEEDS_READER;
            scalar = CSYMBOL_IS_SYMBOL;
            code = 0xFFFF;
        } else if (bit(pages, scalar >> 7)) {
            uint32_t entry = tables->map[scalar];
            if (entry >= CSYMBOL_IRREGULAR) return CSYMBOL_NEEDS_READER;
            hit = entry - 1 < tables->singles;
        }
        hit |= bit(pairs, csymbol_pair_hash(previous, code) >> shift);
        previous = code;
        if ((read & 15) == 0) {
            base = start;
            line->bases[read >> 4] = (uint32_t)start;
        }
        if (start - base > 255) return CSYMBOL_NEEDS_READER;
        entries[read] = scalar;
        line->offsets[read] = (uint8_t)(start - base);
        hits |= (uint64_t)hit << (read & 63);
        read++;
        if ((read & 63) == 0) {
            line->hits[(read >> 6) - 1] = hits;
            hits = 0;
        }
    }
    line->hits[read >> 6] = hits;
    return (intptr_t)read;
}

size_t csymbol_narrow(const csymbol_tables *tables, const csymbol_line *line, size_t first, size_t end, size_t most,
                      uint32_t *candidates) {
    const uint32_t *triples = tables->triples;
    const uint32_t shift = tables->triple_shift;
    size_t kept = 0;
    for (size_t word = first >> 6; word << 6 < end && kept <= most; word++) {
        for (uint64_t hits = line->hits[word]; hits != 0; hits &= hits - 1) {
            size_t number = word << 6 | (size_t)__builtin_ctzll(hits);
            const uint32_t *entry = line->entries + number;
            uint32_t third = csymbol_of(tables, entry[0]);
            uint32_t second = csymbol_of(tables, entry[-1]);
            uint32_t before = csymbol_of(tables, entry[-2]);
            // Written always and counted only if it is one: nothing to mispredict.
            candidates[kept] = (uint32_t)number;
            kept += bit(triples, csymbol_two_hash(second, third) >> shift) |
                    bit(triples, csymbol_three_hash(before, second, third) >> shift) |
                    (third - 1 < tables->singles);
        }
    }
    return kept;
}

/// Where a look-up led: a span; or from a branch at which no term ends the key to go on with, which has its highest bit
/// set, as no span has. Asks for the memory that is needed next.
static inline uint64_t follow(const csymbol_tables *tables, uint64_t key, const uint32_t *entry) {
    csymbol_slot slot = csymbol_find(tables, key);
    if (slot.key == CSYMBOL_NO_KEY) return 0;
    if (slot.count < CSYMBOL_AUTOMATON) {
        __builtin_prefetch(tables->records + slot.first);
    } else if (slot.count == CSYMBOL_BRANCH && tables->branches[slot.first].complete == 0) {
        uint32_t symbol = csymbol_of(tables, entry[-(intptr_t)tables->branches[slot.first].depth]);
        uint64_t next = csymbol_branch_key(slot.first, symbol);
        __builtin_prefetch(tables->slots + (csymbol_slot_hash(next) & tables->slot_mask));
        return next;
    }
    return (uint64_t)slot.first << 32 | slot.count;
}

void csymbol_locate(const csymbol_tables *tables, const csymbol_line *line, const uint32_t *candidates, size_t count,
                    uint64_t *spans) {
    for (size_t number = 0; number < count; number++) {
        const uint32_t *entry = line->entries + candidates[number];
        uint64_t key = (uint64_t)csymbol_of(tables, entry[0]) << 32 | csymbol_of(tables, entry[-1]);
        __builtin_prefetch(tables->slots + (csymbol_slot_hash(key) & tables->slot_mask));
        spans[number] = key;
    }
    uint64_t seen = 0;
    for (size_t number = 0; number < count; number++)
        seen |= spans[number] = follow(tables, spans[number], line->entries + candidates[number]);
    while (seen >> 63) {
        seen = 0;
        for (size_t number = 0; number < count; number++) {
            if (spans[number] >> 63)
                seen |= spans[number] = follow(tables, spans[number], line->entries + candidates[number]);
        }
    }
}
