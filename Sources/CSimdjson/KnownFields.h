// The fields that a reader knows, and which of them it expects next.
#pragma once
#include "Bytes16.h"
#include "CSimdjson.h"

#include <cstddef>

namespace csimdjson {

// What stood between two values of an object when it was last read, and what came then. Producers write their fields in
// one order and with one spacing; so the names of most fields need not be read, only compared.
//
//     "platform":"douyin" , "room_id": "r1"
//                        ^^^^^^^^^^^^^^        the bytes; the quote belongs to them if a text came
struct alignas(64) Link {
    uint8_t bytes[32] = {};
    // A bit for each of the bytes. While there are none a bit that no comparison sets, so that nothing matches.
    uint32_t wanted = 1u << 31;
    uint8_t length = 0;
    bool is_long = false;
    bool opens_text = false;
    uint8_t slot = 0;
    uint64_t bit = 0;
    cs_slot *place = nullptr;
    // What followed the value.
    Link *next = nullptr;

    // Whether the bytes stand here. Reads no further than 32 bytes.
    bool stands_at(const uint8_t *at) const {
        uint32_t equal = bits(load16(at) == load16(bytes));
        if (is_long) { equal |= bits(load16(at + 16) == load16(bytes + 16)) << 16; }
        return (wanted & ~equal) == 0;
    }

    // Remembers no bytes if there are too many.
    void remember(const uint8_t *start, size_t count) {
        length = 0;
        wanted = 1u << 31;
        is_long = false;
        if (count == 0 || count > sizeof(bytes)) { return; }
        std::memcpy(bytes, start, count);
        length = static_cast<uint8_t>(count);
        wanted = ~uint32_t(0) >> (sizeof(bytes) - count);
        is_long = count > 16;
    }
};

struct KnownField {
    char name[CS_MAX_NAME] = {};
    uint8_t length = 0;
    uint8_t group = 0;
    uint8_t opens = 0;
    bool is_list = false;
    // From its value to the next.
    Link link;
};

// The slots of one group by name: a multiplier is chosen so that no two names share a place.
class NameTable {
public:
    NameTable() { std::memset(slots, -1, sizeof(slots)); }

    // False if no multiplier was found: two names of the group begin with the same eight bytes and are equally long.
    bool build(const KnownField *fields, size_t count, uint32_t group) {
        uint64_t candidate = 0x9E3779B97F4A7C15;
        for (int attempt = 0; attempt < 100000; attempt++) {
            multiplier = candidate | 1;
            candidate = candidate * 0x5851F42D4C957F2D + 0x14057B7EF767814F;
            std::memset(slots, -1, sizeof(slots));
            bool fits = true;
            for (size_t slot = 0; slot < count && fits; slot++) {
                if (fields[slot].group != group) { continue; }
                int8_t &taken = slots[place(fields[slot].name, fields[slot].length)];
                fits = taken < 0;
                taken = static_cast<int8_t>(slot);
            }
            if (fits) { return true; }
        }
        return false;
    }

    // The slot of the only field that may have this name, or -1.
    int candidate(const char *name, size_t length) const { return slots[place(name, length)]; }

private:
    static constexpr int index_bits = 7;
    uint64_t multiplier = 0;
    int8_t slots[1 << index_bits];

    size_t place(const char *name, size_t length) const {
        uint64_t start = 0;
        std::memcpy(&start, name, length < sizeof(start) ? length : sizeof(start));
        return ((start ^ uint64_t(length) << 56) * multiplier) >> (64 - index_bits);
    }
};

class KnownFields {
public:
    // By slot.
    KnownField fields[CS_MAX_SLOTS];
    // Of each group, what stood in front of its first value.
    Link heads[CS_MAX_GROUPS];

    // False if the fields are more or longer than the limits allow.
    bool build(const cs_known_field *known, size_t count) {
        if (count > CS_MAX_SLOTS) { return false; }
        for (size_t slot = 0; slot < count; slot++) {
            KnownField &field = fields[slot];
            size_t length = std::strlen(known[slot].name);
            if (length > CS_MAX_NAME || known[slot].group >= CS_MAX_GROUPS || known[slot].opens >= CS_MAX_GROUPS) {
                return false;
            }
            std::memcpy(field.name, known[slot].name, length);
            field.length = static_cast<uint8_t>(length);
            field.group = static_cast<uint8_t>(known[slot].group);
            field.opens = static_cast<uint8_t>(known[slot].opens);
            field.is_list = known[slot].is_list != 0;
        }
        for (uint32_t group = 0; group < CS_MAX_GROUPS; group++) {
            if (!tables[group].build(fields, count, group)) { return false; }
        }
        return true;
    }

    // The slot of the group's field with this name, or -1.
    int find(const char *name, size_t length, uint32_t group) const {
        if (length > CS_MAX_NAME) { return -1; }
        int slot = tables[group].candidate(name, length);
        bool is_known = slot >= 0 && fields[slot].length == length && std::memcmp(fields[slot].name, name, length) == 0;
        return is_known ? slot : -1;
    }

private:
    NameTable tables[CS_MAX_GROUPS];
};

}  // namespace csimdjson
