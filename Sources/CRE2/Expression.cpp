#include "CRE2.h"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace {

// Shorter words, a letter or a sign of ASCII, stand in every text.
constexpr int min_word_bytes = 2;

cre2_status status_of(re2::RE2::ErrorCode code) {
    switch (code) {
    case re2::RE2::NoError: return CRE2_OK;
    case re2::RE2::ErrorBadEscape:
    case re2::RE2::ErrorTrailingBackslash: return CRE2_ESCAPE;
    case re2::RE2::ErrorBadCharClass: return CRE2_CLASS;
    case re2::RE2::ErrorBadCharRange: return CRE2_RANGE;
    case re2::RE2::ErrorMissingBracket: return CRE2_BRACKET;
    case re2::RE2::ErrorMissingParen:
    case re2::RE2::ErrorUnexpectedParen: return CRE2_PARENTHESIS;
    case re2::RE2::ErrorRepeatArgument:
    case re2::RE2::ErrorRepeatOp: return CRE2_NOTHING_TO_REPEAT;
    case re2::RE2::ErrorRepeatSize: return CRE2_REPETITION;
    case re2::RE2::ErrorBadPerlOp:
    case re2::RE2::ErrorBadNamedCapture: return CRE2_GROUP;
    case re2::RE2::ErrorBadUTF8: return CRE2_UTF8;
    case re2::RE2::ErrorPatternTooLarge: return CRE2_TOO_LARGE;
    default: return CRE2_OTHER;
    }
}

}  // namespace

struct cre2_expression {
    re2::FilteredRE2 filter{min_word_bytes};
    std::vector<std::string> words;

    const re2::RE2 &expression() const { return filter.GetRE2(0); }
};

cre2_expression *cre2_new(
    const char *source, size_t length, size_t max_bytes, size_t max_instructions, cre2_status *status, char *argument,
    size_t capacity, size_t *argument_length) {
    *argument_length = 0;
    try {
        re2::RE2::Options options;
        options.set_log_errors(false);
        options.set_max_mem(static_cast<int64_t>(max_bytes));
        const re2::StringPiece pattern(source, length);
        {
            // The filter tells no more than that an expression is wrong; so it gets none that is.
            const re2::RE2 first(pattern, options);
            *status = status_of(first.error_code());
            if (*status == CRE2_OK && static_cast<size_t>(first.ProgramSize()) > max_instructions) {
                *status = CRE2_TOO_LARGE;
            }
            if (*status != CRE2_OK) {
                const std::string &part = first.error_arg();
                *argument_length = std::min(part.size(), capacity);
                std::memcpy(argument, part.data(), *argument_length);
                return nullptr;
            }
        }
        auto made = std::make_unique<cre2_expression>();
        int number = -1;
        if (made->filter.Add(pattern, options, &number) != re2::RE2::NoError || number != 0) {
            *status = CRE2_OTHER;
            return nullptr;
        }
        made->filter.Compile(&made->words);
        return made.release();
    } catch (...) {
        *status = CRE2_MEMORY;
        return nullptr;
    }
}

void cre2_free(cre2_expression *expression) { delete expression; }

size_t cre2_groups(const cre2_expression *expression) {
    return static_cast<size_t>(std::max(expression->expression().NumberOfCapturingGroups(), 0));
}

size_t cre2_words(const cre2_expression *expression) { return expression->words.size(); }

const char *cre2_word(const cre2_expression *expression, size_t index, size_t *length) {
    *length = expression->words[index].size();
    return expression->words[index].data();
}

int cre2_may_match(const cre2_expression *expression, const int32_t *words, size_t count) {
    try {
        const std::vector<int> present(words, words + count);
        std::vector<int> passed;
        expression->filter.AllPotentials(present, &passed);
        return !passed.empty();
    } catch (...) {
        return 1;
    }
}

int cre2_match(
    const cre2_expression *expression, const char *text, size_t length, size_t from, int32_t *offsets, size_t spans) {
    if (text == nullptr || from > length || length > static_cast<size_t>(std::numeric_limits<int32_t>::max())) { return 0; }
    try {
        re2::StringPiece found[CRE2_MAX_SPANS];
        const size_t wanted = std::min<size_t>(spans, CRE2_MAX_SPANS);
        if (!expression->expression().Match(
                re2::StringPiece(text, length), from, length, re2::RE2::UNANCHORED, found, static_cast<int>(wanted))) {
            return 0;
        }
        for (size_t span = 0; span < wanted; span++) {
            const char *start = found[span].data();
            offsets[2 * span] = start == nullptr ? -1 : static_cast<int32_t>(start - text);
            offsets[2 * span + 1] = start == nullptr ? -1 : static_cast<int32_t>(start - text + found[span].size());
        }
        return 1;
    } catch (...) {
        return 0;
    }
}
