package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Database;
import coppice.testing.contract.PlainDatabase.State;
import coppice.testing.contract.PlainDatabase.Version;
import coppice.testing.property.Model;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Everything at once: random work on several branches and spaces, beside plain sorted maps. A failure shrinks to a
/// short list of commands and prints the seed.
///
/// `-Dcoppice.runs=N` tries more, `-Dcoppice.seed=fresh` others.
abstract class ModelContract extends Contract {
    /// How many random lives one build tries.
    protected int runs() {
        return 250;
    }

    @Test
    void randomWorkGivesWhatPlainSortedMapsGive() {
        Model.of(PlainDatabase::new, () -> new Running(subject()))
                .commands(Commands::possible)
                .invariant((model, running) -> running.requireSame(model))
                .runs(runs())
                .steps(80)
                .check();
    }

    /// The database beside the model.
    static final class Running implements AutoCloseable {
        private final Subject subject;
        private boolean started;
        Database db;

        Running(Subject subject) {
            this.subject = subject;
            this.db = subject.open(OPTIONS);
        }

        boolean isPersistent() {
            return subject.isPersistent();
        }

        /// Lets the model begin where the database begins.
        void start(PlainDatabase model) {
            if (!started) {
                started = true;
                Version root = model.add(db.head().id().hex(), new State(), List.of());
                model.lines.put("main", new PlainDatabase.Line(root));
            }
        }

        void reopen() {
            db.close();
            db = subject.open(OPTIONS);
        }

        /// What is cheap to compare after every command.
        void requireSame(PlainDatabase model) {
            assertThat(db.branches()).extracting(branch -> branch.name()).isEqualTo(List.copyOf(model.lines.keySet()));
            model.lines.forEach((name, line) -> {
                assertThat(db.branch(name).head().id().hex()).isEqualTo(line.head.id);
                assertThat(db.branch(name).hasChanges())
                        .as("hasChanges of %s", name)
                        .isEqualTo(line.hasChanges());
            });
        }

        @Override
        public void close() {
            db.close();
        }
    }
}
