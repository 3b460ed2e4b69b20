package coppice.testing.contract.model;

import static coppice.testing.contract.model.State.latin;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Batch;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.Space;
import coppice.api.Transaction;
import coppice.api.Transaction.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Commands that write rows.
final class Writing {
    private Writing() {}

    /// One put or delete.
    record Write(Row row, Optional<String> value) implements Step {
        static Write put(Row row, String value) {
            return new Write(row, Optional.of(value));
        }

        static Write delete(Row row) {
            return new Write(row, Optional.empty());
        }

        void to(Space space) {
            value.ifPresentOrElse(
                    present -> space.put(latin(row.key()), latin(present)), () -> space.delete(latin(row.key())));
        }

        @Override
        public void run(Progress progress) {
            progress.state = progress.state.with(row, value);
            to(progress.tx.space(row.space()));
        }

        @Override
        public String toString() {
            return row + value.map(Write::shown).orElse(" gone");
        }

        private static String shown(String text) {
            return "=" + (text.length() > 30 ? text.length() + " bytes" : text);
        }
    }

    record Put(On on, Write write) implements Command {
        @Override
        public void run(World world, Running running) {
            Line line = on.line(world);
            line.working = line.working.with(write.row(), write.value());
            write.to(on.of(running).space(write.row().space()));
        }
    }

    record ApplyBatch(On on, Writes content) implements Command {
        record Writes(String space, List<Write> writes) {}

        @Override
        public void run(World world, Running running) {
            Batch batch = new Batch();
            Line line = on.line(world);
            line.working = line.working.edited(rows -> {
                for (Write write : content.writes()) {
                    State.write(rows, new Row(content.space(), write.row().key()), write.value());
                    byte[] key = latin(write.row().key());
                    write.value().ifPresentOrElse(value -> batch.put(key, latin(value)), () -> batch.delete(key));
                }
            });
            on.of(running).space(content.space()).apply(batch);
        }
    }

    /// Many rows at once, so that trees have several levels.
    record Fill(On on, Extent extent) implements Command {
        record Extent(int rows, int step) {
            String key(int row) {
                return "f%05d".formatted(Math.floorMod(row * step, 5_000));
            }
        }

        @Override
        public void run(World world, Running running) {
            Line line = on.line(world);
            String value = "filled by " + extent.rows();
            line.working = line.working.edited(rows -> on.of(running).run(tx -> {
                for (int i = 0; i < extent.rows(); i++) {
                    rows.put(new Row("s", extent.key(i)), value);
                    tx.space("s").put(extent.key(i), value);
                }
            }));
        }
    }

    /// Sorted rows, past the journal, into a space that is empty or refuses.
    record Load(On on, Fill.Extent extent) implements Command {
        @Override
        public void run(World world, Running running) {
            Line line = on.line(world);
            List<Entry> entries = new ArrayList<>();
            State next = line.working.edited(rows -> {
                for (int i = 0; i < extent.rows(); i++) {
                    rows.put(new Row("t", extent.key(i)), "loaded");
                    entries.add(new Entry(latin(extent.key(i)), latin("loaded")));
                }
            });
            if (line.working.space("t").isEmpty()) {
                assertThat(on.of(running).load("t", entries.iterator())).isEqualTo(entries.size());
                line.working = next;
            } else {
                Expect.refused(ErrorCode.SPACE_NOT_EMPTY, () -> on.of(running).load("t", entries.iterator()));
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
                Expect.refused(ErrorCode.INVALID_SAVEPOINT, () -> progress.tx.rollbackTo(later));
            }
        }
    }

    record Look(String space) implements Step {
        @Override
        public void run(Progress progress) {
            Expect.same(progress.tx.space(space), progress.state.space(space));
        }
    }

    record RunTransaction(On on, Script content) implements Command {
        record Script(List<Step> steps, boolean commit) {}

        @Override
        public void run(World world, Running running) {
            Line line = on.line(world);
            try (Transaction tx = on.of(running).begin()) {
                Progress progress = new Progress(tx, line.working);
                content.steps().forEach(step -> step.run(progress));
                if (content.commit()) {
                    tx.commit();
                    line.working = progress.state;
                }
            }
        }
    }
}
