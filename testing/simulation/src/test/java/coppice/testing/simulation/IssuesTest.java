package coppice.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.Issue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/// A bit is turned here and there in the files of a database, before it is opened and while it is open: between them
/// they cause each kind of issue that damage of files can cause, and each says where it is and what to do.
final class IssuesTest {
    private static final int STRIDE = 7;

    private final SimulatedDisk disk = made();
    private final Set<Issue.Kind> told = EnumSet.noneOf(Issue.Kind.class);

    private static SimulatedDisk made() {
        SimulatedDisk disk = new SimulatedDisk();
        try (Database db = Damaged.open(disk)) {
            for (int i = 0; i < 40; i++) {
                db.space("s").put("k" + i, "value " + i);
            }
            db.commit("one");
            db.branch("side", "main").commit("two", tx -> tx.space("t").put("a", "1"));
            db.tags().create("v1", "side");
            db.forceDeleteBranch("side");
            db.gc(); // leaves a pack that is ended, and so has an index
            db.space("s").put("k8", "last");
            return disk.afterKill();
        }
    }

    @Test
    void eachKindOfDamageIsToldAsWhatItIs() {
        turnBits(disk, (path, bytes) -> tell(Damaged.with(disk, path, bytes)));
        try (Database db = Damaged.open(disk)) {
            turnBits(disk, (path, bytes) -> {
                byte[] whole = Damaged.content(disk, path);
                Damaged.write(disk, path, bytes);
                tell(db);
                Damaged.write(disk, path, whole);
            });
            assertThat(db.check().issues()).isEmpty();
        }
        assertThat(told)
                .containsExactlyInAnyOrder(
                        Issue.Kind.DAMAGED_CHUNK,
                        Issue.Kind.DAMAGED_PACK,
                        Issue.Kind.DAMAGED_INDEX,
                        Issue.Kind.DAMAGED_JOURNAL,
                        Issue.Kind.DAMAGED_MANIFEST,
                        Issue.Kind.MISSING_CHUNK,
                        Issue.Kind.DANGLING_REF);
    }

    private static void turnBits(SimulatedDisk disk, BiConsumer<String, byte[]> look) {
        List<String> files = new ArrayList<>(Damaged.files(disk, "packs"));
        files.addAll(Damaged.files(disk, "journal"));
        files.add("MANIFEST");
        for (String path : files) {
            byte[] whole = Damaged.content(disk, path);
            for (int at = 0; at < Math.min(whole.length, 10_000); at += STRIDE) {
                byte[] bytes = whole.clone();
                bytes[at] ^= 4;
                look.accept(path, bytes);
            }
        }
    }

    /// Notes what a check finds, if the database can be opened.
    private void tell(SimulatedDisk damaged) {
        try (Database db = Damaged.open(damaged)) {
            tell(db);
        } catch (DatabaseException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private void tell(Database db) {
        for (Issue issue : db.check().issues()) {
            assertThat(issue.text()).contains(issue.where(), issue.kind().advice());
            told.add(issue.kind());
        }
    }
}
