// Documents of any shape, a level at a time.
#include "CSimdjson.h"
#include "Parser.h"

#include <new>

using namespace simdjson;

struct cs_parser : csimdjson::Parser {
    using Parser::Parser;
};

static_assert(sizeof(dom::element) <= sizeof(cs_value), "an element must fit the C value");
static_assert(std::is_trivially_copyable<dom::element>::value, "an element must be plain memory");

static cs_value wrap(dom::element element) {
    cs_value value = {{0, 0}};
    std::memcpy(&value, &element, sizeof(element));
    return value;
}

static dom::element unwrap(cs_value value) {
    dom::element element;
    std::memcpy(static_cast<void *>(&element), &value, sizeof(element));
    return element;
}

cs_parser *cs_parser_new(size_t max_bytes, size_t max_depth) {
    try {
        return new cs_parser(max_bytes, max_depth);
    } catch (...) {
        return nullptr;
    }
}

void cs_parser_free(cs_parser *parser) { delete parser; }

cs_status cs_parse(cs_parser *parser, const uint8_t *bytes, size_t length, cs_value *root) {
    dom::element element;
    cs_status status = parser->hold(bytes, length);
    if (status == CS_OK) { status = parser->parse(element); }
    if (status == CS_OK) { *root = wrap(element); }
    return status;
}

cs_type cs_type_of(cs_value value) {
    switch (unwrap(value).type()) {
    case dom::element_type::ARRAY: return CS_ARRAY;
    case dom::element_type::OBJECT: return CS_OBJECT;
    case dom::element_type::INT64: return CS_INT;
    case dom::element_type::UINT64: return CS_UINT;
    case dom::element_type::DOUBLE: return CS_DOUBLE;
    case dom::element_type::STRING: return CS_TEXT;
    case dom::element_type::BOOL: return CS_BOOL;
    default: return CS_NULL;
    }
}

int cs_bool(cs_value value) {
    bool result = false;
    (void)unwrap(value).get_bool().get(result);
    return result;
}

int64_t cs_int(cs_value value) {
    int64_t result = 0;
    (void)unwrap(value).get_int64().get(result);
    return result;
}

double cs_double(cs_value value) {
    double result = 0;
    (void)unwrap(value).get_double().get(result);
    return result;
}

const char *cs_text(cs_value value, size_t *length) {
    std::string_view text("", 0);
    (void)unwrap(value).get_string().get(text);
    *length = text.size();
    return text.data();
}

size_t cs_count(cs_value value) {
    dom::element element = unwrap(value);
    dom::array array;
    if (element.get_array().get(array) == SUCCESS) { return array.size(); }
    dom::object object;
    if (element.get_object().get(object) == SUCCESS) { return object.size(); }
    return 0;
}

size_t cs_fields(cs_value value, cs_field *fields, size_t capacity) {
    dom::object object;
    if (unwrap(value).get_object().get(object) != SUCCESS) { return 0; }
    size_t count = 0;
    for (auto field : object) {
        if (count < capacity) {
            fields[count].key = field.key.data();
            fields[count].key_length = field.key.size();
            fields[count].value = wrap(field.value);
        }
        count++;
    }
    return count;
}

size_t cs_elements(cs_value value, cs_value *elements, size_t capacity) {
    dom::array array;
    if (unwrap(value).get_array().get(array) != SUCCESS) { return 0; }
    size_t count = 0;
    for (dom::element element : array) {
        if (count < capacity) { elements[count] = wrap(element); }
        count++;
    }
    return count;
}
