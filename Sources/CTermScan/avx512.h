#ifndef AVX512_H
#define AVX512_H

// What the kernels for AVX-512 are compiled for; `cterm_has_avx512` asks for the same.
#define AVX512 \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt,lzcnt")))

#endif
