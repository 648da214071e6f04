#include "fuzzy_scan.h"

typedef struct {
    const cloose_tables *tables;
    const uint32_t *codes;
    const uint16_t *classes;
    size_t count;
    uint64_t *memo;
    uint32_t era;
    cloose_hit *hits;
    size_t found;
} list;

static inline const cloose_class *class_at(const list *list, size_t at) {
    return list->tables->classes + list->classes[at];
}

static inline const cloose_sieve *sieve_at(const list *list, size_t at) {
    return list->tables->sieves + list->classes[at];
}

void cloose_sieve_portable(const cloose_tables *tables, const cloose_scan *scan) {
    const cloose_sieve nothing = {{0}, {0}, {0}, {0}};
    // What stands before the next code point, and before that.
    const cloose_sieve *before = &nothing, *third = &nothing;
    for (size_t first = 0; first < scan->count; first += 64) {
        const size_t end = scan->count - first < 64 ? scan->count : first + 64;
        uint64_t sieved = 0, specials = 0;
        for (size_t at = first; at < end; at++) {
            uint16_t class = tables->map[scan->codes[at] & 0xFFFF];
            scan->classes[at] = class;
            const cloose_sieve *own = tables->sieves + class;
            uint64_t two = (own->before_in_two[0] & before->buckets[0]) | (own->before_in_two[1] & before->buckets[1]);
            uint64_t longer = (own->before[0] & before->buckets[0]) | (own->before[1] & before->buckets[1]);
            uint64_t longest = (own->third[0] & third->buckets[0]) | (own->third[1] & third->buckets[1]);
            third = before;
            before = own;
            // No branch, so nothing to mispredict.
            sieved |= (uint64_t)((two != 0) | ((longer != 0) & (longest != 0))) << (at & 63);
            specials |= own->buckets[1] >> 63 << (at & 63);
        }
        scan->sieved[first >> 6] = sieved;
        scan->specials[first >> 6] = specials;
    }
}

/// The first bit from `at` on; `count` if there is none.
static inline size_t next_bit(const uint64_t *bits, size_t at, size_t count) {
    if (at >= count) return count;
    size_t word = at >> 6;
    uint64_t left = bits[word] >> (at & 63) << (at & 63);
    while (left == 0) {
        if (++word << 6 >= count) return count;
        left = bits[word];
    }
    return word << 6 | (size_t)__builtin_ctzll(left);
}

static inline uint32_t bit(const uint64_t *row, uint32_t line) { return row[line >> 6] >> (line & 63) & 1; }

static inline void add(list *list, size_t before, size_t last, uint32_t key, bool is_masked, uint64_t third) {
    list->hits[list->found++] = (cloose_hit){
        .last = (uint32_t)last, .before = (uint32_t)before, .key = key, .is_masked = is_masked, .third = third};
}

/// Which of the first four units of `first` may stand before unit number `number` of `second`.
__attribute__((always_inline)) static inline uint32_t may_precede(
    const uint64_t *rows, const cloose_class *first, const cloose_class *second, size_t number) {
    const uint64_t *row = rows + (second->lines[number] << 3);
    uint32_t bits = bit(row, first->lines[0]) | bit(row, first->lines[1]) << 1 | bit(row, first->lines[2]) << 2 |
                    bit(row, first->lines[3]) << 3;
    return number < second->unit_count ? bits & ((1u << first->unit_count) - 1) : 0;
}

/// Adds two code points of which one has more than four units.
__attribute__((noinline)) static void add_many(list *list, const uint64_t *rows, size_t before, size_t last,
                                               bool is_masked, uint64_t third) {
    const cloose_class *first = class_at(list, before), *second = class_at(list, last);
    const uint16_t *units = list->tables->units;
    for (size_t i = 0; i < second->unit_count; i++) {
        for (size_t j = 0; j < first->unit_count; j++) {
            uint32_t before_unit = units[first->first_unit + j], last_unit = units[second->first_unit + i];
            const uint64_t *row = rows + (cloose_line_of(last_unit) << 3);
            if (bit(row, cloose_line_of(before_unit)))
                add(list, before, last, cloose_key(before_unit, last_unit), is_masked, third);
        }
    }
}

/// Adds two code points by those of their units that may end a term.
__attribute__((always_inline)) static inline void add_units(list *list, const uint64_t *rows, size_t before,
                                                            size_t last, bool is_masked, uint64_t third) {
    const cloose_class *first = class_at(list, before), *second = class_at(list, last);
    if (__builtin_expect((first->unit_count > 4) | (second->unit_count > 4), 0))
        return add_many(list, rows, before, last, is_masked, third);
    // All that most characters have is asked at once: one branch to mispredict instead of one for each pair.
    uint32_t bits = may_precede(rows, first, second, 0) | may_precede(rows, first, second, 1) << 4;
    if (__builtin_expect(second->unit_count > 2, 0))
        bits |= may_precede(rows, first, second, 2) << 8 | may_precede(rows, first, second, 3) << 12;
    for (; bits != 0; bits &= bits - 1) {
        uint32_t number = (uint32_t)__builtin_ctz(bits);
        add(list, before, last, cloose_key(first->some[number & 3], second->some[number >> 2]), is_masked, third);
    }
}

/// Where the memo has two code points, and the lower half of what it says of them but for the last bit.
///
/// A product with an odd number tells all numbers apart, so its halves do.
typedef struct {
    uint32_t place, tag;
} memo_key;

static inline memo_key memo_key_of(uint32_t before, uint32_t last, uint32_t era) {
    uint32_t product = (before << 16 | (last & 0xFFFF)) * 0x9E3779B1u;
    return (memo_key){.place = product >> (32 - CLOOSE_MEMO_BITS), .tag = product << 16 | era << 1};
}

#define MEMO_APART 1u

/// What slots say of two code points. Takes the room of the hits that may follow.
__attribute__((noinline)) static uint64_t learn(list *list, size_t before, size_t last, memo_key key) {
    size_t first = list->found;
    uint32_t marks = 0;
    add_units(list, list->tables->rows, before, last, false, 0);
    for (size_t number = first; number < list->found; number++)
        marks |= cloose_find(list->tables->plain, list->hits[number].key).marks;
    list->found = first;
    uint64_t entry = (uint64_t)marks << 32 | key.tag | (marks & CLOOSE_TWO ? MEMO_APART : 0);
    list->memo[key.place] = entry;
    return entry;
}

static inline bool is_of(uint64_t entry, memo_key key) { return ((uint32_t)entry & ~MEMO_APART) == key.tag; }

/// Whether an entry says that a term may end with its two code points, side by side, behind these buckets.
static inline bool may_end_behind(uint64_t entry, uint64_t third) {
    return ((uint32_t)(entry >> 32) & (cloose_folded(third) | CLOOSE_TWO)) != 0;
}

/// Whether a term may end with two code points.
static inline bool may_end(list *list, size_t before, size_t last, uint64_t third) {
    memo_key key = memo_key_of(list->codes[before], list->codes[last], list->era);
    uint64_t entry = list->memo[key.place];
    if (__builtin_expect(!is_of(entry, key), 0)) entry = learn(list, before, last, key);
    return may_end_behind(entry, third) || (entry & MEMO_APART && before + 1 != last);
}

void cloose_forget_two(cloose_scan *scan, size_t last) {
    memo_key key = memo_key_of(scan->codes[last - 1], scan->codes[last], scan->era);
    if (is_of(scan->memo[key.place], key))
        scan->memo[key.place] &= ~((uint64_t)CLOOSE_TWO << 32);
}

static void add_sieved(list *list, size_t before, size_t last, uint64_t third) {
    if (may_end(list, before, last, third)) add_units(list, list->tables->rows, before, last, false, third);
}

/// What the sieve says of two code points that were not side by side when the text was sieved.
static inline bool is_sieved(const list *list, size_t before, size_t last) {
    const cloose_sieve *first = sieve_at(list, before), *second = sieve_at(list, last);
    uint64_t common = ((second->before_in_two[0] | second->before[0]) & first->buckets[0]) |
                      ((second->before_in_two[1] | second->before[1]) & first->buckets[1]);
    return common != 0;
}

static void add_masked_pair(list *list, size_t before, size_t last) {
    add_units(list, list->tables->masked_rows, before, last, true, UINT64_MAX);
}

/// A term that ends with letters, or goes on with letters before `last`.
static void add_letters(list *list, size_t before, size_t last, bool is_masked) {
    add(list, before, last, 0, is_masked, UINT64_MAX);
}

/// How many code points the filler has that ends with `last`; 0 if it is none.
static inline size_t filler_length(const list *list, size_t last) {
    const cloose_class *class = class_at(list, last);
    if (last > 0 && class->second_half & class_at(list, last - 1)->first_half) return 2;
    return class->flags & (CLOOSE_FILLER | CLOOSE_MASK) ? 1 : 0;
}

/// Buckets of what may be the symbol before that at a code point: of the signs and fillers before it and of what stands
/// before them; all if a mask or a letter is among them.
static inline uint64_t buckets_before(const list *list, size_t at) {
    uint64_t buckets = 0;
    for (size_t signs = 0, fillers = 0; at > 0 && signs <= CLOOSE_SIGNS && fillers <= CLOOSE_FILLERS;) {
        buckets |= cloose_buckets(sieve_at(list, --at));
        if (class_at(list, at)->flags & CLOOSE_SIGN) {
            signs++;
            continue;
        }
        size_t length = filler_length(list, at);
        if (length == 0) break;
        fillers += length;
        at -= length - 1;
    }
    return buckets;
}

/// What was asked last of two code points that may not stand side by side.
typedef struct {
    const cloose_class *before;
    uint64_t third;
} apart_pair;

/// Adds two code points, unless that would give the same terms as `asked`: a flood is of the same.
static void add_apart(list *list, size_t before, size_t last, apart_pair *asked) {
    // What stands before them is looked for only where it matters.
    if (!is_sieved(list, before, last) || !may_end(list, before, last, UINT64_MAX)) return;
    apart_pair pair = {class_at(list, before), buckets_before(list, before)};
    if (before + 1 != last) {
        if (pair.before == asked->before && pair.third == asked->third) return;
        *asked = pair;
    }
    add_sieved(list, before, last, pair.third);
}

/// Adds what ends with `last` and goes on behind the signs and fillers before it: with each filler, and with the first
/// code point that is none.
static void look_back(list *list, size_t last) {
    bool is_masked = false;
    size_t signs = 0, fillers = 0;
    // As in the sieve: most of what may be passed over ends no term with `last`, and many characters end none at all.
    const cloose_sieve *own = sieve_at(list, last);
    const uint32_t wanted = cloose_folded(own->before_in_two[0] | own->before_in_two[1] | own->before[0] | own->before[1]);
    const uint32_t wanted_third = cloose_folded(own->third[0] | own->third[1]);
    if (wanted == 0) return;
    // What the masked pairs were asked of last: the same again gives the same terms, and a flood is of the same.
    const cloose_class *masked = 0;
    apart_pair apart = {0};
    for (size_t at = last; at > 0;) {
        at--;
        const cloose_class *class = class_at(list, at);
        const bool may_precede = class->buckets & wanted;
        const bool may_be_third = is_masked && class != masked && class->buckets & wanted_third;
        if (may_be_third) masked = class;
        if (class->flags & CLOOSE_SIGN) {
            // A few terms have signs.
            if (may_precede) add_apart(list, at, last, &apart);
            if (may_be_third) add_masked_pair(list, at, last);
            if (++signs > CLOOSE_SIGNS << is_masked) return;
            continue;
        }
        if (class->flags & CLOOSE_LETTER) {
            add_letters(list, at, last, is_masked);
            return;
        }
        if (may_precede) add_apart(list, at, last, &apart);
        if (may_be_third) add_masked_pair(list, at, last);
        size_t length = filler_length(list, at);
        if (length == 0 || fillers >= (CLOOSE_FILLERS + 1) << is_masked) return;
        fillers += length;
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
        add_letters(list, at, at, false);
    } else if ((class->flags & (CLOOSE_SIGN | CLOOSE_FILLER | CLOOSE_MASK)) == 0) {
        // Half of a filler, if the other half follows.
        if (next >= list->count || (class->first_half & class_at(list, next)->second_half) == 0) return;
        next++;
    }
    if (next >= list->count) return;
    const cloose_class *behind = class_at(list, next);
    if (behind->flags & CLOOSE_LETTER || (behind->flags & CLOOSE_SIGN && behind->unit_count == 0)) return;
    look_back(list, next);
    // A filler is looked behind for itself.
    if (next + 1 < list->count && !(class_at(list, next + 1)->flags & CLOOSE_LETTER) &&
        !(behind->flags & (CLOOSE_FILLER | CLOOSE_MASK)))
        add_apart(list, next, next + 1, &(apart_pair){0});
}

/// Looks up the hits and keeps those that end terms.
static void look_up(const list *list, cloose_scan *scan) {
    const cloose_tables *tables = list->tables;
    // Slots lie far from any cache, so all are asked for before the first is needed.
    for (size_t number = 0; number < list->found; number++)
        __builtin_prefetch(tables->plain.slots + (cloose_slot_hash(list->hits[number].key) & tables->plain.mask));
    size_t found = 0;
    for (size_t number = 0; number < list->found; number++) {
        cloose_hit hit = list->hits[number];
        cloose_slot slot = cloose_find(hit.is_masked ? tables->masked : tables->plain, hit.key);
        bool is_candidate = (slot.marks & (cloose_folded(hit.third) | CLOOSE_TWO)) != 0;
        scan->candidates[found] = (cloose_candidate){
            .last = hit.last,
            .before = hit.before,
            .first = hit.key != 0 ? slot.first : hit.is_masked,
            .count = slot.count,
            .third = hit.third};
        found += is_candidate | (hit.key == 0);
    }
    scan->found = found;
}

static inline list new_list(const cloose_tables *tables, const cloose_scan *scan) {
    return (list){
        .tables = tables,
        .codes = scan->codes,
        .classes = scan->classes,
        .count = scan->count,
        .memo = scan->memo,
        .era = scan->era,
        .hits = scan->hits};
}

/// Buckets of the code point two before `last`.
static inline uint64_t third_from(const list *list, size_t last) {
    return last > 1 ? cloose_buckets(sieve_at(list, last - 2)) : 0;
}

/// Of 64 code points that the sieve let through, those of which the memo does not know that no term ends there.
static inline uint64_t remember(const list *list, size_t first, uint64_t sieved) {
    uint64_t left = 0;
    // No branch depends on what is read, so all are read at once.
    for (; sieved != 0; sieved &= sieved - 1) {
        size_t last = first | (size_t)__builtin_ctzll(sieved);
        memo_key key = memo_key_of(list->codes[last - 1], list->codes[last], list->era);
        uint64_t entry = list->memo[key.place];
        bool is_left = !is_of(entry, key) | may_end_behind(entry, third_from(list, last));
        left |= (sieved & -sieved) & -(uint64_t)is_left;
    }
    return left;
}

void cloose_begin(const cloose_tables *tables, cloose_scan *scan) {
    list list = new_list(tables, scan);
    for (size_t first = 0; first < scan->count; first += 64)
        scan->sieved[first >> 6] = remember(&list, first, scan->sieved[first >> 6]);
    scan->next_sieved = 0;
    scan->next_special = 0;
}

bool cloose_next_sieved(const cloose_tables *tables, cloose_scan *scan) {
    list list = new_list(tables, scan);
    size_t next = next_bit(scan->sieved, scan->next_sieved, scan->count);
    while (next < scan->count && list.found + tables->most <= scan->capacity) {
        // What goes on in letters is looked for behind them.
        if ((class_at(&list, next - 1)->flags & CLOOSE_LETTER) == 0)
            add_sieved(&list, next - 1, next, third_from(&list, next));
        next = next_bit(scan->sieved, next + 1, scan->count);
    }
    scan->next_sieved = next;
    look_up(&list, scan);
    return next < scan->count;
}

bool cloose_next_special(const cloose_tables *tables, cloose_scan *scan) {
    list list = new_list(tables, scan);
    size_t next = next_bit(scan->specials, scan->next_special, scan->count);
    while (next < scan->count && list.found + tables->most <= scan->capacity) {
        look_behind(&list, next);
        next = next_bit(scan->specials, next + 1, scan->count);
    }
    scan->next_special = next;
    look_up(&list, scan);
    return next < scan->count;
}
