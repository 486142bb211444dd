/* What a compiled program relies on, for whatever target this is compiled: it is never run. */
#include <stddef.h>

#include "zeren.h"
#include "zeren.h"

_Static_assert(sizeof(zeren_text) == 2 * sizeof(void *), "two words");
_Static_assert(_Alignof(zeren_text) == _Alignof(void *), "as a pointer");
_Static_assert(offsetof(zeren_text, data) == 0, "the bytes first");
_Static_assert(offsetof(zeren_text, len) == sizeof(void *), "then the length");
_Static_assert(sizeof(((zeren_text *)0)->len) == sizeof(size_t), "a size");
_Static_assert(sizeof(size_t) == sizeof(void *), "lengths are as wide as addresses");
_Static_assert(ZEREN_NUL == (size_t)-1, "no text is so long");
_Static_assert(ZEREN_SEE_SHEET == -9223372036854775807 - 1, "the least number");
_Static_assert(sizeof(int32_t) == 4 && sizeof(int64_t) == 8 && sizeof(uint8_t) == 1, "the numbers of the header");
_Static_assert(sizeof(zeren_version((zeren_text *)0)) == 4, "a status");

/* The same declarations again: a changed one does not compile. */
int32_t zeren_abi_version(void);
int32_t zeren_version(zeren_text *);
void zeren_text_free(zeren_text *);
int32_t zeren_error_message(const zeren_error *, zeren_text *);
void zeren_error_free(zeren_error *);
