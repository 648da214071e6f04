#include "fuzzy_scan.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include "avx512.h"

// A class is one register: what it wants before it, and its own buckets. A permute puts those of the two code points before
// beside what is wanted of each, one test compares all. 14 instructions a code point.
AVX512 void cloose_sieve_avx512(const cloose_tables *tables, const cloose_scan *scan) {
    const uint16_t *map = tables->map;
    const cloose_sieve *sieves = tables->sieves;
    const uint32_t *codes = scan->codes;
    uint16_t *classes = scan->classes;
    const size_t count = scan->count;
    const __m512i flag = _mm512_set_epi64((long long)CLOOSE_SPECIAL, 0, 0, 0, 0, 0, 0, 0);
    const __m512i places = _mm512_setr_epi64(6, 7, 6, 7, 6, 7, 0, 0);
    __m512i before = _mm512_setzero_si512(), third = before;
    // Of each code point one bit for each word of its class that has something in common with what stands there.
    uint8_t common[64];
    for (size_t first = 0; first < count; first += 64) {
        const size_t most = count - first < 64 ? count - first : 64;
        for (size_t number = 0; number < most; number++) {
            uint16_t class = map[codes[first + number] & 0xFFFF];
            classes[first + number] = class;
            __m512i own = _mm512_loadu_si512(sieves + class);
            __m512i around = _mm512_mask_permutexvar_epi64(flag, 0x0F, places, before);
            around = _mm512_mask_permutexvar_epi64(around, 0x30, places, third);
            common[number] = (uint8_t)_cvtmask8_u32(_mm512_test_epi64_mask(own, around));
            third = before;
            before = own;
        }
        __m512i bits = _mm512_maskz_loadu_epi8(_bzhi_u64(~0ull, (unsigned)most), common);
        uint64_t two = _mm512_test_epi8_mask(bits, _mm512_set1_epi8(3));
        uint64_t longer = _mm512_test_epi8_mask(bits, _mm512_set1_epi8(12));
        uint64_t longest = _mm512_test_epi8_mask(bits, _mm512_set1_epi8(48));
        scan->sieved[first >> 6] = two | (longer & longest);
        scan->specials[first >> 6] = _mm512_movepi8_mask(bits);
    }
}

#else

void cloose_sieve_avx512(const cloose_tables *tables, const cloose_scan *scan) { cloose_sieve_portable(tables, scan); }

#endif
