#include "exact_scan.h"

static inline uint32_t bit(const uint32_t *words, uint32_t number) {
    return words[number >> 5] >> (number & 31) & 1;
}

static inline uint32_t continuation(const uint8_t *text, size_t count, size_t at) {
    return at < count ? text[at] & 0x3F : 0;
}

/// Reads a code point whose first byte is 0xC0 or more.
///
/// - Returns: Where the next one begins.
static size_t read_long(const uint8_t *text, size_t count, size_t start, uint32_t *scalar) {
    uint32_t lead = text[start];
    uint32_t second = continuation(text, count, start + 1), third = continuation(text, count, start + 2);
    size_t end;
    if (lead < 0xE0) {
        *scalar = (lead & 0x1F) << 6 | second;
        end = start + 2;
    } else if (lead < 0xF0) {
        *scalar = (lead & 0x0F) << 12 | second << 6 | third;
        end = start + 3;
    } else {
        *scalar = (lead & 0x07) << 18 | second << 12 | third << 6 | continuation(text, count, start + 3);
        end = start + 4;
    }
    // Ill-formed: a start among the bytes that should continue this one. Then the next entry begins there.
    for (size_t inner = start + 1; inner < end && inner < count; inner++) {
        if ((text[inner] & 0xC0) != 0x80) return inner;
    }
    return end;
}

/// The bytes from `at` on, four or the last three, the first one lowest; 0 if there are fewer.
static inline uint32_t bytes_at(const uint8_t *text, size_t count, size_t at) {
    const uint8_t *byte = text + at;
    if (count - at >= 4) return byte[0] | (uint32_t)byte[1] << 8 | (uint32_t)byte[2] << 16 | (uint32_t)byte[3] << 24;
    return count - at == 3 ? byte[0] | (uint32_t)byte[1] << 8 | (uint32_t)byte[2] << 16 : 0;
}

intptr_t cterm_read_portable(const cterm_tables *tables, const uint8_t *text, size_t count,
                               const cterm_text *line) {
    const uint32_t *pages = tables->pages, *pairs = tables->pairs;
    const uint32_t shift = tables->pair_shift;
    uint32_t *entries = line->entries, *bases = line->bases;
    uint8_t *offsets = line->offsets;
    size_t read = 0, at = 0, base = 0;
    uint32_t previous = CTERM_NO_CODE;
    uint64_t hits = 0;
    while (at < count) {
        size_t start = at;
        uint32_t bytes = bytes_at(text, count, at), scalar;
        // Well-formed and of three bytes: nearly all of a Chinese text.
        if (__builtin_expect((bytes & 0xC0C0F0) == 0x8080E0, 1)) {
            scalar = (bytes & 0x0F) << 12 | (bytes >> 2 & 0xFC0) | (bytes >> 16 & 0x3F);
            at = start + 3;
        } else if (text[start] < 0x80) {
            scalar = text[start];
            at = start + 1;
        } else if (text[start] < 0xC0) {
            // Continues nothing. So many of them that an offset would not fit in a byte are for the reader.
            at = start + 1;
            if (at - base > 192) return CTERM_NEEDS_READER;
            continue;
        } else {
            at = read_long(text, count, start, &scalar);
        }
        uint32_t hit = 0, code = scalar;
        if (__builtin_expect(scalar >= 0x10000, 0)) {
            if (scalar <= 0x10FFFF && bit(tables->astral_pages, (scalar - 0x10000) >> 8)) return CTERM_NEEDS_READER;
            scalar = CTERM_IS_SYMBOL;
            code = CTERM_NO_CODE;
        } else if (bit(pages, scalar >> 7)) {
            uint32_t entry = tables->map[scalar];
            if (entry >= CTERM_IRREGULAR) return CTERM_NEEDS_READER;
            hit = entry - 1 < tables->singles;
        }
        uint32_t hash = cterm_pair_hash(previous, code);
        hit |= (~pairs[hash >> shift >> 5] & cterm_pair_bits(hash, shift)) == 0;
        previous = code;
        if ((read & 15) == 0) bases[read >> 4] = (uint32_t)(base = start);
        entries[read] = scalar;
        offsets[read] = (uint8_t)(start - base);
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

/// Whether an entry with a hit may end a term of two.
static inline bool may_be_two(const cterm_tables *tables, uint32_t pair, uint32_t other) {
    uint32_t bits = cterm_pair_bits(pair, tables->pair_shift) | cterm_two_bits(other);
    return (~tables->pairs[pair >> tables->pair_shift >> 5] & bits) == 0;
}

/// What a kernel that lists its hits writes for an entry.
static inline uint32_t hash_of(const cterm_tables *tables, const uint32_t *entry) {
    uint32_t first = cterm_code_of(tables, entry[-1]), second = cterm_code_of(tables, entry[0]);
    uint32_t other = cterm_other_hash(first, second);
    uint32_t triple = cterm_triple_hash(cterm_code_of(tables, entry[-2]), other);
    bool is_single = tables->singles != 0 && cterm_of(tables, entry[0]) - 1 < tables->singles;
    return is_single || may_be_two(tables, cterm_pair_hash(first, second), other) ? 0 : triple;
}

/// Whether three code points may end a term.
static inline bool may_end(const cterm_tables *tables, uint32_t hash) {
    const uint32_t shift = tables->triple_shift;
    return (~tables->triples[hash >> shift >> 5] & cterm_triple_bits(hash, shift)) == 0;
}

/// `cterm_narrow` of a large set: what is needed of the filter is asked for before the first of it is looked at.
static size_t narrow_large(const cterm_tables *tables, const cterm_text *line, size_t first, size_t end, size_t most,
                           uint32_t *candidates) {
    uint32_t *hashes = line->hashes;
    size_t listed = 0, kept = 0;
    for (size_t word = first >> 6; word << 6 < end; word++) {
        for (uint64_t hits = line->hits[word]; hits != 0; hits &= hits - 1) {
            size_t number = word << 6 | (size_t)__builtin_ctzll(hits);
            hashes[listed] = hash_of(tables, line->entries + number);
            __builtin_prefetch(tables->triples + (hashes[listed] >> tables->triple_shift >> 5));
            candidates[listed++] = (uint32_t)number;
        }
    }
    for (size_t place = 0; place < listed && kept <= most; place++) {
        candidates[kept] = candidates[place];
        kept += may_end(tables, hashes[place]);
    }
    return kept;
}

size_t cterm_narrow(const cterm_tables *tables, const cterm_text *line, size_t first, size_t end, size_t most,
                      uint32_t *candidates) {
    if (tables->is_large) return narrow_large(tables, line, first, end, most, candidates);
    size_t kept = 0;
    for (size_t word = first >> 6; word << 6 < end && kept <= most; word++) {
        for (uint64_t hits = line->hits[word]; hits != 0; hits &= hits - 1) {
            size_t number = word << 6 | (size_t)__builtin_ctzll(hits);
            // Written always and counted only if it is one: nothing to mispredict.
            candidates[kept] = (uint32_t)number;
            kept += may_end(tables, hash_of(tables, line->entries + number));
        }
    }
    return kept;
}

/// Where a look-up led: a span; or from a branch at which no term ends the key to go on with, which has its highest bit
/// set, as no span has. Asks for the memory that is needed next.
static inline uint64_t follow(const cterm_tables *tables, uint64_t key, const uint32_t *entry) {
    // An empty slot has neither first nor count.
    cterm_slot slot = cterm_find(tables, key);
    if (slot.count == CTERM_BRANCH && tables->branches[slot.first].complete == 0) {
        uint32_t symbol = cterm_of(tables, entry[-(intptr_t)tables->branches[slot.first].depth]);
        uint64_t next = cterm_branch_key(slot.first, symbol);
        __builtin_prefetch(tables->slots + (cterm_slot_hash(next) & tables->slot_mask));
        return next;
    }
    // Terms of two, of three and of more alternate at random in a text full of them, so nothing here is a branch.
    __builtin_prefetch(tables->records + (slot.count < CTERM_TWO ? slot.first : 0));
    bool is_other = (slot.count == CTERM_THREE) &
                    (cterm_of(tables, entry[-2]) != (slot.key & ((1u << CTERM_BITS) - 1)));
    return ((uint64_t)slot.first << 32 | slot.count) & ((uint64_t)is_other - 1);
}

void cterm_locate(const cterm_tables *tables, const cterm_text *line, const uint32_t *candidates, size_t count,
                    uint64_t *spans) {
    for (size_t number = 0; number < count; number++) {
        const uint32_t *entry = line->entries + candidates[number];
        uint64_t key = cterm_pair_key(cterm_of(tables, entry[0]), cterm_of(tables, entry[-1]));
        __builtin_prefetch(tables->slots + (cterm_slot_hash(key) & tables->slot_mask));
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
