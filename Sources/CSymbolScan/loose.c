#include <stdbool.h>

#include "CLooseScan.h"

typedef struct {
    const cloose_tables *tables;
    const uint16_t *classes;
    size_t count;
    cloose_candidate *candidates;
    size_t found;
} list;

static inline const cloose_class *class_at(const list *list, size_t at) {
    return list->tables->classes + list->classes[at];
}

void cloose_begin(const cloose_tables *tables, cloose_scan *scan) {
    const uint16_t *map = tables->map;
    const cloose_sieve *sieves = tables->sieves;
    const uint32_t *codes = scan->codes;
    uint16_t *classes = scan->classes;
    uint32_t *sieved = scan->sieved, *specials = scan->specials;
    const size_t count = scan->count;
    // What stands before the next code point, and before that.
    uint64_t before = 0, third = 0;
    size_t kept = 0, special = 0;
    for (size_t at = 0; at < count; at++) {
        uint16_t class = map[codes[at] & 0xFFFF];
        classes[at] = class;
        const cloose_sieve *own = sieves + class;
        uint64_t two = own->before_in_two & before, longer = own->before & before, longest = own->third & third;
        third = before;
        before = own->buckets;
        // Written always and counted only if it is one: nothing to mispredict.
        sieved[kept] = (uint32_t)at;
        kept += (two != 0) | ((longer != 0) & (longest != 0));
        specials[special] = (uint32_t)at;
        special += before >> 63;
    }
    scan->sieved_count = kept;
    scan->special_count = special;
    scan->next_sieved = 0;
    scan->next_special = 0;
}

static inline bool may_end(const cloose_tables *tables, uint32_t before, uint32_t last) {
    uint32_t column = cloose_line_of(before);
    return tables->rows[cloose_line_of(last) << 3 | column >> 6] >> (column & 63) & 1;
}

static inline void add_slot(list *list, cloose_slots slots, uint32_t before, uint32_t last, uint32_t before_unit,
                            uint32_t last_unit, uint64_t third) {
    cloose_slot slot = cloose_find(slots, cloose_key(before_unit, last_unit));
    if (slot.key == 0 || (slot.marks & (cloose_folded(third) | CLOOSE_TWO)) == 0) return;
    list->candidates[list->found++] = (cloose_candidate){
        .last = last, .before = before, .first = slot.first, .count = slot.count, .third = third};
}

/// Adds the terms that end with two code points.
static inline void add_pair(list *list, size_t before, size_t last, uint64_t third) {
    const cloose_tables *tables = list->tables;
    const cloose_class *first = class_at(list, before), *second = class_at(list, last);
    const uint16_t *first_units = tables->units + first->first_unit, *second_units = tables->units + second->first_unit;
    for (size_t i = 0; i < second->unit_count; i++) {
        for (size_t j = 0; j < first->unit_count; j++) {
            if (!may_end(tables, first_units[j], second_units[i])) continue;
            add_slot(list, tables->plain, (uint32_t)before, (uint32_t)last, first_units[j], second_units[i], third);
        }
    }
}

static void add_masked_pair(list *list, size_t before, size_t last) {
    const cloose_class *first = class_at(list, before), *second = class_at(list, last);
    for (size_t i = 0; i < second->unit_count; i++) {
        for (size_t j = 0; j < first->unit_count; j++) {
            add_slot(list, list->tables->masked, (uint32_t)before, (uint32_t)last,
                     list->tables->units[first->first_unit + j], list->tables->units[second->first_unit + i],
                     UINT64_MAX);
        }
    }
}

/// A term that ends with letters, or goes on with letters before `last`.
static void add_letters(list *list, size_t before, size_t last) {
    list->candidates[list->found++] =
        (cloose_candidate){.last = (uint32_t)last, .before = (uint32_t)before, .third = UINT64_MAX};
}

/// How many code points the filler has that ends with `last`; 0 if it is none.
static inline size_t filler_length(const list *list, size_t last) {
    const cloose_class *class = class_at(list, last);
    if (last > 0 && class->second_half & class_at(list, last - 1)->first_half) return 2;
    return class->flags & (CLOOSE_FILLER | CLOOSE_MASK) ? 1 : 0;
}

/// Adds what ends with `last` and goes on behind the signs and fillers before it: with each filler, and with the first
/// code point that is none.
static void look_back(list *list, size_t last) {
    bool is_masked = false;
    for (size_t at = last, steps = 0; at > 0 && steps < CLOOSE_REACH; steps++) {
        at--;
        const cloose_class *class = class_at(list, at);
        if (class->flags & CLOOSE_SIGN) continue;
        if (class->flags & CLOOSE_LETTER) {
            add_letters(list, at, last);
            return;
        }
        add_pair(list, at, last, UINT64_MAX);
        if (is_masked) add_masked_pair(list, at, last);
        size_t length = filler_length(list, at);
        if (length == 0) return;
        is_masked |= (class->flags & CLOOSE_MASK) != 0;
        at -= length - 1;
    }
}

/// Adds what ends behind a sign, a filler or letters, or one further.
static void look_behind(list *list, size_t at) {
    const cloose_class *class = class_at(list, at);
    size_t next = at + 1;
    if (class->flags & CLOOSE_LETTER) {
        bool goes_on = next < list->count && class_at(list, next)->flags & CLOOSE_LETTER;
        if (goes_on) return;
        add_letters(list, at, at);
    } else if ((class->flags & (CLOOSE_SIGN | CLOOSE_FILLER | CLOOSE_MASK)) == 0) {
        // Half of a filler, if the other half follows.
        if (next >= list->count || (class->first_half & class_at(list, next)->second_half) == 0) return;
        next++;
    }
    if (next >= list->count || class_at(list, next)->flags & (CLOOSE_SIGN | CLOOSE_LETTER)) return;
    look_back(list, next);
    if (next + 1 < list->count && !(class_at(list, next + 1)->flags & CLOOSE_LETTER))
        add_pair(list, next, next + 1, UINT64_MAX);
}

size_t cloose_next(const cloose_tables *tables, cloose_scan *scan) {
    list list = {
        .tables = tables, .classes = scan->classes, .count = scan->count, .candidates = scan->candidates};
    while (list.found + tables->most <= scan->capacity) {
        size_t last = scan->next_sieved < scan->sieved_count ? scan->sieved[scan->next_sieved] : SIZE_MAX;
        size_t special = scan->next_special < scan->special_count ? scan->specials[scan->next_special] : SIZE_MAX;
        if (special < last) {
            look_behind(&list, special);
            scan->next_special++;
        } else if (last != SIZE_MAX) {
            uint64_t third = last > 1 ? tables->sieves[scan->classes[last - 2]].buckets : 0;
            if ((class_at(&list, last - 1)->flags & CLOOSE_LETTER) == 0) add_pair(&list, last - 1, last, third);
            scan->next_sieved++;
        } else {
            break;
        }
    }
    return list.found;
}
