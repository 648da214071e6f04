// Sixteen bytes at a time, in the vector extension of clang: SSE2 on x86-64, NEON on aarch64.
#pragma once
#include <cstdint>
#include <cstring>

namespace csimdjson {

using Bytes16 = uint8_t __attribute__((vector_size(16)));
using Flags16 = bool __attribute__((ext_vector_type(16)));

inline Bytes16 load16(const uint8_t *bytes) {
    Bytes16 vector;
    std::memcpy(&vector, bytes, sizeof(vector));
    return vector;
}

// A bit for each byte of a comparison that holds, the first byte's lowest.
template <typename Comparison> inline uint32_t bits(Comparison holds) {
    return __builtin_bit_cast(uint16_t, __builtin_convertvector(holds, Flags16));
}

inline uint64_t load8(const uint8_t *bytes) {
    uint64_t word;
    std::memcpy(&word, bytes, sizeof(word));
    return word;
}

inline uint32_t load4(const uint8_t *bytes) {
    uint32_t word;
    std::memcpy(&word, bytes, sizeof(word));
    return word;
}

}  // namespace csimdjson
