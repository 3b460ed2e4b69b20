package coppice.engine.storage;

import coppice.api.DatabaseException;
import coppice.engine.terms.Failures;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whether the database is open, and whether it can take more writes now: writers that fill memory faster than it
/// is folded wait here.
public final class Gate {
    /// Makes room: told how many bytes are about to be written, it may block.
    public interface Pressure {
        /// Waits until there is room.
        ///
        /// @param bytes of keys and values
        void admit(long bytes);
    }

    private volatile Pressure pressure = _ -> {};
    private volatile boolean closed;

    /// Says who makes room, once there is somebody.
    public void relievedBy(Pressure relief) {
        pressure = relief;
    }

    /// Refuses to go on with a database that was closed.
    ///
    /// @throws DatabaseException.Closed when the database was closed
    public void ensureOpen() {
        if (closed) {
            throw new DatabaseException.Closed("The database was closed: open it again with Coppice.open()");
        }
    }

    /// Waits until there is memory for what is to be written.
    ///
    /// @param bytes of keys and values
    /// @throws DatabaseException.Closed when the database was closed
    public void admit(long bytes) {
        ensureOpen();
        pressure.admit(bytes);
    }

    /// Closes the gate.
    ///
    /// @return whether this call closed it
    public synchronized boolean close() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    /// Does what a face of the database is asked for, while it is open; fails in the terms of the API.
    public <T> T guarded(Supplier<T> body) {
        ensureOpen();
        return Failures.guarded(body);
    }

    /// As [#guarded], of what reads on while the database may be closed: being closed explains any failure.
    public <T> T reading(Supplier<T> body) {
        ensureOpen();
        try {
            return body.get();
        } catch (RuntimeException failure) {
            throw explain(failure);
        }
    }

    /// The exception to throw for one that a call met: being closed explains any.
    public RuntimeException explain(RuntimeException failure) {
        RuntimeException translated = Failures.translated(failure);
        return closed && !(translated instanceof DatabaseException) ? closedBy(failure) : translated;
    }

    private static DatabaseException closedBy(@Nullable Throwable cause) {
        return new DatabaseException.Closed(
                "The database was closed while the call ran: open it again with Coppice.open()",
                cause == null ? new IllegalStateException() : cause);
    }
}
