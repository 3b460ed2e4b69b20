package coppice.engine.merge;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Branch;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.MergePolicy;
import coppice.api.Options;
import coppice.engine.Opening;
import coppice.engine.storage.Machine;
import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Entropy;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.Tasks;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MergingTest {
    private final AtomicLong now = new AtomicLong(1_000);

    /// A database whose clock the test sets.
    private Database opened() {
        Clock clock = new Clock() {
            @Override
            public long millis() {
                return now.get();
            }

            @Override
            public long nanos() {
                return now.get() * 1_000_000;
            }
        };
        Machine machine = new Machine(new MemoryDisk(), Tasks.threads(), clock, Entropy.secure());
        return Opening.open(machine, "test", Options.defaults());
    }

    private void commit(Branch branch, long millis, String key, String value) {
        now.set(millis);
        if (value.isEmpty()) {
            branch.space("s").delete(key);
        } else {
            branch.space("s").put(key, value);
        }
        branch.commit(branch.name() + " at " + millis);
    }

    private static String merged(Database db, String source, String into, String key) {
        Merge merge = Merge.into(into).policy(MergePolicy.lastWriterWins());
        assertThat(db.merge(source, merge)).isInstanceOf(MergeOutcome.Merged.class);
        return db.branch(into).space("s").text(key).orElse("-");
    }

    @Test
    @Timeout(30)
    void changesThatChangedNothingDoNotStandInTheWay() {
        try (Database db = Coppice.open("mem:")) {
            db.main().space("s").put("a", "1");
            db.commit("base");
            Branch other = db.branch("other", "main");
            other.space("s").put("b", "2");
            other.commit("theirs");
            db.main().space("s").put("c", "3");
            db.commit("ours");
            db.main().space("s").put("a", "1");
            db.main().space("t").put("x", "y");
            db.main().space("t").delete("x");
            assertThat(db.main().hasChanges()).isFalse();
            assertThat(db.merge("other", Merge.into("main"))).isInstanceOf(MergeOutcome.Merged.class);
            assertThat(db.main().space("s").count()).isEqualTo(3);
        }
    }

    @Test
    void theLastWriterIsWhoeverWroteTheKeyLastNotWhoeverCommittedLast() {
        try (Database db = opened()) {
            commit(db.main(), 1_000, "k", "base");
            Branch other = db.branch("other", "main");
            commit(db.main(), 2_000, "k", "ours");
            commit(other, 3_000, "k", "theirs");
            commit(db.main(), 4_000, "unrelated", "x");
            assertThat(merged(db, "other", "main", "k")).isEqualTo("theirs");
        }
    }

    @Test
    void aRemovalIsAWritingToo() {
        try (Database db = opened()) {
            commit(db.main(), 1_000, "early", "base");
            commit(db.main(), 1_000, "late", "base");
            Branch other = db.branch("other", "main");
            commit(db.main(), 2_000, "early", "");
            commit(other, 3_000, "early", "theirs");
            commit(other, 3_000, "late", "theirs");
            commit(db.main(), 4_000, "late", "");
            db.branch("copy", "main");
            assertThat(merged(db, "other", "main", "early")).isEqualTo("theirs");
            assertThat(db.space("s").text("late")).isEmpty();
            assertThat(merged(db, "copy", "other", "early")).isEqualTo("theirs");
            assertThat(other.space("s").text("late")).isEmpty();
        }
    }

    @Test
    void aMergeDoesNotWriteWhatItTakes() {
        try (Database db = opened()) {
            commit(db.main(), 1_000, "k", "base");
            Branch left = db.branch("left", "main");
            Branch right = db.branch("right", "main");
            commit(right, 2_000, "k", "right");
            commit(left, 1_500, "j", "left");
            now.set(9_000);
            assertThat(merged(db, "right", "left", "k")).isEqualTo("right");
            commit(db.main(), 5_000, "k", "main");
            now.set(9_500);
            assertThat(merged(db, "left", "main", "k")).isEqualTo("main");
        }
    }

    @Test
    void atTheSameTimeTheGreaterValueWinsAndAnyOverARemoval() {
        try (Database db = opened()) {
            commit(db.main(), 1_000, "k", "base");
            commit(db.main(), 1_000, "gone", "base");
            Branch other = db.branch("other", "main");
            commit(db.main(), 2_000, "k", "b");
            commit(db.main(), 2_000, "gone", "");
            commit(other, 2_000, "k", "a");
            commit(other, 2_000, "gone", "a");
            db.branch("copy", "main");
            assertThat(merged(db, "other", "main", "k")).isEqualTo("b");
            assertThat(merged(db, "copy", "other", "k")).isEqualTo("b");
            assertThat(db.space("s").text("gone")).contains("a");
            assertThat(db.diff("main", "other")).isEmpty();
        }
    }
}
