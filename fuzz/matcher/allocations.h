#include <stddef.h>

/// How often memory was asked for in this process: malloc, calloc, realloc and the aligned ones.
size_t allocation_count(void);
