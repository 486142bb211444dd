/* A freed handle is told as long as its memory is: here nothing is given back, so what the library leaves there stays. */
#include "passes.h"

extern void __libc_free(void *);

static int keeps;
void free(void *block) {
  if (!keeps) __libc_free(block);
}

int main(void) {
  EACH(f, w) {
    int at;
    for (at = 0; at < f->count; at++) {
      const parameter *p = &f->parameters[at];
      attempt a;
      if (p->role != A_HANDLE || p->kept != NULL) continue;
      attempt_good(&a, f, &w);
      keeps = 1;
      handle_free(p->type, w.handle[p->type]);
      CHECK(*(uint32_t *)w.handle[p->type] == 0);
      wanted(f, "a freed handle", attempt_both(&a, f, "capi.wrong_handle"), f->frees >= 0 ? ZEREN_OK : ZEREN_WRONG_HANDLE);
      handle_free(p->type, w.handle[p->type]);
      keeps = 0;
      w.handle[p->type] = NULL;
      world_free(&w);
      world_make(&w);
    }
  }
  return 0;
}
