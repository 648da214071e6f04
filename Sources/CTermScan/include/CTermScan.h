#ifndef CTERMSCAN_H
#define CTERMSCAN_H

// The innermost loops of TermMatching, one header a stage. Each stage has a file for each instruction set: `exact_portable.c`
// is for any machine, `exact_avx512.c` for those that have AVX-512, and every one gives the same result.

#include "exact_scan.h"
#include "fuzzy_scan.h"

#endif
