// Counts what the process asks of the heap: its own malloc and friends stand in front of glibc's.
#pragma once
#include <stdint.h>

uint64_t allocation_count(void);
