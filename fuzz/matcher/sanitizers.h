#include <sanitizer/asan_interface.h>
#include <stdint.h>

/// libFuzzer's own change of an input, for a custom mutator.
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
