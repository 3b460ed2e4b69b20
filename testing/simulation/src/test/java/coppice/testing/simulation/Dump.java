package coppice.testing.simulation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.BranchInfo;
import coppice.api.CommitId;
import coppice.api.Cursor;
import coppice.api.Database;
import coppice.api.Range;
import coppice.api.ReflogEntry;
import coppice.api.Snapshot;
import coppice.api.SpaceView;
import coppice.api.Tag;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;

/// All that a database shows: each branch's latest commit, every row of its working state, where it has been; tags.
final class Dump {
    private Dump() {}

    /// By `branch`, `branch/space/key`.
    static Map<String, String> of(Database db) {
        Map<String, String> all = new TreeMap<>();
        for (BranchInfo branch : db.branches()) {
            all.put(branch.name(), branch.head().id().hex() + (branch.hasChanges() ? " changed" : ""));
            addState(all, branch.name(), db.branch(branch.name()).snapshot());
            addReflog(all, db, branch.name());
        }
        for (Tag tag : db.tags().list()) {
            all.put("tags/" + tag.name(), tag.commit().hex());
            addReflog(all, db, "tags/" + tag.name());
        }
        all.put("HEAD", db.current().name());
        return all;
    }

    private static void addReflog(Map<String, String> all, Database db, String ref) {
        StringJoiner moves = new StringJoiner(", ");
        for (ReflogEntry move : db.reflog(ref)) {
            moves.add(move.action() + " " + shown(move.before()) + ">" + shown(move.after()));
        }
        all.put(ref + "@{..}", moves.toString());
    }

    private static String shown(Optional<CommitId> commit) {
        return commit.map(CommitId::abbreviated).orElse("");
    }

    /// Adds all rows of a state.
    static void addState(Map<String, String> all, String place, Snapshot state) {
        for (String space : state.spaces()) {
            addRows(all, place + "/" + space + "/", state.space(space));
        }
    }

    private static void addRows(Map<String, String> all, String place, SpaceView space) {
        long rows = 0;
        try (Cursor cursor = space.scan(Range.all())) {
            while (cursor.next()) {
                rows++;
                byte[] value = cursor.value();
                String shown = value.length > 40
                        ? value.length + " bytes #" + Arrays.hashCode(value)
                        : new String(value, ISO_8859_1);
                all.put(place + new String(cursor.key(), ISO_8859_1), shown);
            }
        }
        assertThat(space.count()).as("count of %s", place).isEqualTo(rows);
    }

    /// Asserts that everything is where it should be: every chunk sound, every ref and its history readable.
    static void requireSound(Database db) {
        assertThat(db.check().problems()).isEmpty();
        for (BranchInfo branch : db.branches()) {
            db.log(branch.name())
                    .forEach(commit ->
                            assertThat(db.at(commit.id().hex()).spaces()).isNotNull());
        }
    }
}
