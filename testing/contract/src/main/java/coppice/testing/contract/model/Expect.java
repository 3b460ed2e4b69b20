package coppice.testing.contract.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import coppice.api.Change;
import coppice.api.DatabaseException;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.Range;
import coppice.api.Snapshot;
import coppice.api.SpaceView;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// What commands expect of the database.
final class Expect {
    private Expect() {}

    /// That a call is refused with this code, in a message.
    static void refused(ErrorCode code, ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).as("refused with %s", code).isInstanceOf(DatabaseException.class);
        assertThat(((DatabaseException) thrown).code()).isEqualTo(code);
        assertThat(thrown.getMessage()).isNotBlank();
    }

    static void same(Snapshot snapshot, State state) {
        assertThat(snapshot.spaces()).isEqualTo(state.spaces());
        state.spaces().forEach(space -> same(snapshot.space(space), state.space(space)));
    }

    static void same(SpaceView space, NavigableMap<String, String> rows) {
        rows(space, Range.all(), rows);
        assertThat(space.count()).isEqualTo(rows.size());
    }

    static void rows(SpaceView space, Range range, NavigableMap<String, String> rows) {
        TreeMap<String, String> found = new TreeMap<>(rows.comparator());
        List<String> order = new ArrayList<>();
        try (Stream<Entry> entries = space.entries(range)) {
            entries.forEach(entry -> {
                found.put(State.latin(entry.key()), State.latin(entry.value()));
                order.add(State.latin(entry.key()));
            });
        }
        assertThat(order).isEqualTo(List.copyOf(rows.keySet()));
        assertThat(found).isEqualTo(rows);
    }

    /// That changes are those between two states, in order.
    static void changes(Iterable<Change> found, State before, State after) {
        List<String> expected = new ArrayList<>();
        for (Row row : State.rowsOf(before, after)) {
            if (!before.at(row).equals(after.at(row))) {
                expected.add(row + ": " + before.at(row) + " to " + after.at(row));
            }
        }
        List<String> shown = new ArrayList<>();
        for (Change change : found) {
            Row row = new Row(change.space(), State.latin(change.key()));
            Optional<String> was = Optional.empty();
            Optional<String> is = Optional.empty();
            switch (change) {
                case Change.Added added -> is = Optional.of(State.latin(added.after()));
                case Change.Removed removed -> was = Optional.of(State.latin(removed.before()));
                case Change.Modified both -> {
                    was = Optional.of(State.latin(both.before()));
                    is = Optional.of(State.latin(both.after()));
                }
            }
            shown.add(row + ": " + was + " to " + is);
        }
        assertThat(shown).isEqualTo(expected);
    }
}
