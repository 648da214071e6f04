// Reads seeded texts with the portable kernels and prints a digest of all they write, to be the same on every machine.
//
// The tables are random: what is compared is the arithmetic of the kernels, not what they find.

#include <stdio.h>
#include <string.h>

#include "CTermScan.h"

enum { texts = 200000, most_bytes = 400, room = 1024, most_hits = 20000, most_units = 7 };

// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
static uint64_t seed = 1;
static uint64_t random_number(void) {
    uint64_t z = seed += 0x9E3779B97F4A7C15;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return z ^ z >> 31;
}
static uint32_t below(uint32_t limit) { return (uint32_t)(random_number() % limit); }

// FNV-1a, a number at a time.
static uint64_t digest = 0xCBF29CE484222325;
static void add(uint64_t number) { digest = (digest ^ number) * 0x100000001B3; }

static uint32_t map[0x10000], pages[16], astral_pages[0x1000], pairs[2048], triples[2048], codes[501];
static uint16_t class_map[0x10000], units[512];
static cloose_sieve sieves[64];
static cloose_class classes[64];
static cloose_slot slots[1024];
static uint64_t rows[2][512 * 8], memo[CLOOSE_MEMO_SIZE];

static void make_tables(void) {
    for (size_t code = 0; code < 0x10000; code++) {
        map[code] = below(4) == 0 ? 1 + below(500) : below(300) == 0 ? CSYMBOL_IRREGULAR : 0;
        class_map[code] = (uint16_t)below(64);
    }
    for (int count = 0; count < 8; count++) {
        uint32_t page = below(512);
        pages[page >> 5] |= 1u << (page & 31);
    }
    for (size_t word = 0; word < 2048; word++) {
        pairs[word] = (uint32_t)(random_number() & random_number());
        triples[word] = (uint32_t)(random_number() & random_number());
    }
    codes[0] = CSYMBOL_NO_CODE;
    for (size_t symbol = 1; symbol <= 500; symbol++) codes[symbol] = below(0x10000);
    for (size_t number = 0; number < 512; number++) units[number] = (uint16_t)(1 + below(479));
    for (size_t number = 0; number < 64; number++) {
        cloose_class *class = classes + number;
        class->unit_count = (uint16_t)below(number % 16 == 0 ? most_units + 1 : 4);
        class->first_unit = below(512 - most_units);
        class->flags = below(4) == 0 ? (uint16_t)(1u << below(4)) : 0;
        for (uint32_t unit = 0; unit < 4; unit++) {
            class->some[unit] = unit < class->unit_count ? units[class->first_unit + unit] : 0;
            class->lines[unit] = (uint16_t)cloose_line_of(class->some[unit]);
        }
        uint64_t *words = (uint64_t *)(sieves + number);
        for (int word = 0; word < 8; word++) words[word] = random_number() & random_number() & random_number();
        class->buckets = cloose_folded(cloose_buckets(sieves + number));
    }
    for (size_t word = 0; word < 512 * 8; word++) {
        rows[0][word] = random_number();
        rows[1][word] = random_number();
    }
    for (int count = 0; count < 400; count++) {
        // One by one: the order of a call's arguments is the compiler's.
        uint32_t before = 1 + below(479), last = 1 + below(479);
        uint32_t key = cloose_key(before, last);
        uint32_t place = cloose_slot_hash(key) & 1023;
        while (slots[place].key != 0) place = (place + 1) & 1023;
        slots[place] = (cloose_slot){.key = key, .marks = (uint32_t)random_number(), .first = below(100), .count = 1};
    }
}

/// Mostly ideographs, with letters, emoji, and bytes that are no text.
static size_t make_text(uint8_t *text) {
    size_t count = 0, least = below(most_bytes - 4);
    while (count < least) {
        switch (below(8)) {
        case 0: text[count++] = (uint8_t)random_number(); break;
        case 1: text[count++] = (uint8_t)below(128); break;
        case 2:
            memcpy(text + count, "\xF0\x9F\x94\xA5", 4);
            count += 4;
            break;
        default:
            text[count++] = (uint8_t)(0xE4 + below(6));
            text[count++] = (uint8_t)(0x80 + below(64));
            text[count++] = (uint8_t)(0x80 + below(64));
        }
    }
    return count;
}

static size_t candidates_seen;
static void add_candidates(const cloose_scan *scan) {
    candidates_seen += scan->found;
    for (size_t number = 0; number < scan->found; number++) {
        cloose_candidate candidate = scan->candidates[number];
        add((uint64_t)candidate.last << 32 | candidate.before);
        add((uint64_t)candidate.first << 32 | candidate.count);
        add(candidate.third);
    }
}

int main(void) {
    make_tables();
    csymbol_tables tables = {
        .map = map,
        .pages = pages,
        .astral_pages = astral_pages,
        .pairs = pairs,
        .triples = triples,
        .pair_shift = 16,
        .triple_shift = 16,
        .codes = codes,
        .singles = 5};
    const cloose_tables loose = {
        .map = class_map,
        .sieves = sieves,
        .classes = classes,
        .units = units,
        .rows = rows[0],
        .masked_rows = rows[1],
        .plain = {slots, 1023},
        .masked = {slots, 1023},
        .most = CLOOSE_PAIRS * most_units * most_units};
    static uint32_t entries[16 + room], bases[room], narrowed[room], hashes[room];
    static uint8_t text[most_bytes], offsets[room];
    static uint16_t line_classes[room];
    static uint64_t hits[room / 64 + 2], sieved[room / 64 + 1], specials[room / 64 + 1];
    static cloose_hit loose_hits[most_hits];
    static cloose_candidate candidates[most_hits];
    const csymbol_line line = {
        .entries = entries + 16, .offsets = offsets, .bases = bases, .hits = hits, .hashes = hashes};
    size_t read = 0, left_to_reader = 0;
    for (int number = 0; number < texts; number++) {
        size_t bytes = make_text(text);
        memset(hits, 0, sizeof hits);
        intptr_t count = csymbol_read_portable(&tables, text, bytes, &line);
        add((uint64_t)count);
        if (count < 0) {
            left_to_reader++;
            continue;
        }
        read += (size_t)count;
        for (intptr_t entry = 0; entry < count; entry++) {
            add(line.entries[entry]);
            add((uint64_t)bases[entry >> 4] << 8 | offsets[entry]);
            add(hits[entry >> 6] >> (entry & 63) & 1);
        }
        for (int large = 0; large < 2; large++) {
            tables.is_large = large;
            size_t kept = csymbol_narrow(&tables, &line, 0, (size_t)count, (size_t)count, narrowed);
            for (size_t candidate = 0; candidate < kept; candidate++) add(narrowed[candidate]);
        }
        cloose_scan scan = {
            .codes = line.entries,
            .count = (size_t)count,
            .classes = line_classes,
            .sieved = sieved,
            .specials = specials,
            .hits = loose_hits,
            .candidates = candidates,
            .capacity = most_hits,
            .memo = memo,
            .era = 1};
        cloose_sieve_portable(&loose, &scan);
        cloose_begin(&loose, &scan);
        for (bool more = true; more; add_candidates(&scan)) more = cloose_next_sieved(&loose, &scan);
        for (bool more = true; more; add_candidates(&scan)) more = cloose_next_special(&loose, &scan);
    }
    printf("%d texts, %zu code points, %zu left to the reader, %zu loose candidates: %016llx\n", texts, read,
           left_to_reader, candidates_seen, (unsigned long long)digest);
    return 0;
}
