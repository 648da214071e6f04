#include "exact_scan.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include "avx512.h"

bool cterm_has_avx512(void) {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") &&
           __builtin_cpu_supports("bmi2");
}

// Tables by the upper half of a lead byte: 0 to 7 ASCII, 8 to B no lead, C and D two bytes, E three, F four.
#define BY_LEAD(ascii, two, three, four)                                                                             \
    _mm512_setr_epi32(ascii, ascii, ascii, ascii, ascii, ascii, ascii, ascii, 0, 0, 0, 0, two, two, three, four)

/// 16 code points with an irregular page among them: their look-ups, which are rare.
/// - Returns: The lanes that hold a term of one symbol, or -1 if the general reader must take over.
AVX512 __attribute__((noinline)) static int look_up(const cterm_tables *tables, __m512i *entries, __m512i *codes,
                                                    unsigned count) {
    uint32_t entry[16], code[16];
    _mm512_storeu_si512(entry, *entries);
    _mm512_storeu_si512(code, *codes);
    int singles = 0;
    for (unsigned lane = 0; lane < count; lane++) {
        uint32_t scalar = entry[lane];
        if (scalar >= 0x10000) {
            uint32_t page = (scalar - 0x10000) >> 8;
            if (scalar <= 0x10FFFF && tables->astral_pages[page >> 5] >> (page & 31) & 1) return -1;
            entry[lane] = CTERM_IS_SYMBOL;
            code[lane] = CTERM_NO_CODE;
        } else {
            uint32_t symbol = tables->map[scalar];
            if (symbol >= CTERM_IRREGULAR) return -1;
            singles |= (symbol - 1 < tables->singles) << lane;
        }
    }
    *entries = _mm512_loadu_si512(entry);
    *codes = _mm512_loadu_si512(code);
    return singles;
}

/// For each lane the word of 64 that has bit `number & 0x7FF`.
AVX512 __attribute__((always_inline)) static inline __m512i word_of_few(const __m512i *words, __m512i number) {
    __m512i place = _mm512_srli_epi32(number, 5);
    __mmask16 upper = _mm512_test_epi32_mask(number, _mm512_set1_epi32(1 << 10));
    return _mm512_mask_blend_epi32(upper, _mm512_permutex2var_epi32(words[0], place, words[1]),
                                   _mm512_permutex2var_epi32(words[2], place, words[3]));
}

// One step, 16 code points:
//
//     64 bytes ─ which are no continuation bytes ─> lead bits ─ compress ─> where each code point starts
//              ─ permute: four bytes from each start into a lane of its own ─ mask, multiply-add, shift ─> code points
//              ─ hash with the lane before, gather a word of the pair filter, test a bit ─> hits
//
// A gather takes a third of a step. So the pairs of a small set are asked in registers: two bits of 4,096, not two of
// 65,536 or more. That lets more pass, which is still few. Of a large set every fourth passes, so those that do are listed
// here, with their hashes of three.
//
// The only chain from one step to the next is the number of bytes taken.
AVX512 __attribute__((always_inline)) static inline intptr_t read_text(const cterm_tables *tables,
                                                                       const uint8_t *text, size_t count,
                                                                       const cterm_text *line, const bool few,
                                                                       const bool large, const bool brief) {
    const __m512i byte_numbers = _mm512_set_epi8(
        63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36,
        35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7,
        6, 5, 4, 3, 2, 1, 0);
    const __m512i lane_numbers = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    // Lane k: four times k, so that a byte permute copies start k into its four bytes.
    const __m512i lane_bytes = _mm512_mullo_epi32(lane_numbers, _mm512_set1_epi32(0x01010101));
    const __m512i shifts = BY_LEAD(18, 12, 6, 0);
    const __m512i masks = BY_LEAD(0x7F, 0x3F1F, 0x3F3F0F, 0x3F3F3F07);
    const __m512i pages = _mm512_loadu_si512(tables->pages);
    const __m512i one = _mm512_set1_epi32(1);
    const __m128i pair_shift = _mm_cvtsi32_si128((int)tables->pair_shift);
    // `cterm_pair_bits`, by the four lowest bits of a hash.
    const __m512i apart = _mm512_or_si512(one, _mm512_sllv_epi32(_mm512_set1_epi32(2), lane_numbers));
    const uint32_t *pairs = tables->pairs;
    const __m128i triple_shift = _mm_cvtsi32_si128((int)tables->triple_shift);
    const __m128i triple_word_shift = _mm_cvtsi32_si128((int)tables->triple_shift + 5);
    const uint32_t *triples = tables->triples;
    __m512i few_words[8];
    if (few) {
        for (int part = 0; part < 8; part++) few_words[part] = _mm512_loadu_si512(tables->few_pairs + 16 * part);
    }
    // Masks come from general registers. A compiler makes a constant one from `kxnor k0, k0`, which waits for whatever
    // k0 was last, here the gather of the step before: with it, steps no longer overlapped and took 1.7 times as long.
    unsigned all = 0xFFFF;
    __asm__("" : "+r"(all));
    uint32_t *entries_out = line->entries;
    uint8_t *offsets_out = line->offsets;
    uint32_t *bases_out = line->bases;
    uint32_t *hashes_out = line->hashes, *listed_out = line->listed;
    uint64_t *hits_out = line->hits;
    // Written when it is whole: a load of 64 bits that follows four stores of 16 must wait until they have reached the cache.
    uint64_t hits_word = 0;
    __m512i previous = _mm512_set1_epi32(CTERM_NO_CODE);
    size_t step = 0, at = 0;
    unsigned taken = 16;
    while (at < count) {
        _mm_prefetch((const char *)text + at + 1024, _MM_HINT_T0);
        size_t left = count - at;
        __mmask64 inside = _bzhi_u64(~0ull, left < 64 ? (unsigned)left : 64);
        __m512i bytes = _mm512_maskz_loadu_epi8(inside, text + at);
        __mmask64 leads = _mm512_mask_cmpge_epi8_mask(inside, bytes, _mm512_set1_epi8(-64));
        __m512i positions = _mm512_maskz_compress_epi8(leads, byte_numbers);
        uint64_t seventeenth = _pdep_u64(1ull << 16, leads);
        size_t advance = _tzcnt_u64(seventeenth);
        if (__builtin_expect(seventeenth == 0, 0)) {
            if (left > 64) return CTERM_NEEDS_READER;
            taken = (unsigned)_mm_popcnt_u64(leads);
        }
        __m512i quads = _mm512_permutexvar_epi8(
            _mm512_add_epi8(_mm512_permutexvar_epi8(lane_bytes, positions), _mm512_set1_epi32(0x03020100)), bytes);
        __m512i kind = _mm512_srli_epi32(quads, 4);
        __m512i codes = _mm512_srlv_epi32(
            _mm512_madd_epi16(
                _mm512_maddubs_epi16(
                    _mm512_and_si512(quads, _mm512_permutexvar_epi32(kind, masks)), _mm512_set1_epi32(0x01400140)),
                _mm512_set1_epi32(0x00011000)),
            _mm512_permutexvar_epi32(kind, shifts));
        __m512i entries = codes;
        __m512i page = _mm512_permutexvar_epi32(_mm512_srli_epi32(codes, 12), pages);
        __mmask16 special = _mm512_test_epi32_mask(page, _mm512_rolv_epi32(one, _mm512_srli_epi32(codes, 7)));
        __mmask16 astral = _mm512_cmpge_epu32_mask(codes, _mm512_set1_epi32(0x10000));
        uint32_t hits = 0, singles_here = 0;
        if (__builtin_expect(!_mm512_kortestz(special, astral), 0)) {
            // Copies, so that the others need no address and stay in registers.
            __m512i changed_entries = entries, changed_codes = codes;
            int singles = look_up(tables, &changed_entries, &changed_codes, taken);
            if (singles < 0) return CTERM_NEEDS_READER;
            entries = changed_entries;
            codes = changed_codes;
            hits = singles_here = (uint32_t)singles;
        }
        __m512i before = _mm512_alignr_epi32(codes, previous, 15);
        __m512i two_before = _mm512_alignr_epi32(codes, previous, 14);
        previous = codes;
        __m512i pair = _mm512_xor_si512(_mm512_slli_epi32(before, 16), codes);
        __m512i hash = _mm512_mullo_epi32(pair, _mm512_set1_epi32((int)CTERM_PAIR_FACTOR));
        if (few) {
            __m512i first = _mm512_srli_epi32(hash, 21), second = _mm512_srli_epi32(hash, 10);
            __mmask16 passed =
                _mm512_test_epi32_mask(word_of_few(few_words, first), _mm512_rolv_epi32(one, first));
            hits |= _mm512_mask_test_epi32_mask(passed, word_of_few(few_words + 4, second),
                                                _mm512_rolv_epi32(one, second));
        } else {
            __m512i number = _mm512_srl_epi32(hash, pair_shift);
            __m512i words = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), (__mmask16)all,
                                                        _mm512_srli_epi32(number, 5), pairs, 4);
            __m512i bits = _mm512_rolv_epi32(_mm512_permutexvar_epi32(hash, apart), number);
            __m512i missing = _mm512_andnot_si512(words, bits);
            hits |= _mm512_testn_epi32_mask(missing, missing);
            if (large) {
                __m512i other = _mm512_mullo_epi32(pair, _mm512_set1_epi32((int)CTERM_TWO_FACTOR));
                __m512i triple = _mm512_add_epi32(
                    other, _mm512_mullo_epi32(two_before, _mm512_set1_epi32((int)CTERM_BEFORE_FACTOR)));
                __m512i two_bits = _mm512_or_si512(_mm512_rolv_epi32(one, _mm512_srli_epi32(other, 27)),
                                                   _mm512_rolv_epi32(one, _mm512_srli_epi32(other, 22)));
                __m512i missing_two = _mm512_andnot_si512(words, two_bits);
                __mmask16 is_asked = _mm512_test_epi32_mask(missing_two, missing_two) & (__mmask16)~singles_here;
                __m512i asked = _mm512_maskz_mov_epi32(is_asked, triple);
                if (brief) {
                    __m512i triple_words = _mm512_mask_i32gather_epi32(
                        _mm512_setzero_si512(), (__mmask16)hits, _mm512_srl_epi32(asked, triple_word_shift), triples, 4);
                    __m512i triple_bits = _mm512_or_si512(_mm512_rolv_epi32(one, _mm512_srl_epi32(asked, triple_shift)),
                                                          _mm512_rolv_epi32(one, _mm512_srli_epi32(asked, 4)));
                    __m512i missing_triple = _mm512_andnot_si512(triple_words, triple_bits);
                    hits = _mm512_mask_testn_epi32_mask((__mmask16)hits, missing_triple, missing_triple);
                } else {
                    __mmask16 in_text = (__mmask16)(seventeenth == 0 ? hits & ((1u << taken) - 1) : hits);
                    __m512i numbers = _mm512_add_epi32(lane_numbers, _mm512_set1_epi32((int)(step * 16)));
                    _mm512_storeu_si512(listed_out, _mm512_maskz_compress_epi32(in_text, numbers));
                    _mm512_storeu_si512(hashes_out, _mm512_maskz_compress_epi32(in_text, asked));
                    unsigned listed = (unsigned)_mm_popcnt_u32(in_text);
                    listed_out += listed;
                    hashes_out += listed;
                }
            }
        }
        _mm512_storeu_si512(entries_out + step * 16, entries);
        _mm_storeu_si128((__m128i *)(offsets_out + step * 16), _mm512_castsi512_si128(positions));
        bases_out[step] = (uint32_t)at;
        if (seventeenth == 0) {
            hits_word |= (uint64_t)(hits & ((1u << taken) - 1)) << (step++ % 4 * 16);
            break;
        }
        hits_word |= (uint64_t)(hits & 0xFFFF) << (step++ % 4 * 16);
        if (step % 4 == 0) {
            hits_out[step / 4 - 1] = hits_word;
            hits_word = 0;
        }
        at += advance;
    }
    if (step == 0) return 0;
    hits_out[(step - 1) / 4] = hits_word;
    return (intptr_t)((step - 1) * 16 + taken);
}

AVX512 static intptr_t read_few(const cterm_tables *tables, const uint8_t *text, size_t count,
                                const cterm_text *line) {
    return read_text(tables, text, count, line, true, false, false);
}

// Apart, so that the two loops of small sets keep their registers.
AVX512 __attribute__((noinline)) static intptr_t read_large(const cterm_tables *tables, const uint8_t *text,
                                                            size_t count, const cterm_text *line) {
    return read_text(tables, text, count, line, false, true, false);
}

AVX512 __attribute__((noinline)) static intptr_t read_brief(const cterm_tables *tables, const uint8_t *text,
                                                            size_t count, const cterm_text *line) {
    return read_text(tables, text, count, line, false, true, true);
}

AVX512 intptr_t cterm_read_avx512(const cterm_tables *tables, const uint8_t *text, size_t count,
                                    const cterm_text *line) {
    if (tables->few_pairs) return read_few(tables, text, count, line);
    if (tables->is_large && count <= CTERM_BRIEF) return read_brief(tables, text, count, line);
    if (tables->is_large) return read_large(tables, text, count, line);
    return read_text(tables, text, count, line, false, false, false);
}

AVX512 size_t cterm_narrow_avx512(const cterm_tables *tables, cterm_text *line, size_t first, size_t end, size_t most,
                                    uint32_t *candidates) {
    size_t count = 0, kept = 0;
    for (size_t word = first >> 6; word << 6 < end; word++) count += (size_t)_mm_popcnt_u64(line->hits[word]);
    const uint32_t *listed = line->listed + line->narrowed, *hashes = line->hashes + line->narrowed;
    line->narrowed += count;
    const __m512i one = _mm512_set1_epi32(1);
    const __m128i shift = _mm_cvtsi32_si128((int)tables->triple_shift);
    const __m128i word_shift = _mm_cvtsi32_si128((int)tables->triple_shift + 5);
    for (size_t at = 0; at < count && kept <= most; at += 16) {
        __mmask16 here = (__mmask16)_bzhi_u32(0xFFFF, count - at < 16 ? (unsigned)(count - at) : 16);
        __m512i hash = _mm512_maskz_loadu_epi32(here, hashes + at);
        __m512i words = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), here, _mm512_srl_epi32(hash, word_shift),
                                                    tables->triples, 4);
        __m512i bits = _mm512_or_si512(_mm512_rolv_epi32(one, _mm512_srl_epi32(hash, shift)),
                                       _mm512_rolv_epi32(one, _mm512_srli_epi32(hash, 4)));
        __m512i missing = _mm512_andnot_si512(words, bits);
        __mmask16 passed = _mm512_mask_testn_epi32_mask(here, missing, missing);
        _mm512_storeu_si512(candidates + kept, _mm512_maskz_compress_epi32(passed, _mm512_loadu_si512(listed + at)));
        kept += (size_t)_mm_popcnt_u32(passed);
    }
    return kept;
}

#else

bool cterm_has_avx512(void) { return false; }

size_t cterm_narrow_avx512(const cterm_tables *tables, cterm_text *line, size_t first, size_t end, size_t most,
                             uint32_t *candidates) {
    return cterm_narrow(tables, line, first, end, most, candidates);
}

intptr_t cterm_read_avx512(const cterm_tables *tables, const uint8_t *text, size_t count,
                             const cterm_text *line) {
    return cterm_read_portable(tables, text, count, line);
}

#endif
