// Reads seeded texts with the portable kernels and prints a digest of all they write, to be the same on every machine.
//
// The tables are random: what is compared is the arithmetic of the kernels, not what they find.

#include <stdio.h>
#include <string.h>

#include "CTermScan.h"

enum { texts = 200000, most_bytes = 400, room = 1024 };

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
static uint32_t fuzzy_map[0x10000], signatures[64], fuzzy_pairs[FUZZY_GROUPS * FUZZY_GROUPS / 8];
static fuzzy_class classes[64];
static fuzzy_block blocks[8];

static void make_tables(void) {
    for (size_t code = 0; code < 0x10000; code++) {
        map[code] = below(4) == 0 ? 1 + below(500) : below(300) == 0 ? CTERM_IRREGULAR : 0;
        const uint32_t flags = below(8) == 0 ? 1u << (25 + below(7)) : 0;
        fuzzy_map[code] = flags | below(FUZZY_GROUPS) << FUZZY_GROUP_SHIFT | below(64);
    }
    for (int count = 0; count < 8; count++) {
        uint32_t page = below(512);
        pages[page >> 5] |= 1u << (page & 31);
    }
    for (size_t word = 0; word < 2048; word++) {
        pairs[word] = (uint32_t)(random_number() & random_number());
        triples[word] = (uint32_t)(random_number() & random_number());
    }
    codes[0] = CTERM_NO_CODE;
    for (size_t symbol = 1; symbol <= 500; symbol++) codes[symbol] = below(0x10000);
    for (size_t number = 0; number < 64; number++) {
        uint64_t *words = (uint64_t *)(classes + number);
        for (size_t word = 0; word < sizeof *classes / 8; word++) words[word] = random_number() & random_number();
        signatures[number] = (uint32_t)(random_number() & random_number());
    }
    for (size_t word = 0; word < sizeof fuzzy_pairs / 4; word++)
        fuzzy_pairs[word] = (uint32_t)(random_number() & random_number());
    uint32_t *words = (uint32_t *)blocks;
    for (size_t word = 0; word < sizeof blocks / 4; word++) words[word] = (uint32_t)random_number();
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

/// What the prefilter says of a block of entries, and which terms may end at each hit.
static void add_hits(const fuzzy_tables *tables, const fuzzy_scan *scan, size_t first) {
    size_t hit = 0;
    for (size_t place = first; place < scan->next; place++) {
        if ((scan->passed[place >> 6] >> (place & 63) & 1) == 0) continue;
        for (int word = 0; word < FUZZY_BUCKETS / 64; word++) add(scan->hits[hit].words[word]);
        hit++;
        uint32_t wanted[FUZZY_DEPTH], terms[16 * 8];
        add(fuzzy_signatures(tables, scan->entries, place, wanted));
        size_t count = fuzzy_confirm_portable(tables, 0, 8, wanted, terms);
        candidates_seen += count;
        for (size_t number = 0; number < count; number++) add((uint64_t)place << 32 | terms[number]);
    }
}

int main(void) {
    make_tables();
    cterm_tables tables = {
        .map = map,
        .pages = pages,
        .astral_pages = astral_pages,
        .pairs = pairs,
        .triples = triples,
        .pair_shift = 16,
        .triple_shift = 16,
        .codes = codes,
        .singles = 5};
    const fuzzy_tables fuzzy = {
        .map = fuzzy_map, .classes = classes, .signatures = signatures, .pairs = fuzzy_pairs, .blocks = blocks};
    static uint32_t entries[16 + room], bases[room], narrowed[room], hashes[room];
    static uint8_t text[most_bytes], offsets[room];
    static uint32_t fuzzy_entries[FUZZY_ENTRIES_BEFORE + room];
    static uint64_t hits[room / 64 + 2], bits[5][room / 64 + 1];
    static fuzzy_buckets fuzzy_hits[FUZZY_BLOCK];
    const cterm_text line = {
        .entries = entries + 16, .offsets = offsets, .bases = bases, .hits = hits, .hashes = hashes};
    size_t read = 0, left_to_reader = 0;
    for (int number = 0; number < texts; number++) {
        size_t bytes = make_text(text);
        memset(hits, 0, sizeof hits);
        intptr_t count = cterm_read_portable(&tables, text, bytes, &line);
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
            size_t kept = cterm_narrow(&tables, &line, 0, (size_t)count, (size_t)count, narrowed);
            for (size_t candidate = 0; candidate < kept; candidate++) add(narrowed[candidate]);
        }
        fuzzy_scan scan = {
            .codes = line.entries,
            .count = (size_t)count,
            .entries = fuzzy_entries + FUZZY_ENTRIES_BEFORE,
            .marked = bits[0],
            .skipped = bits[1],
            .pairs = bits[2],
            .suffixes = bits[3],
            .passed = bits[4],
            .hits = fuzzy_hits};
        fuzzy_read_portable(&fuzzy, &scan);
        for (intptr_t word = 0; word << 6 < count; word++)
            for (int kind = 0; kind < 4; kind++) add(bits[kind][word]);
        while (scan.next < scan.count) {
            size_t first = scan.next;
            fuzzy_filter_portable(&fuzzy, &scan);
            add_hits(&fuzzy, &scan, first);
        }
    }
    printf("%d texts, %zu code points, %zu left to the reader, %zu fuzzy candidates: %016llx\n", texts, read,
           left_to_reader, candidates_seen, (unsigned long long)digest);
    return 0;
}
