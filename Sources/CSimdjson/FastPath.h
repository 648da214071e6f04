// The fast path through a record: one pass, in which each byte is looked at once.
//
// It takes only what it can vouch for by itself: texts without escapes, short numbers, words, and containers where they
// are known. Whatever else it meets, right or wrong, sends the record to the general path. So every refusal and every
// odd spelling is decided by simdjson, and the fast path needs to be right only about what it accepts.
//
// Each function takes the place where it begins and returns the place behind what it read, or null if the general path
// must decide. Behind the record stand zeros, which begin no token and end no text, so nothing runs past its end.
#pragma once
#include "Bytes16.h"
#include "KnownFields.h"
#include "Slots.h"

#include <simdjson.h>

namespace csimdjson {
namespace fast {

// One function in the end, so that places stay in registers.
#define CS_INLINE __attribute__((always_inline)) inline
// What is rare stays outside of it.
#define CS_RARE __attribute__((noinline))

// A byte by itself. The compiler would else take it from a vector that was loaded there, by way of memory.
CS_INLINE uint8_t read_byte(const uint8_t *at) { return *const_cast<const volatile uint8_t *>(at); }

CS_INLINE const uint8_t *behind_space(const uint8_t *at) {
    while (*at <= ' ' && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) { at++; }
    return at;
}

// From behind the opening quote on: valid UTF-8 without escapes.
CS_INLINE const uint8_t *text(const uint8_t *start, size_t &length) {
    const uint8_t *at = start;
    uint32_t beyond_ascii = 0;
    uint32_t stops;
    while (true) {
        Bytes16 bytes = load16(at);
        stops = bits((bytes == '"') | (bytes == '\\') | (bytes < ' '));
        uint32_t high = bits(bytes >= 0x80);
        if (stops != 0) {
            // Only what is in front of the first stop.
            if (high != 0) { beyond_ascii |= high & (stops - 1) & ~stops; }
            break;
        }
        beyond_ascii |= high;
        at += sizeof(bytes);
    }
    at += __builtin_ctz(stops);
    if (*at != '"') { return nullptr; }
    length = static_cast<size_t>(at - start);
    bool is_valid = beyond_ascii == 0 || simdjson::validate_utf8(reinterpret_cast<const char *>(start), length);
    return is_valid ? at + 1 : nullptr;
}

CS_INLINE const uint8_t *text(const uint8_t *start, cs_slot &slot) {
    size_t length;
    const uint8_t *behind = text(start, length);
    if (behind == nullptr) { return nullptr; }
    slot.type = CS_TEXT;
    slot.length = static_cast<uint32_t>(length);
    slot.text = reinterpret_cast<const char *>(start);
    return behind;
}

// The number that one to eight digits are. Eight bytes are readable.
CS_INLINE uint64_t number_of(const uint8_t *digits, size_t count) {
    // Zeros take the place of what is missing in front.
    uint64_t word = (load8(digits) & 0x0F0F0F0F0F0F0F0F) << (64 - 8 * count);
    // Pairs of digits, then of pairs, then of fours.
    word = (word * 2561) >> 8;
    word = ((word & 0x00FF00FF00FF00FF) * 6553601) >> 16;
    return ((word & 0x0000FFFF0000FFFF) * 42949672960001) >> 32;
}

// What has at most 18 digits, so that an integer fits, with or without a point. The quotient of two exact doubles is
// rounded once, as it should be (Clinger 1990, doi 10.1145/93542.93557).
CS_RARE static const uint8_t *long_number(const uint8_t *at, cs_slot &slot) {
    static const double powers[] = {1,   1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,
                                    1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17};
    const uint8_t *point = nullptr;
    uint64_t value = 0;
    size_t digits = 0;
    for (;; at++) {
        uint8_t figure = static_cast<uint8_t>(*at - '0');
        if (figure <= 9) {
            if (++digits > 18) { return nullptr; }
            value = value * 10 + figure;
        } else if (*at == '.' && point == nullptr) {
            point = at;
        } else {
            break;
        }
    }
    if (point == nullptr) {
        slot.type = CS_INT;
        slot.number = static_cast<int64_t>(value);
        return at;
    }
    size_t behind_point = static_cast<size_t>(at - point) - 1;
    if (behind_point == 0 || value > uint64_t(1) << 53) { return nullptr; }
    double quotient = static_cast<double>(value) / powers[behind_point];
    slot.type = CS_DOUBLE;
    std::memcpy(&slot.number, &quotient, sizeof(quotient));
    return at;
}

// A number without sign and exponent. An exponent is no separator, so the walk ends at it.
CS_INLINE const uint8_t *number(const uint8_t *at, cs_slot &slot) {
    uint32_t others = bits(load16(at) - '0' > 9);
    size_t count = static_cast<size_t>(__builtin_ctz(others | 1u << 16));
    if (count == 0 || (count > 1 && read_byte(at) == '0')) { return nullptr; }
    if (count == 16 || at[count] == '.') { return long_number(at, slot); }
    slot.type = CS_INT;
    slot.number = static_cast<int64_t>(
        count <= 8 ? number_of(at, count)
                   : number_of(at, count - 8) * 100000000 + number_of(at + count - 8, 8));
    return at + count;
}

CS_RARE static const uint8_t *word(const uint8_t *at, cs_slot &slot) {
    if (std::memcmp(at, "true", 4) == 0) {
        slot.type = CS_BOOL;
        slot.number = 1;
        return at + 4;
    }
    if (std::memcmp(at, "false", 5) == 0) {
        slot.type = CS_BOOL;
        slot.number = 0;
        return at + 5;
    }
    if (std::memcmp(at, "null", 4) == 0) {
        slot.type = CS_NULL;
        return at + 4;
    }
    return nullptr;
}

// Anything but an array or an object.
CS_RARE static const uint8_t *scalar(const uint8_t *at, cs_slot &slot) {
    if (*at == '"') { return text(at + 1, slot); }
    return *at >= 'f' ? word(at, slot) : number(at, slot);
}

// What stands in front of a value: a name, a colon, and the space around it.
CS_RARE static const uint8_t *key(const uint8_t *at, const char *&name, size_t &length) {
    if (*at != '"') { return nullptr; }
    name = reinterpret_cast<const char *>(++at);
    at = text(at, length);
    if (at == nullptr) { return nullptr; }
    at = behind_space(at);
    return *at == ':' ? behind_space(at + 1) : nullptr;
}

// A list of scalars, up to the limit.
CS_RARE static const uint8_t *list(const uint8_t *at, Slots &found, cs_slot &slot) {
    bool is_object = *at == '{';
    uint8_t close = is_object ? '}' : ']';
    size_t first = found.entry_count;
    slot.type = is_object ? CS_OBJECT : CS_ARRAY;
    slot.number = static_cast<int64_t>(first);
    slot.length = 0;
    at = behind_space(at + 1);
    if (*at == close) { return at + 1; }
    while (found.entry_count - first < found.max_entries) {
        cs_entry &entry = found.entries[found.entry_count];
        entry.name = nullptr;
        entry.name_length = 0;
        if (is_object && (at = key(at, entry.name, entry.name_length)) == nullptr) { return nullptr; }
        at = scalar(at, entry.value);
        if (at == nullptr) { return nullptr; }
        slot.length = static_cast<uint32_t>(++found.entry_count - first);
        at = behind_space(at);
        if (*at == close) { return at + 1; }
        if (*at != ',') { return nullptr; }
        at = behind_space(at + 1);
    }
    return nullptr;
}

// What lies in front of an object's next value that is known.
struct Step {
    // Where the value begins, if a text behind its quote; behind the object if it has no more. Null as elsewhere.
    const uint8_t *at;
    // The fields that were passed over.
    uint32_t unknown;
    bool is_end;
};

// Reads on from a value to the next one that is known, and remembers the way in the link.
CS_RARE static Step
step(const uint8_t *from, bool is_first, uint32_t group, Link &link, KnownFields &known, Slots &found) {
    const Step failed = {nullptr, 0, false};
    const uint8_t *at = from;
    for (uint32_t unknown = 0;; unknown++) {
        at = behind_space(at);
        // Behind the brace that opens an object its end may come at once, behind a comma it may not.
        if (is_first) { at = behind_space(at + 1); }
        if (*at == '}') { return {at + 1, unknown, true}; }
        if (!is_first) {
            if (*at != ',') { return failed; }
            at = behind_space(at + 1);
        }
        is_first = false;
        found.names_read++;
        const char *name;
        size_t length;
        at = key(at, name, length);
        if (at == nullptr) { return failed; }
        int slot = known.find(name, length, group);
        if (slot >= 0) {
            link.opens_text = *at == '"';
            if (link.opens_text) { at++; }
            link.slot = static_cast<uint8_t>(slot);
            link.bit = uint64_t(1) << slot;
            link.place = &found.slots[slot];
            link.next = &known.fields[slot].link;
            // With a field in between that is not known there is more to it than bytes.
            link.remember(from, unknown == 0 ? static_cast<size_t>(at - from) : 0);
            return {at, unknown, false};
        }
        cs_slot passed_over;
        at = scalar(at, passed_over);
        if (at == nullptr) { return failed; }
    }
}

// The slots that were met.
struct Bits {
    uint64_t seen = 0;
    uint64_t repeated = 0;
    uint64_t null = 0;
};

// From the opening brace on: an object of scalars, of lists, and in the record itself of such objects.
template <bool is_record>
CS_INLINE const uint8_t *object(const uint8_t *at, uint32_t group, KnownFields &known, Slots &found, Bits &bits) {
    Link *link = &known.heads[group];
    uint32_t fields = 0;
    while (true) {
        if (link->stands_at(at)) {
            at += link->length;
        } else if (fields != 0 && read_byte(at) == '}') {
            at++;
            break;
        } else {
            Step step = fast::step(at, fields == 0, group, *link, known, found);
            if (step.at == nullptr) { return nullptr; }
            at = step.at;
            fields += step.unknown;
            if (step.is_end) { break; }
        }
        fields++;
        bits.repeated |= bits.seen & link->bit;
        bits.seen |= link->bit;
        cs_slot &place = *link->place;
        if (link->opens_text) {
            at = text(at, place);
            if (at == nullptr) { return nullptr; }
        } else if (uint8_t first = read_byte(at); static_cast<uint8_t>(first - '0') <= 9) {
            at = number(at, place);
            if (at == nullptr) { return nullptr; }
        } else if (first == '{' || first == '[') {
            const KnownField &field = known.fields[link->slot];
            // A list that stands again would find no room for its entries.
            if (bits.repeated != 0) { return nullptr; }
            if (field.is_list) {
                at = list(at, found, place);
            } else if (is_record && first == '{' && field.opens != 0) {
                place.type = CS_OBJECT;
                // Asked once more for the compiler: an inner object holds no other.
                if constexpr (is_record) { at = object<false>(at, field.opens, known, found, bits); }
            } else {
                return nullptr;
            }
            if (at == nullptr) { return nullptr; }
        } else {
            at = scalar(at, place);
            if (at == nullptr) { return nullptr; }
            if (place.type == CS_NULL) { bits.null |= link->bit; }
        }
        link = link->next;
    }
    found.groups[group].fields = fields;
    return at;
}

// Whether the bytes up to the end are one object, which is in the slots then.
static bool read(const uint8_t *at, const uint8_t *end, KnownFields &known, Slots &found) {
    found.clear();
    at = behind_space(at);
    if (*at != '{') { return false; }
    Bits bits;
    at = object<true>(at, 0, known, found, bits);
    if (at == nullptr || behind_space(at) != end || bits.repeated != 0) { return false; }
    found.present = bits.seen & ~bits.null;
    return true;
}

#undef CS_INLINE
#undef CS_RARE

}  // namespace fast
}  // namespace csimdjson
