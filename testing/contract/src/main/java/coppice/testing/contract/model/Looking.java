package coppice.testing.contract.model;

import static coppice.testing.contract.model.State.latin;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Commit;
import coppice.api.Database;
import coppice.api.DiffQuery;
import coppice.api.Divergence;
import coppice.api.KeyVersion;
import coppice.api.LogQuery;
import coppice.api.Range;
import coppice.api.SpaceView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/// Commands that look, at the present closely and into the past.
final class Looking {
    private Looking() {}

    /// Looks closely around one row of a working state.
    record Read(Command.On on, Row row) implements Command {
        @Override
        public void run(World world, Running running) {
            probe(on.of(running).space(row.space()), on.line(world).working.space(row.space()), row.key());
        }
    }

    private static void probe(SpaceView space, NavigableMap<String, String> rows, String key) {
        assertThat(space.get(latin(key)).map(State::latin)).isEqualTo(Optional.ofNullable(rows.get(key)));
        assertThat(space.contains(latin(key))).isEqualTo(rows.containsKey(key));
        NavigableMap<String, String> before = rows.headMap(key, false);
        NavigableMap<String, String> after = rows.tailMap(key, true);
        assertThat(space.rank(latin(key))).isEqualTo(before.size());
        assertThat(space.count(Range.from(latin(key)))).isEqualTo(after.size());
        assertThat(space.select(before.size()).map(entry -> latin(entry.key())))
                .isEqualTo(after.isEmpty() ? Optional.empty() : Optional.of(after.firstKey()));
        Expect.rows(space, Range.all().reversed(), rows.descendingMap());
        Expect.rows(space, Range.from(latin(key)), after);
        Expect.rows(space, Range.to(latin(key)).reversed(), before.descendingMap());
        assertThat(space.page(Range.from(latin(key)), 3).entries())
                .extracting(entry -> latin(entry.key()))
                .isEqualTo(after.keySet().stream().limit(3).toList());
    }

    /// Goes to an old commit: its content, its log, and what it changed.
    record Travel(int site, Version to) implements Command {
        @Override
        public void run(World world, Running running) {
            Database db = running.db(site);
            Expect.same(db.at(to.id()), to.state());
            assertThat(ids(db.log(to.id()))).isEqualTo(newestFirst(to.ancestors()));
            var shown = db.history().show(to.id());
            Expect.changes(db.history().diff(shown.changes()), to.before(), to.state());
            running.requireRoot(site, shown.commit().id(), to.state());
        }
    }

    private static List<String> ids(Iterable<Commit> commits) {
        List<String> ids = new ArrayList<>();
        commits.forEach(commit -> ids.add(commit.id().hex()));
        return ids;
    }

    private static List<String> newestFirst(Collection<Version> versions) {
        return versions.stream().sorted(Version.NEWEST_FIRST).map(Version::id).toList();
    }

    /// Compares two commits: their content and their histories.
    record Compare(int site, Version one, Version other) implements Command {
        @Override
        public void run(World world, Running running) {
            Database db = running.db(site);
            Expect.changes(db.diff(one.id(), other.id()), one.state(), other.state());
            Expect.changes(
                    db.history().diff(DiffQuery.between(other.id(), one.id()).in("s")),
                    in("s", other.state()),
                    in("s", one.state()));
            assertThat(db.history().isAncestor(one.id(), other.id())).isEqualTo(other.reaches(one));
            assertThat(ids(db.history().mergeBases(one.id(), other.id())))
                    .containsExactlyInAnyOrderElementsOf(newestFirst(Version.bases(one, other)));
            Set<Version> left = new HashSet<>(one.ancestors());
            Set<Version> right = new HashSet<>(other.ancestors());
            left.removeAll(other.ancestors());
            right.removeAll(one.ancestors());
            assertThat(db.divergence(one.id(), other.id())).isEqualTo(new Divergence(left.size(), right.size()));
            assertThat(ids(db.history().log(LogQuery.of(one.id() + ".." + other.id()))))
                    .isEqualTo(newestFirst(right));
            right.addAll(left);
            assertThat(ids(db.history().log(LogQuery.of(one.id() + "..." + other.id()))))
                    .isEqualTo(newestFirst(right));
        }

        private static State in(String space, State state) {
            return state.edited(
                    rows -> rows.keySet().removeIf(row -> !row.space().equals(space)));
        }
    }

    /// Asks where the value of a row comes from.
    record Blame(int site, Version at, Row row) implements Command {
        @Override
        public void run(World world, Running running) {
            Database db = running.db(site);
            List<Version> changing = at.ancestors().stream()
                    .filter(this::changed)
                    .sorted(Version.NEWEST_FIRST)
                    .toList();
            List<String> found = new ArrayList<>();
            for (KeyVersion version : db.history().versions(at.id(), row.space(), latin(row.key()))) {
                found.add(version.commit().id() + ": " + version.after().map(State::latin));
            }
            assertThat(found)
                    .isEqualTo(changing.stream()
                            .map(version ->
                                    version.id() + ": " + version.state().at(row))
                            .toList());
            assertThat(db.history()
                            .blame(at.id(), row.space(), latin(row.key()))
                            .map(commit -> commit.id().hex()))
                    .isEqualTo(changing.stream()
                            .filter(version ->
                                    version.state().at(row).equals(at.state().at(row)))
                            .map(Version::id)
                            .findFirst());
            assertThat(ids(db.history().log(LogQuery.of(at.id()).touching(row.space(), latin(row.key())))))
                    .isEqualTo(newestFirst(changing));
        }

        /// Whether the row is another than in each parent.
        private boolean changed(Version version) {
            Optional<String> own = version.state().at(row);
            return version.parents().isEmpty()
                    ? own.isPresent()
                    : version.parents().stream()
                            .noneMatch(parent -> parent.state().at(row).equals(own));
        }
    }
}
