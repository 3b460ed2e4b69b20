package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Batch;
import coppice.api.Branch;
import coppice.api.Database;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.Range;
import coppice.api.Snapshot;
import coppice.api.Space;
import coppice.api.SpaceView;
import coppice.api.Transaction;
import coppice.api.Transaction.Savepoint;
import coppice.testing.contract.Commands.Command;
import coppice.testing.contract.ModelContract.Running;
import coppice.testing.contract.PlainDatabase.Line;
import coppice.testing.contract.PlainDatabase.Row;
import coppice.testing.contract.PlainDatabase.State;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Commands that write rows and look at them.
final class WriteCommands {
    private WriteCommands() {}

    static byte[] latin(String text) {
        return text.getBytes(ISO_8859_1);
    }

    static String latin(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    /// One put or delete.
    record Write(Row row, Optional<String> value) implements Step {
        static Write put(Row row, String value) {
            return new Write(row, Optional.of(value));
        }

        static Write delete(Row row) {
            return new Write(row, Optional.empty());
        }

        void to(Space space) {
            if (value.isPresent()) {
                space.put(latin(row.key()), latin(value.get()));
            } else {
                space.delete(latin(row.key()));
            }
        }

        @Override
        public void run(Progress progress) {
            progress.state = progress.state.with(row, value);
            to(progress.tx.space(row.space()));
        }

        @Override
        public String toString() {
            return row
                    + value.map(text -> "=" + (text.length() > 20 ? text.length() + " bytes" : text))
                            .orElse(" gone");
        }
    }

    record Put(String branch, Write write) implements Command {
        @Override
        public void run(PlainDatabase model, Running running) {
            Line line = model.line(branch);
            line.working = line.working.with(write.row(), write.value());
            write.to(running.db.branch(branch).space(write.row().space()));
        }
    }

    record Remove(String branch, Row row) implements Command {
        @Override
        public void run(PlainDatabase model, Running running) {
            new Put(branch, Write.delete(row)).run(model, running);
        }
    }

    record ApplyBatch(String branch, Writes content) implements Command {
        record Writes(String space, List<Write> writes) {}

        @Override
        public void run(PlainDatabase model, Running running) {
            Batch batch = new Batch();
            State next = new State(model.line(branch).working);
            for (Write write : content.writes()) {
                next.write(new Row(content.space(), write.row().key()), write.value());
                byte[] key = latin(write.row().key());
                write.value().ifPresentOrElse(value -> batch.put(key, latin(value)), () -> batch.delete(key));
            }
            model.line(branch).working = next;
            running.db.branch(branch).space(content.space()).apply(batch);
        }
    }

    /// Many rows at once, so that trees have several levels.
    record Fill(String branch, Extent extent) implements Command {
        record Extent(int rows, int step) {}

        @Override
        public void run(PlainDatabase model, Running running) {
            State next = new State(model.line(branch).working);
            running.db.branch(branch).run(tx -> {
                for (int i = 0; i < extent.rows(); i++) {
                    String key = "f%05d".formatted(Math.floorMod(i * extent.step(), 5_000));
                    String value = "filled by " + extent.rows();
                    next.put(new Row("s", key), value);
                    tx.space("s").put(key, value);
                }
            });
            model.line(branch).working = next;
        }
    }

    /// Sorted rows, past the journal, into a space that is empty or refuses.
    record Load(String branch, Fill.Extent extent) implements Command {
        @Override
        public void run(PlainDatabase model, Running running) {
            State next = new State(model.line(branch).working);
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < extent.rows(); i++) {
                String key = "f%05d".formatted(i * extent.step());
                next.put(new Row("t", key), "loaded");
                entries.add(new Entry(latin(key), latin("loaded")));
            }
            Branch system = running.db.branch(branch);
            if (model.line(branch).working.space("t").isEmpty()) {
                assertThat(system.load("t", entries.iterator())).isEqualTo(entries.size());
                model.line(branch).working = next;
            } else {
                Contract.incorrect(ErrorCode.SPACE_NOT_EMPTY, () -> system.load("t", entries.iterator()));
            }
        }
    }

    /// Where a running transaction is, in the model and in the database.
    static final class Progress {
        private final Transaction tx;
        private State state;
        private final List<State> saved = new ArrayList<>();
        private final List<Savepoint> savepoints = new ArrayList<>();

        Progress(Transaction tx, State state) {
            this.tx = tx;
            this.state = state;
        }
    }

    /// One step of a transaction.
    sealed interface Step {
        void run(Progress progress);
    }

    record Save() implements Step {
        @Override
        public void run(Progress progress) {
            progress.saved.add(progress.state);
            progress.savepoints.add(progress.tx.savepoint());
        }
    }

    record Return(int index) implements Step {
        @Override
        public void run(Progress progress) {
            if (index >= progress.saved.size()) {
                return;
            }
            progress.state = progress.saved.get(index);
            progress.tx.rollbackTo(progress.savepoints.get(index));
            while (progress.saved.size() > index + 1) {
                progress.saved.removeLast();
                Savepoint later = progress.savepoints.removeLast();
                Contract.incorrect(ErrorCode.INVALID_SAVEPOINT, () -> progress.tx.rollbackTo(later));
            }
        }
    }

    record Look(String space) implements Step {
        @Override
        public void run(Progress progress) {
            requireSame(progress.tx.space(space), progress.state.space(space));
        }
    }

    record RunTransaction(String branch, Script content) implements Command {
        record Script(List<Step> steps, boolean commit) {}

        @Override
        public void run(PlainDatabase model, Running running) {
            Line line = model.line(branch);
            try (Transaction tx = running.db.branch(branch).begin()) {
                Progress progress = new Progress(tx, line.working);
                content.steps().forEach(step -> step.run(progress));
                if (content.commit()) {
                    tx.commit();
                    line.working = progress.state;
                }
            }
        }
    }

    /// Looks at everything of a branch, and closely at one row.
    record Read(String branch, Row row) implements Command {
        @Override
        public void run(PlainDatabase model, Running running) {
            State working = model.line(branch).working;
            Database db = running.db;
            requireSame(db.branch(branch).snapshot(), working);
            assertThat(db.branch(branch).spaces()).isEqualTo(working.spaces());
            requireSame(db.branch(branch).space(row.space()), working.space(row.space()));
            probe(db.branch(branch).space(row.space()), working.space(row.space()), row.key());
        }
    }

    static void requireSame(Snapshot snapshot, State state) {
        assertThat(snapshot.spaces()).isEqualTo(state.spaces());
        state.spaces().forEach(space -> requireSame(snapshot.space(space), state.space(space)));
    }

    static void requireSame(SpaceView space, NavigableMap<String, String> rows) {
        requireRows(space, Range.all(), rows);
        requireRows(space, Range.all().reversed(), rows.descendingMap());
        assertThat(space.count()).isEqualTo(rows.size());
    }

    private static void requireRows(SpaceView space, Range range, NavigableMap<String, String> rows) {
        TreeMap<String, String> found = new TreeMap<>(rows.comparator());
        List<String> order = new ArrayList<>();
        try (Stream<Entry> entries = space.entries(range)) {
            entries.forEach(entry -> {
                found.put(latin(entry.key()), latin(entry.value()));
                order.add(latin(entry.key()));
            });
        }
        assertThat(order).isEqualTo(List.copyOf(rows.keySet()));
        assertThat(found).isEqualTo(rows);
    }

    private static void probe(SpaceView space, NavigableMap<String, String> rows, String key) {
        assertThat(space.get(latin(key)).map(WriteCommands::latin)).isEqualTo(Optional.ofNullable(rows.get(key)));
        assertThat(space.contains(latin(key))).isEqualTo(rows.containsKey(key));
        NavigableMap<String, String> before = rows.headMap(key, false);
        NavigableMap<String, String> after = rows.tailMap(key, true);
        assertThat(space.rank(latin(key))).isEqualTo(before.size());
        assertThat(space.count(Range.from(latin(key)))).isEqualTo(after.size());
        assertThat(space.select(before.size()).map(entry -> latin(entry.key())))
                .isEqualTo(after.isEmpty() ? Optional.empty() : Optional.of(after.firstKey()));
        requireRows(space, Range.from(latin(key)), after);
        requireRows(space, Range.to(latin(key)).reversed(), before.descendingMap());
        assertThat(space.page(Range.from(latin(key)), 3).entries())
                .extracting(entry -> latin(entry.key()))
                .isEqualTo(after.keySet().stream().limit(3).toList());
    }
}
