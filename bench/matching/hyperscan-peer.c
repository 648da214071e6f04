/* Hyperscan's literal API on the terms and the text that claimwatch is measured with.
 *
 *     hyperscan-peer TERMS TEXT [RUNS]        terms: one a line, blank lines skipped; RUNS: best of so many (default 5)
 *
 * Two ways in one run, taken in turn: one hs_scan for each line, as events come, and one for the whole file. Every
 * match of every term is counted, overlapping ones too; nothing is folded. One thread. The text is read and split into
 * lines before the clock starts; the clock is this process's CPU time. Prints one JSON object: mb_per_s is per line,
 * whole_mb_per_s the whole file, both over all bytes of the text (1 MB = 10^6 bytes); memory_bytes is the database and
 * one scratch space. */
#include <hs/hs.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct slice {
    const char *start;
    size_t length;
};

/* CPU time of this process: on a machine shared with others, wall-clock time measures the others too. */
static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static void stop(int status, const char *what, const char *which) {
    fprintf(stderr, "hyperscan-peer: %s: %s\n", what, which);
    exit(status);
}

static char *read_file(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    if (!file) stop(66, "cannot open the file", path);
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *bytes = malloc(size + 1);
    if (!bytes || fread(bytes, 1, size, file) != (size_t)size) stop(66, "cannot read the file", path);
    fclose(file);
    bytes[size] = 0; /* hs_compile_lit_multi wants expressions ended by a zero, though it is told their lengths. */
    *length = size;
    return bytes;
}

/* Without line breaks, a CR before one neither; no line after a break at the end of the file. */
static struct slice *split(const char *bytes, size_t length, int keep_blank, size_t *count) {
    size_t capacity = 1024;
    struct slice *lines = malloc(capacity * sizeof *lines);
    *count = 0;
    for (size_t at = 0; at < length;) {
        const char *found = memchr(bytes + at, '\n', length - at);
        size_t end = found ? (size_t)(found - bytes) : length, next = end + 1;
        if (end > at && bytes[end - 1] == '\r') end--;
        if (end > at || keep_blank) {
            if (*count == capacity) lines = realloc(lines, (capacity *= 2) * sizeof *lines);
            if (!lines) stop(71, "out of memory", "lines");
            lines[(*count)++] = (struct slice){bytes + at, end - at};
        }
        at = next;
    }
    return lines;
}

static int on_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *count) {
    (void)id, (void)from, (void)to, (void)flags;
    ++*(unsigned long long *)count;
    return 0;
}

static hs_database_t *compile(const struct slice *terms, size_t count, double *build_ms) {
    const char **expressions = malloc(count * sizeof *expressions);
    unsigned *flags = calloc(count, sizeof *flags), *ids = malloc(count * sizeof *ids);
    size_t *lengths = malloc(count * sizeof *lengths);
    for (size_t i = 0; i < count; i++) {
        expressions[i] = terms[i].start;
        lengths[i] = terms[i].length;
        ids[i] = i;
    }
    hs_database_t *database;
    hs_compile_error_t *error;
    double begun = seconds();
    if (hs_compile_lit_multi(expressions, flags, ids, lengths, count, HS_MODE_BLOCK, NULL, &database, &error))
        stop(65, "Hyperscan refused the terms", error->message);
    *build_ms = (seconds() - begun) * 1e3;
    free(expressions), free(flags), free(ids), free(lengths);
    return database;
}

int main(int argc, char **argv) {
    int runs = argc > 3 ? atoi(argv[3]) : 5;
    if (argc < 3 || argc > 4 || runs < 1) {
        fprintf(stderr, "usage: hyperscan-peer TERMS TEXT [RUNS]\n");
        return 64;
    }
    size_t terms_bytes, text_bytes, term_count, line_count;
    char *terms_file = read_file(argv[1], &terms_bytes), *text = read_file(argv[2], &text_bytes);
    struct slice *terms = split(terms_file, terms_bytes, 0, &term_count);
    struct slice *lines = split(text, text_bytes, 1, &line_count);
    if (!term_count) stop(65, "no term in the file", argv[1]);
    if (!line_count) stop(65, "no text in the file", argv[2]);
    if (text_bytes > UINT_MAX) stop(65, "hs_scan takes 4 GiB at most", argv[2]);

    double build_ms;
    hs_database_t *database = compile(terms, term_count, &build_ms);
    hs_scratch_t *scratch = NULL;
    if (hs_alloc_scratch(database, &scratch)) stop(71, "out of memory", "scratch");
    size_t database_bytes, scratch_bytes;
    hs_database_size(database, &database_bytes);
    hs_scratch_size(scratch, &scratch_bytes);

    double best = 1e9, best_whole = 1e9;
    unsigned long long matches = 0, matches_whole = 0;
    for (int run = 0; run < runs; run++) {
        unsigned long long count = 0, count_whole = 0;
        hs_error_t failed = HS_SUCCESS;
        double begun = seconds();
        for (size_t i = 0; i < line_count; i++)
            failed |= hs_scan(database, lines[i].start, lines[i].length, 0, scratch, on_match, &count);
        double taken = seconds() - begun;
        if (taken < best) best = taken;
        begun = seconds();
        failed |= hs_scan(database, text, text_bytes, 0, scratch, on_match, &count_whole);
        taken = seconds() - begun;
        if (taken < best_whole) best_whole = taken;
        if (failed) stop(70, "hs_scan failed", argv[2]);
        if (run && (count != matches || count_whole != matches_whole)) stop(70, "runs disagree on the count", argv[2]);
        matches = count;
        matches_whole = count_whole;
    }
    printf("{\"engine\": \"hyperscan\", \"version\": \"%.5s\", \"terms\": %zu, \"text_bytes\": %zu, \"lines\": %zu, "
           "\"matches\": %llu, \"whole_matches\": %llu, \"build_ms\": %.2f, \"memory_bytes\": %zu, "
           "\"mb_per_s\": %.1f, \"whole_mb_per_s\": %.1f, \"ns_per_line\": %.1f, \"runs\": %d}\n",
           hs_version(), term_count, text_bytes, line_count, matches, matches_whole, build_ms,
           database_bytes + scratch_bytes, text_bytes / best / 1e6, text_bytes / best_whole / 1e6,
           best / line_count * 1e9, runs);
    return 0;
}
