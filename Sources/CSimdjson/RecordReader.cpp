// Reads records whose fields are known beforehand: one call, one pass, no allocation.
//
// There are two ways through a record. The plain way walks simdjson's structural index (where each string, scalar and
// bracket begins; building it checks UTF-8 and bare control characters) and takes only what it can vouch for by itself:
// texts without escapes, short numbers, words, and containers only where they are known. Whatever else it meets, right
// or wrong, sends the whole record the thorough way, through simdjson's document model. So every refusal, and every odd
// spelling, is decided by simdjson alone, and the plain way needs to be right only about what it accepts.
//
//     {"schema":"transcript.v1","platform":"demo", …
//     ^^       ^^              ^^         ^^              what the index holds: a text ends before the next entry
#include "CSimdjson.h"
#include "Status.h"

#include <cstring>
#include <new>
#include <string>
#include <vector>

using namespace simdjson;

namespace {

// A name, zero-filled, and the bytes that count, so that names compare by whole words.
struct alignas(64) KnownField {
    uint64_t words[CS_MAX_NAME / 8] = {0, 0, 0};
    uint64_t masks[CS_MAX_NAME / 8] = {0, 0, 0};
    uint32_t length = 0;
    uint8_t group = 0;
    uint8_t opens = 0;
    bool is_list = false;
};

uint64_t load(const uint8_t *bytes) {
    uint64_t word;
    std::memcpy(&word, bytes, sizeof(word));
    return word;
}

// The first `count` bytes (0 to 8) of a word in memory order; the build is little-endian, as simdjson's kernels are.
uint64_t first_bytes(uint64_t word, size_t count) { return count >= 8 ? word : word & ((uint64_t(1) << (8 * count)) - 1); }

// Whether the key, which has as many readable bytes as the longest name, is the field's name.
inline bool is_name(const uint8_t *key, size_t length, const KnownField &field) {
    uint64_t differences = (load(key) ^ field.words[0]) & field.masks[0];
    differences |= (load(key + 8) ^ field.words[1]) & field.masks[1];
    differences |= (load(key + 16) ^ field.words[2]) & field.masks[2];
    return differences == 0 && length == field.length;
}

// The names of one group, found by one look: a multiplier is chosen so that no two share a place.
struct NameTable {
    static constexpr int bits = 7;
    uint64_t multiplier = 0;
    int8_t slots[1 << bits];

    static uint64_t key(const uint8_t *bytes, size_t length) {
        return first_bytes(load(bytes), length) ^ (uint64_t(length) << 56);
    }
    size_t place(uint64_t key) const { return (key * multiplier) >> (64 - bits); }

    bool build(const KnownField *fields, size_t count, uint32_t group) {
        uint64_t candidate = 0x9E3779B97F4A7C15;
        for (int attempt = 0; attempt < 100000; attempt++) {
            multiplier = candidate | 1;
            candidate = candidate * 0x5851F42D4C957F2D + 0x14057B7EF767814F;
            std::memset(slots, -1, sizeof(slots));
            bool fits = true;
            for (size_t slot = 0; slot < count && fits; slot++) {
                if (fields[slot].group != group) { continue; }
                int8_t &taken = slots[place(fields[slot].words[0] ^ (uint64_t(fields[slot].length) << 56))];
                fits = taken < 0;
                taken = static_cast<int8_t>(slot);
            }
            if (fits) { return true; }
        }
        return false;
    }
};

}  // namespace

struct cs_reader {
    dom::parser parser;
    std::vector<uint8_t> padded;
    size_t max_bytes;
    size_t max_depth;
    size_t max_entries;
    KnownField fields[CS_MAX_SLOTS];
    NameTable tables[CS_MAX_GROUPS];
    // Which known field followed which in the last records: producers write their fields in one order.
    // The place behind the last is for the first field of a group.
    int8_t next_of[CS_MAX_SLOTS + CS_MAX_GROUPS];

    cs_slot slots[CS_MAX_SLOTS];
    std::vector<cs_entry> entries;
    size_t entry_count = 0;
    cs_group groups[CS_MAX_GROUPS];
    uint64_t seen = 0;
    uint64_t present = 0;
    cs_record record;

    cs_reader(size_t bytes, size_t depth, size_t entries)
        : parser(bytes), max_bytes(bytes), max_depth(depth), max_entries(entries) {}

    void begin() {
        seen = present = 0;
        entry_count = 0;
        for (cs_group &group : groups) { group = {0, -1}; }
    }

    __attribute__((always_inline)) int find(const uint8_t *key, size_t length, uint32_t group, int previous) {
        int8_t &guess = next_of[previous];
        if (guess >= 0 && is_name(key, length, fields[guess])) { return guess; }
        int slot = tables[group].slots[tables[group].place(NameTable::key(key, length))];
        if (slot < 0 || !is_name(key, length, fields[slot])) { return -1; }
        guess = static_cast<int8_t>(slot);
        return slot;
    }

    void found(int slot, cs_group &group) {
        uint64_t bit = uint64_t(1) << slot;
        if (seen & bit) { group.repeated = slot; }
        seen |= bit;
        if (slots[slot].type != CS_NULL) { present |= bit; }
    }
};

namespace {

// One function in the end, so that the place in the index stays in a register.
#define CS_INLINE __attribute__((always_inline)) inline

// One to eight digits as a number, if they are digits. Eight bytes are readable.
CS_INLINE bool digits(const uint8_t *bytes, size_t count, uint64_t &number) {
    uint64_t word = load(bytes);
    // Zeros in front.
    if (count < 8) { word = word << (64 - 8 * count) | 0x3030303030303030 >> (8 * count); }
    uint64_t high = word & 0xF0F0F0F0F0F0F0F0;
    uint64_t carried = (word + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0;
    if ((high | carried >> 4) != 0x3333333333333333) { return false; }
    // Pairs of digits, then of pairs, then of fours.
    word = ((word & 0x0F0F0F0F0F0F0F0F) * 2561) >> 8;
    word = ((word & 0x00FF00FF00FF00FF) * 6553601) >> 16;
    number = ((word & 0x0000FFFF0000FFFF) * 42949672960001) >> 32;
    return true;
}

// The plain way. A false answer means no more than that the thorough way must decide.
//
// Behind its last entry the index holds the length of the record twice, where the padding has a space: no token begins
// with one, so the walk ends there by itself.
struct PlainWalk {
    cs_reader &reader;
    const uint8_t *bytes;
    const uint32_t *index;
    bool has_escapes;
    uint64_t seen = 0;
    uint64_t present = 0;

    CS_INLINE uint8_t here() const { return bytes[*index]; }

    // Where the token at the index ends, without the space behind it.
    CS_INLINE const uint8_t *token_end() const {
        const uint8_t *last = bytes + index[1];
        while (last[-1] == ' ' || last[-1] == '\n' || last[-1] == '\r' || last[-1] == '\t') { last--; }
        return last;
    }

    // Between the quotes. The index has no entry for the quote that ends a string, and one for whatever comes next.
    CS_INLINE bool text(const uint8_t *&start, size_t &length) {
        start = bytes + *index + 1;
        const uint8_t *last = bytes + index[1] - 1;
        if (*last != '"') { last = token_end() - 1; }
        if (last < start || *last != '"') { return false; }
        length = static_cast<size_t>(last - start);
        if (has_escapes && std::memchr(start, '\\', length) != nullptr) { return false; }
        index++;
        return true;
    }

    // The rest of what has at most 18 digits and a point. The quotient of two exact doubles is rounded once, as it should
    // be (Clinger 1990, doi 10.1145/93542.93557).
    bool fraction(const uint8_t *digit, const uint8_t *last, cs_slot &slot) const {
        static const double powers[] = {1,   1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,
                                        1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17};
        const uint8_t *point = nullptr;
        const uint8_t *first = digit;
        uint64_t value = 0;
        for (; digit < last; digit++) {
            uint8_t figure = static_cast<uint8_t>(*digit - '0');
            if (figure <= 9) {
                value = value * 10 + figure;
            } else if (*digit == '.' && point == nullptr && digit > first && digit + 1 < last) {
                point = digit;
            } else {
                return false;
            }
        }
        if (point == nullptr) {
            slot.type = CS_INT;
            slot.number = static_cast<int64_t>(value);
            return true;
        }
        if (value > uint64_t(1) << 53) { return false; }
        double quotient = static_cast<double>(value) / powers[last - point - 1];
        slot.type = CS_DOUBLE;
        std::memcpy(&slot.number, &quotient, sizeof(quotient));
        return true;
    }

    // Up to 18 digits, so that an integer fits, with or without a point.
    CS_INLINE bool number(cs_slot &slot) {
        const uint8_t *digit = bytes + *index;
        const uint8_t *last = token_end();
        size_t length = static_cast<size_t>(last - digit);
        if (length - 1 > 17) { return false; }
        if (*digit == '0' && length > 1 && digit[1] != '.') { return false; }
        uint64_t high = 0;
        uint64_t low;
        bool is_whole;
        if (length <= 8) {
            is_whole = digits(digit, length, low);
        } else if (length <= 16) {
            is_whole = digits(digit, length - 8, high) && digits(last - 8, 8, low);
        } else {
            is_whole = false;
        }
        if (!is_whole) {
            index++;
            return fraction(digit, last, slot);
        }
        slot.type = CS_INT;
        slot.number = static_cast<int64_t>(high * 100000000 + low);
        index++;
        return true;
    }

    CS_INLINE bool word(cs_slot &slot) {
        const uint8_t *start = bytes + *index;
        size_t length = static_cast<size_t>(token_end() - start);
        if (length == 4 && std::memcmp(start, "true", 4) == 0) {
            slot.type = CS_BOOL;
            slot.number = 1;
        } else if (length == 5 && std::memcmp(start, "false", 5) == 0) {
            slot.type = CS_BOOL;
            slot.number = 0;
        } else if (length == 4 && std::memcmp(start, "null", 4) == 0) {
            slot.type = CS_NULL;
        } else {
            return false;
        }
        index++;
        return true;
    }

    CS_INLINE bool scalar(cs_slot &slot) {
        uint8_t sign = here();
        if (sign == '"') {
            const uint8_t *start;
            size_t length;
            if (!text(start, length)) { return false; }
            slot.type = CS_TEXT;
            slot.text = reinterpret_cast<const char *>(start);
            slot.length = static_cast<uint32_t>(length);
            return true;
        }
        return sign >= 'f' ? word(slot) : number(slot);
    }

    // A list of scalars, up to the limit.
    bool list(cs_slot &slot) {
        bool is_object = here() == '{';
        uint8_t close = is_object ? '}' : ']';
        size_t first = reader.entry_count;
        slot.type = is_object ? CS_OBJECT : CS_ARRAY;
        slot.number = static_cast<int64_t>(first);
        slot.length = 0;
        index++;
        if (here() == close) {
            index++;
            return true;
        }
        while (true) {
            if (reader.entry_count - first == reader.max_entries) { return false; }
            cs_entry &entry = reader.entries[reader.entry_count];
            if (is_object) {
                const uint8_t *start;
                if (here() != '"' || !text(start, entry.name_length) || here() != ':') { return false; }
                entry.name = reinterpret_cast<const char *>(start);
                index++;
            } else {
                entry.name = nullptr;
                entry.name_length = 0;
            }
            if (!scalar(entry.value)) { return false; }
            reader.entry_count++;
            uint8_t sign = here();
            index++;
            if (sign == close) {
                slot.length = static_cast<uint32_t>(reader.entry_count - first);
                return true;
            }
            if (sign != ',') { return false; }
        }
    }

    template <bool is_inner> CS_INLINE bool object(uint32_t number) {
        uint32_t fields = 0;
        int previous = CS_MAX_SLOTS + static_cast<int>(number);
        index++;
        if (here() == '}') {
            index++;
            return true;
        }
        while (true) {
            const uint8_t *key;
            size_t length;
            if (here() != '"' || !text(key, length) || here() != ':') { return false; }
            index++;
            fields++;
            int slot = reader.find(key, length, number, previous);
            if (slot < 0) {
                cs_slot unknown;
                if (!scalar(unknown)) { return false; }
            } else {
                previous = slot;
                uint64_t bit = uint64_t(1) << slot;
                if (seen & bit) { return false; }
                seen |= bit;
                cs_slot &place = reader.slots[slot];
                uint8_t sign = here();
                if (sign == '{' || sign == '[') {
                    const KnownField &field = reader.fields[slot];
                    if (!container<is_inner>(field, sign, place)) { return false; }
                } else if (!scalar(place)) {
                    return false;
                }
                if (place.type != CS_NULL) { present |= bit; }
            }
            uint8_t sign = here();
            index++;
            if (sign == ',') { continue; }
            reader.groups[number].fields = fields;
            return sign == '}';
        }
    }

    template <bool is_inner> CS_INLINE bool container(const KnownField &field, uint8_t sign, cs_slot &place) {
        if (field.is_list) { return list(place); }
        if constexpr (is_inner) {
            return false;
        } else {
            if (sign != '{' || field.opens == 0) { return false; }
            place.type = CS_OBJECT;
            return object<true>(field.opens);
        }
    }
};

// The thorough way: simdjson's document, in the same slots.
struct DocumentWalk {
    cs_reader &reader;

    static void scalar(dom::element element, cs_slot &slot) {
        switch (element.type()) {
        case dom::element_type::NULL_VALUE: slot.type = CS_NULL; break;
        case dom::element_type::BOOL: {
            bool value = false;
            (void)element.get_bool().get(value);
            slot.type = CS_BOOL;
            slot.number = value;
            break;
        }
        case dom::element_type::INT64: {
            int64_t value = 0;
            (void)element.get_int64().get(value);
            slot.type = CS_INT;
            slot.number = value;
            break;
        }
        case dom::element_type::UINT64: slot.type = CS_UINT; break;
        case dom::element_type::DOUBLE: {
            double value = 0;
            (void)element.get_double().get(value);
            slot.type = CS_DOUBLE;
            std::memcpy(&slot.number, &value, sizeof(value));
            break;
        }
        case dom::element_type::STRING: {
            std::string_view text;
            (void)element.get_string().get(text);
            slot.type = CS_TEXT;
            slot.text = text.data();
            slot.length = static_cast<uint32_t>(text.size());
            break;
        }
        case dom::element_type::ARRAY: slot.type = CS_ARRAY; break;
        case dom::element_type::OBJECT: slot.type = CS_OBJECT; break;
        }
    }

    void add(size_t number, std::string_view name, dom::element element) {
        if (number >= reader.max_entries) { return; }
        // A field that stands twice may fill more lists than there is room for; the record is refused then.
        if (reader.entry_count == reader.entries.size()) { return; }
        cs_entry &entry = reader.entries[reader.entry_count++];
        entry.name = name.data();
        entry.name_length = name.size();
        scalar(element, entry.value);
    }

    void list(dom::element element, cs_slot &slot) {
        slot.number = static_cast<int64_t>(reader.entry_count);
        size_t count = 0;
        dom::array array;
        dom::object object;
        if (element.get_array().get(array) == SUCCESS) {
            for (dom::element inner : array) { add(count++, std::string_view(), inner); }
        } else if (element.get_object().get(object) == SUCCESS) {
            for (auto field : object) { add(count++, field.key, field.value); }
        }
        slot.length = static_cast<uint32_t>(count);
    }

    void object(dom::object object, uint32_t number) {
        cs_group &group = reader.groups[number];
        uint8_t key[CS_MAX_NAME + 8];
        for (auto field : object) {
            group.fields++;
            if (field.key.size() > CS_MAX_NAME) { continue; }
            std::memset(key, 0, sizeof(key));
            std::memcpy(key, field.key.data(), field.key.size());
            const NameTable &table = reader.tables[number];
            int slot = table.slots[table.place(NameTable::key(key, field.key.size()))];
            if (slot < 0 || !is_name(key, field.key.size(), reader.fields[slot])) { continue; }
            const KnownField &known = reader.fields[slot];
            cs_slot &place = reader.slots[slot];
            scalar(field.value, place);
            dom::object inner;
            // Of an object that stands twice, the first is as good as any: the record is refused if it is one's own.
            if (known.opens != 0 && !(reader.seen >> slot & 1) && field.value.get_object().get(inner) == SUCCESS) {
                this->object(inner, known.opens);
            }
            if (known.is_list) { list(field.value, place); }
            reader.found(slot, group);
        }
    }
};

}  // namespace

cs_reader *cs_reader_new(
    const cs_known_field *fields, size_t count, size_t max_entries, size_t max_bytes, size_t max_depth) {
    if (count > CS_MAX_SLOTS) { return nullptr; }
    try {
        auto reader = std::unique_ptr<cs_reader>(new cs_reader(max_bytes, max_depth, max_entries));
        size_t lists = 0;
        for (size_t slot = 0; slot < count; slot++) {
            KnownField &field = reader->fields[slot];
            field.length = static_cast<uint32_t>(std::strlen(fields[slot].name));
            if (field.length > CS_MAX_NAME || fields[slot].group >= CS_MAX_GROUPS
                || fields[slot].opens >= CS_MAX_GROUPS) {
                return nullptr;
            }
            std::memcpy(field.words, fields[slot].name, field.length);
            std::memset(field.masks, 0xFF, field.length);
            field.group = static_cast<uint8_t>(fields[slot].group);
            field.opens = static_cast<uint8_t>(fields[slot].opens);
            field.is_list = fields[slot].is_list != 0;
            lists += field.is_list;
        }
        for (uint32_t group = 0; group < CS_MAX_GROUPS; group++) {
            if (!reader->tables[group].build(reader->fields, count, group)) { return nullptr; }
        }
        std::memset(reader->next_of, -1, sizeof(reader->next_of));
        reader->entries.resize(lists * max_entries + 1);
        reader->padded.resize(4096 + SIMDJSON_PADDING);
        if (reader->parser.allocate(4096, max_depth) != SUCCESS) { return nullptr; }
        return reader.release();
    } catch (...) {
        return nullptr;
    }
}

void cs_reader_free(cs_reader *reader) { delete reader; }

static cs_status read(cs_reader *self, const uint8_t *bytes, size_t length) {
    cs_record *record = &self->record;
    if (length == 0) { return CS_EMPTY; }
    if (length > self->max_bytes) { return CS_CAPACITY; }
    try {
        if (self->padded.size() < length + SIMDJSON_PADDING) { self->padded.resize(length * 2 + SIMDJSON_PADDING); }
        // The parser grows by itself, but would then forget the depth it was given.
        if (self->parser.capacity() < length) {
            size_t capacity = length * 2 < self->max_bytes ? length * 2 : self->max_bytes;
            error_code grown = self->parser.allocate(capacity, self->max_depth);
            if (grown != SUCCESS) { return status_of(grown); }
        }
    } catch (...) {
        return CS_MEMORY;
    }
    uint8_t *padded = self->padded.data();
    std::memcpy(padded, bytes, length);
    std::memset(padded + length, ' ', SIMDJSON_PADDING);
    record->slots = self->slots;
    record->entries = self->entries.data();
    record->groups = self->groups;
    record->type = CS_OBJECT;

    // The plain way goes two levels deep below the record.
    internal::dom_parser_implementation &stages = *self->parser.implementation;
    if (self->max_depth > 2 && stages.stage1(padded, length, stage1_mode::regular) == SUCCESS) {
        const uint32_t *index = stages.structural_indexes.get();
        const uint32_t *end = index + stages.n_structural_indexes;
        PlainWalk walk{*self, padded, index, std::memchr(padded, '\\', length) != nullptr};
        self->begin();
        if (walk.here() == '{' && walk.object<false>(0) && walk.index == end) {
            record->present = walk.present;
            return CS_OK;
        }
    }

    dom::element root;
    error_code code = self->parser.parse(padded, length, false).get(root);
    if (code != SUCCESS) { return status_of(code); }
    self->begin();
    dom::object object;
    if (root.get_object().get(object) == SUCCESS) {
        DocumentWalk{*self}.object(object, 0);
    } else {
        cs_slot whole;
        DocumentWalk::scalar(root, whole);
        record->type = whole.type;
    }
    record->present = self->present;
    return CS_OK;
}

const cs_record *cs_read(cs_reader *reader, const uint8_t *bytes, size_t length) {
    reader->record.status = read(reader, bytes, length);
    return &reader->record;
}
