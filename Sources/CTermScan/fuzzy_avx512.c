#include "fuzzy_loops.h"

#if defined(__x86_64__) && __has_attribute(target)

#include <immintrin.h>

#define FUZZY_AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,bmi,bmi2,lzcnt,popcnt")))

// Sixteen code points a step. A gather brings their entries, another the cells of the pair table.
FUZZY_AVX512 void fuzzy_read_avx512(const fuzzy_tables *tables, fuzzy_scan *scan) {
    const __m512i code_mask = _mm512_set1_epi32(0xFFFF), group_mask = _mm512_set1_epi32(FUZZY_GROUP_MASK);
    const __m512i marks = _mm512_set1_epi32(FUZZY_LETTER | FUZZY_FIRST_HALF);
    const __m512i skips = _mm512_set1_epi32((int)(FUZZY_LETTER | FUZZY_SKIPPABLE));
    const __m512i pair = _mm512_set1_epi32(FUZZY_CELL_PAIR), end = _mm512_set1_epi32(FUZZY_CELL_LAST);
    const __m512i third = _mm512_set1_epi32(FUZZY_CELL_THIRD), two = _mm512_set1_epi32(FUZZY_CELL_TWO);
    uint32_t before_end = 0;
    uint16_t *marked = (uint16_t *)scan->marked, *skipped = (uint16_t *)scan->skipped;
    uint16_t *pairs = (uint16_t *)scan->pairs, *suffixes = (uint16_t *)scan->suffixes;
    __m512i last = _mm512_setzero_si512();
    for (size_t first = 0; first < scan->count; first += 16) {
        const size_t left = scan->count - first;
        const __mmask16 lanes = left < 16 ? (__mmask16)((1u << left) - 1) : 0xFFFF;
        const __mmask16 followed = left < 17 ? lanes >> 1 : 0xFFFF;
        const __m512i raw = _mm512_maskz_loadu_epi32(lanes, scan->codes + first);
        const __mmask16 again =
            _mm512_mask_cmpeq_epi32_mask(followed, raw, _mm512_maskz_loadu_epi32(followed, scan->codes + first + 1));
        const __m512i codes = _mm512_and_epi32(raw, code_mask);
        const __m512i entries = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), lanes, codes, tables->map, 4);
        _mm512_mask_storeu_epi32(scan->entries + first, lanes, entries);
        const __m512i group = _mm512_and_epi32(_mm512_srli_epi32(entries, FUZZY_GROUP_SHIFT), group_mask);
        const __m512i before = _mm512_alignr_epi32(group, last, 15);
        // (group << 7 | before >> 3) ^ (group & 7) << 4, as `fuzzy_cell_word` has it.
        const __m512i word = _mm512_ternarylogic_epi32(
            _mm512_slli_epi32(group, 7), _mm512_srli_epi32(before, 3),
            _mm512_slli_epi32(_mm512_and_epi32(group, _mm512_set1_epi32(7)), 4), 0x96);
        const __m512i rows = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), lanes, word, tables->pairs, 4);
        const __m512i cells = _mm512_srlv_epi32(
            rows, _mm512_slli_epi32(_mm512_and_epi32(before, _mm512_set1_epi32(7)), 2));
        marked[first >> 4] = _mm512_test_epi32_mask(entries, marks) |
                             _mm512_mask_test_epi32_mask(again, entries, _mm512_set1_epi32(FUZZY_CLASS_MASK));
        skipped[first >> 4] = _mm512_test_epi32_mask(entries, skips);
        pairs[first >> 4] = _mm512_test_epi32_mask(cells, pair);
        const uint32_t thirds = (uint32_t)_mm512_test_epi32_mask(cells, third) << 1 | before_end;
        before_end = thirds >> 16;
        suffixes[first >> 4] =
            (uint16_t)(_mm512_mask_test_epi32_mask((__mmask16)thirds, cells, end) | _mm512_test_epi32_mask(cells, two));
        last = group;
    }
    // The rest of the last word.
    for (size_t step = (scan->count + 15) >> 4; step & 3; step++)
        marked[step] = skipped[step] = pairs[step] = suffixes[step] = 0;
    fuzzy_begin(tables, scan);
}

FUZZY_AVX512 void fuzzy_filter_avx512(const fuzzy_tables *tables, fuzzy_scan *scan) { fuzzy_filter(tables, scan); }

FUZZY_AVX512 size_t fuzzy_confirm_avx512(const fuzzy_tables *tables, size_t first, size_t end,
                                         const uint32_t *signatures, uint32_t *terms) {
    const __m512i last = _mm512_set1_epi32((int)signatures[0]), second = _mm512_set1_epi32((int)signatures[1]);
    const __m512i third = _mm512_set1_epi32((int)signatures[2]), fourth = _mm512_set1_epi32((int)signatures[3]);
    size_t count = 0;
    for (size_t number = first; number < end; number++) {
        const fuzzy_block *block = tables->blocks + number;
        __mmask16 alike = _mm512_test_epi32_mask(_mm512_load_si512(block->signatures[0]), last);
        alike = _mm512_mask_test_epi32_mask(alike, _mm512_load_si512(block->signatures[1]), second);
        alike = _mm512_mask_test_epi32_mask(alike, _mm512_load_si512(block->signatures[2]), third);
        alike = _mm512_mask_test_epi32_mask(alike, _mm512_load_si512(block->signatures[3]), fourth);
        for (uint32_t left = alike; left != 0; left &= left - 1)
            terms[count++] = (uint32_t)number << 4 | (uint32_t)__builtin_ctz(left);
    }
    return count;
}

#else

void fuzzy_read_avx512(const fuzzy_tables *tables, fuzzy_scan *scan) { fuzzy_read_portable(tables, scan); }

void fuzzy_filter_avx512(const fuzzy_tables *tables, fuzzy_scan *scan) { fuzzy_filter_portable(tables, scan); }

size_t fuzzy_confirm_avx512(const fuzzy_tables *tables, size_t first, size_t end, const uint32_t *signatures,
                            uint32_t *terms) {
    return fuzzy_confirm_portable(tables, first, end, signatures, terms);
}

#endif
