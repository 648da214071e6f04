// The general path through a record: simdjson's document, in the same slots.
#pragma once
#include "KnownFields.h"
#include "Slots.h"

#include <simdjson.h>

namespace csimdjson {

class GeneralPath {
public:
    GeneralPath(const KnownFields &known, Slots &found) : known(known), found(found) {}

    // The type of the document, whose fields are in the slots if it is an object.
    cs_type read(simdjson::dom::element root) {
        found.clear();
        simdjson::dom::object object;
        if (root.get_object().get(object) == simdjson::SUCCESS) {
            fields(object, 0);
            return CS_OBJECT;
        }
        cs_slot whole;
        scalar(root, whole);
        return static_cast<cs_type>(whole.type);
    }

private:
    const KnownFields &known;
    Slots &found;

    void fields(simdjson::dom::object object, uint32_t number) {
        cs_group &group = found.groups[number];
        for (auto pair : object) {
            group.fields++;
            int slot = known.find(pair.key.data(), pair.key.size(), number);
            if (slot < 0) { continue; }
            const KnownField &field = known.fields[slot];
            uint64_t bit = uint64_t(1) << slot;
            cs_slot &place = found.slots[slot];
            scalar(pair.value, place);
            simdjson::dom::object inner;
            // Of an object that stands twice, the first is as good as any: the record is refused if it is one's own.
            if (field.opens != 0 && (found.seen & bit) == 0
                && pair.value.get_object().get(inner) == simdjson::SUCCESS) {
                fields(inner, field.opens);
            }
            if (field.is_list && (place.type == CS_ARRAY || place.type == CS_OBJECT)) { list(pair.value, place); }
            if (found.seen & bit) { group.repeated = slot; }
            found.seen |= bit;
            if (place.type != CS_NULL) { found.present |= bit; }
        }
    }

    void list(simdjson::dom::element element, cs_slot &slot) {
        slot.number = static_cast<int64_t>(found.entry_count);
        size_t count = 0;
        simdjson::dom::array array;
        simdjson::dom::object object;
        if (element.get_array().get(array) == simdjson::SUCCESS) {
            for (simdjson::dom::element inner : array) { add(count++, std::string_view(), inner); }
        } else if (element.get_object().get(object) == simdjson::SUCCESS) {
            for (auto pair : object) { add(count++, pair.key, pair.value); }
        }
        slot.length = static_cast<uint32_t>(count);
    }

    void add(size_t number, std::string_view name, simdjson::dom::element element) {
        if (number >= found.max_entries) { return; }
        // A field that stands twice may fill more lists than there is room for; the record is refused then.
        if (found.entry_count == found.entries.size()) { return; }
        cs_entry &entry = found.entries[found.entry_count++];
        entry.name = name.data();
        entry.name_length = name.size();
        scalar(element, entry.value);
    }

    static void scalar(simdjson::dom::element element, cs_slot &slot) {
        switch (element.type()) {
        case simdjson::dom::element_type::NULL_VALUE: slot.type = CS_NULL; break;
        case simdjson::dom::element_type::BOOL: {
            bool value = false;
            (void)element.get_bool().get(value);
            slot.type = CS_BOOL;
            slot.number = value;
            break;
        }
        case simdjson::dom::element_type::INT64: {
            int64_t value = 0;
            (void)element.get_int64().get(value);
            slot.type = CS_INT;
            slot.number = value;
            break;
        }
        case simdjson::dom::element_type::UINT64: slot.type = CS_UINT; break;
        case simdjson::dom::element_type::DOUBLE: {
            double value = 0;
            (void)element.get_double().get(value);
            slot.type = CS_DOUBLE;
            std::memcpy(&slot.number, &value, sizeof(value));
            break;
        }
        case simdjson::dom::element_type::STRING: {
            std::string_view text;
            (void)element.get_string().get(text);
            slot.type = CS_TEXT;
            slot.text = text.data();
            slot.length = static_cast<uint32_t>(text.size());
            break;
        }
        case simdjson::dom::element_type::ARRAY: slot.type = CS_ARRAY; break;
        case simdjson::dom::element_type::OBJECT: slot.type = CS_OBJECT; break;
        }
    }
};

}  // namespace csimdjson
