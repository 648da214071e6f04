#include <stddef.h>
#include <stdint.h>

/// libFuzzer as a library: its options and folders in `argv`, one call of `one_input` for each input.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*one_input)(const uint8_t *data, size_t size));
