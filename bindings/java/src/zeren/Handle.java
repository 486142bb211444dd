package zeren;

import com.sun.jna.Pointer;
import java.util.function.Consumer;

/** A handle that is freed once, and never while a call is under way in another thread. */
final class Handle {
    /** A call on a handle. */
    interface Call<T> {
        T on(Pointer pointer);
    }

    private final Pointer pointer;
    private final Consumer<Pointer> free;
    private int calls;
    private boolean closed;

    Handle(long[] pointer, Consumer<Pointer> free) {
        this.pointer = new Pointer(pointer[0]);
        this.free = free;
    }

    <T> T use(Call<T> call) {
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("it is closed");
            }
            calls++;
        }
        try {
            return call.on(pointer);
        } finally {
            boolean last;
            synchronized (this) {
                calls--;
                last = closed && calls == 0;
            }
            if (last) {
                free.accept(pointer);
            }
        }
    }

    /** No further calls; freed when the last that is under way returns. */
    void close() {
        boolean idle;
        synchronized (this) {
            idle = !closed && calls == 0;
            closed = true;
        }
        if (idle) {
            free.accept(pointer);
        }
    }
}
