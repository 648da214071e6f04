// Records whose fields are known beforehand: one call each, one pass in most cases, no allocation.
#include "CSimdjson.h"
#include "FastPath.h"
#include "GeneralPath.h"
#include "KnownFields.h"
#include "Parser.h"
#include "Slots.h"

#include <memory>
#include <new>

using namespace csimdjson;

struct cs_reader {
    Parser parser;
    KnownFields known;
    Slots found;
    cs_record record;

    cs_reader(size_t lists, size_t max_entries, size_t max_bytes, size_t max_depth)
        : parser(max_bytes, max_depth), found(lists, max_entries) {
        record.slots = found.slots;
        record.entries = found.entries.data();
        record.groups = found.groups;
    }

    cs_status read(const uint8_t *bytes, size_t length, bool may_be_fast) {
        cs_status status = parser.hold(bytes, length);
        if (status != CS_OK) { return status; }
        // The fast path goes two levels deep below the record.
        record.is_fast = may_be_fast && parser.max_depth > 2 && fast::read(parser.begin(), parser.end(), known, found);
        record.type = CS_OBJECT;
        if (!record.is_fast) {
            simdjson::dom::element root;
            status = parser.parse(root);
            if (status != CS_OK) { return status; }
            record.type = GeneralPath(known, found).read(root);
        }
        record.names_read = found.names_read;
        record.present = found.present;
        return CS_OK;
    }
};

cs_reader *cs_reader_new(
    const cs_known_field *fields, size_t count, size_t max_entries, size_t max_bytes, size_t max_depth) {
    try {
        size_t lists = 0;
        for (size_t slot = 0; slot < count; slot++) { lists += fields[slot].is_list != 0; }
        auto reader = std::make_unique<cs_reader>(lists, max_entries, max_bytes, max_depth);
        return reader->known.build(fields, count) ? reader.release() : nullptr;
    } catch (...) {
        return nullptr;
    }
}

void cs_reader_free(cs_reader *reader) { delete reader; }

const cs_record *cs_read(cs_reader *reader, const uint8_t *bytes, size_t length) {
    reader->record.status = reader->read(bytes, length, true);
    return &reader->record;
}

const cs_record *cs_read_generally(cs_reader *reader, const uint8_t *bytes, size_t length) {
    reader->record.status = reader->read(bytes, length, false);
    return &reader->record;
}
