// The one parser behind both entry points: what is JSON, and within which limits, is decided here alone.
#pragma once
#include "CSimdjson.h"

#include <cstring>
#include <simdjson.h>
#include <vector>

namespace csimdjson {

inline cs_status status_of(simdjson::error_code code) {
    switch (code) {
    case simdjson::SUCCESS: return CS_OK;
    case simdjson::EMPTY: return CS_EMPTY;
    case simdjson::UTF8_ERROR: return CS_UTF8;
    case simdjson::DEPTH_ERROR: return CS_DEPTH;
    case simdjson::NUMBER_ERROR:
    case simdjson::NUMBER_OUT_OF_RANGE: return CS_NUMBER;
    case simdjson::STRING_ERROR:
    case simdjson::UNESCAPED_CHARS: return CS_STRING;
    case simdjson::CAPACITY: return CS_CAPACITY;
    case simdjson::MEMALLOC: return CS_MEMORY;
    default: return CS_SYNTAX;
    }
}

class Parser {
public:
    const size_t max_bytes;
    const size_t max_depth;

    // Throws std::bad_alloc.
    Parser(size_t bytes, size_t depth) : max_bytes(bytes), max_depth(depth), document(bytes) { make_room(4096); }

    // Copies a document to where SIMDJSON_PADDING bytes behind it may be read; those are zero.
    cs_status hold(const uint8_t *bytes, size_t length) {
        if (length == 0) { return CS_EMPTY; }
        if (length > max_bytes) { return CS_CAPACITY; }
        if (room < length) {
            try {
                make_room(length * 2);
            } catch (...) {
                return CS_MEMORY;
            }
        }
        std::memcpy(padded.data(), bytes, length);
        std::memset(padded.data() + length, 0, simdjson::SIMDJSON_PADDING);
        held = length;
        return CS_OK;
    }

    const uint8_t *begin() const { return padded.data(); }
    const uint8_t *end() const { return padded.data() + held; }

    // Parses the document that is held. The root is valid until the next call.
    cs_status parse(simdjson::dom::element &root) {
        // The parser grows by itself, but would then forget the depth it was given.
        if (document.capacity() < held) {
            size_t capacity = held < 2048 ? 4096 : held * 2;
            simdjson::error_code grown = document.allocate(capacity < max_bytes ? capacity : max_bytes, max_depth);
            if (grown != simdjson::SUCCESS) { return status_of(grown); }
        }
        return status_of(document.parse(padded.data(), held, false).get(root));
    }

private:
    simdjson::dom::parser document;
    std::vector<uint8_t> padded;
    size_t room = 0;
    size_t held = 0;

    void make_room(size_t bytes) {
        padded.resize(bytes + simdjson::SIMDJSON_PADDING);
        room = bytes;
    }
};

}  // namespace csimdjson
