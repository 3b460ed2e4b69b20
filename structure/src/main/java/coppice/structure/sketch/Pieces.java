package coppice.structure.sketch;

import coppice.api.Cursor;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Space;
import coppice.api.SpaceView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rows of a part by number: read as they are needed, changed in memory, and written when all is done. For one
/// thread.
final class Pieces<P> {
    /// What a row is in memory, where it may be changed.
    interface Form<P> {
        /// What is meant by a row that is not there.
        P none();

        /// Reads a row; nothing when it is none.
        Optional<P> decode(byte[] row);

        /// The row.
        ///
        /// @param mark that of this writing
        byte[] encode(P piece, long mark);
    }

    /// Rows of counts.
    record Counts(int size) implements Form<long[]> {
        @Override
        public long[] none() {
            return new long[size];
        }

        @Override
        public Optional<long[]> decode(byte[] row) {
            return Cells.decode(row, size).map(Cells::counts);
        }

        @Override
        public byte[] encode(long[] piece, long mark) {
            return new Cells(mark, piece).encode();
        }
    }

    /// Rows of bytes.
    record Bytes(int size) implements Form<byte[]> {
        @Override
        public byte[] none() {
            return new byte[size];
        }

        @Override
        public Optional<byte[]> decode(byte[] row) {
            return row.length == size ? Optional.of(row) : Optional.empty();
        }

        @Override
        public byte[] encode(byte[] piece, long mark) {
            return piece;
        }
    }

    private final SpaceView rows;
    private final Part part;
    private final short tag;
    private final Form<P> form;
    private final Map<Integer, P> known = new HashMap<>();
    private final Set<Integer> changed = new HashSet<>();

    Pieces(SpaceView rows, Part part, short tag, Form<P> form) {
        this.rows = rows;
        this.part = part;
        this.tag = tag;
        this.form = form;
    }

    /// One of them. What is changed in it is seen by who asks next, and written if it was said to be changed.
    P at(int number) {
        return known.computeIfAbsent(
                number, at -> rows.get(part.key(tag, at)).map(this::decode).orElseGet(form::none));
    }

    /// Says that one was changed.
    void changed(int number) {
        changed.add(number);
    }

    private P decode(byte[] row) {
        return form.decode(row).orElseThrow(() -> none(rows, part));
    }

    /// Says that a row is none.
    static DatabaseException none(SpaceView rows, Part part) {
        return new DatabaseException.Incorrect(
                        ErrorCode.VALUE_MISFIT,
                        "What is stored for the sketch '" + rows.name() + "' cannot be read: a row of its "
                                + part.text() + " is none. Clear it")
                .with("structure", rows.name());
    }

    /// Writes those that were changed.
    void write(Space into, long mark) {
        changed.forEach(number -> into.put(part.key(tag, number), form.encode(at(number), mark)));
        changed.clear();
    }

    /// Hands on all that are stored, in the order of their numbers.
    void each(Each<P> each) {
        try (Cursor cursor = rows.scan(part.range(tag))) {
            while (cursor.next()) {
                each.accept(Part.at(cursor.key()), decode(cursor.value()));
            }
        }
    }

    interface Each<P> {
        void accept(int number, P piece);
    }
}
