// What was found of a record. Both paths fill it.
#pragma once
#include "CSimdjson.h"

#include <vector>

namespace csimdjson {

struct Slots {
    const size_t max_entries;
    cs_slot slots[CS_MAX_SLOTS];
    cs_group groups[CS_MAX_GROUPS];
    std::vector<cs_entry> entries;
    size_t entry_count = 0;
    // A bit for each slot: whether the field stands in the record, and whether it does and is not null.
    uint64_t seen = 0;
    uint64_t present = 0;
    // The names that the fast path had to read, since it did not expect them.
    uint32_t names_read = 0;

    // With room for the entries of each list once. Throws std::bad_alloc.
    Slots(size_t lists, size_t max_entries) : max_entries(max_entries), entries(lists * max_entries + 1) {}

    void clear() {
        seen = present = 0;
        entry_count = 0;
        names_read = 0;
        for (cs_group &group : groups) { group = {0, -1}; }
    }
};

}  // namespace csimdjson
