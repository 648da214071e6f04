#pragma once
#include "CSimdjson.h"

#include <simdjson.h>

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
