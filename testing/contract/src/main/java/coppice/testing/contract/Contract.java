package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import coppice.api.Branch;
import coppice.api.Change;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.Durability;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.Options;
import coppice.api.Range;
import coppice.api.Snapshot;
import coppice.api.SpaceView;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A part of the contract: each test has an open, empty database.
abstract class Contract {
    /// How the tests open databases: nothing here is about surviving a crash.
    static final Options OPTIONS =
            Options.defaults().with(Durability.NONE).withMemoryBytes(16 << 20).withAuthor("Ann");

    Subject subject;
    Database db;

    /// A place that nobody used before.
    protected abstract Subject subject();

    @BeforeEach
    final void openAnEmptyDatabase() {
        subject = subject();
        db = subject.open(OPTIONS);
    }

    @AfterEach
    final void closeTheDatabase() {
        db.close();
    }

    /// Closes the database and opens it again.
    final void reopen() {
        db.close();
        db = subject.open(OPTIONS);
    }

    /// As [#reopen], where something is left then.
    final void reopenIfPossible() {
        if (subject.isPersistent()) {
            reopen();
        }
    }

    /// A stream that has some bytes and then fails.
    static InputStream failingAfter(byte[] bytes) {
        return new SequenceInputStream(new ByteArrayInputStream(bytes), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                throw new IOException("gone");
            }
        });
    }

    static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /// `key=value`, for readable comparisons.
    static String shown(Entry entry) {
        return entry.keyText() + "=" + entry.valueText();
    }

    static List<String> rows(SpaceView space, Range range) {
        try (Stream<Entry> entries = space.entries(range)) {
            return entries.map(Contract::shown).toList();
        }
    }

    static List<String> rows(SpaceView space) {
        return rows(space, Range.all());
    }

    /// Everything in a state, by space.
    static Map<String, List<String>> everything(Snapshot snapshot) {
        Map<String, List<String>> all = new TreeMap<>();
        snapshot.spaces().forEach(name -> all.put(name, rows(snapshot.space(name))));
        return all;
    }

    static String shown(Change change) {
        String place = change.space() + "/" + new String(change.key(), UTF_8);
        return switch (change) {
            case Change.Added added -> "+" + place + "=" + new String(added.after(), UTF_8);
            case Change.Removed removed -> "-" + place + "=" + new String(removed.before(), UTF_8);
            case Change.Modified both ->
                "~" + place + "=" + new String(both.before(), UTF_8) + ">" + new String(both.after(), UTF_8);
        };
    }

    static List<String> shown(Iterable<Change> changes) {
        List<String> all = new ArrayList<>();
        changes.forEach(change -> all.add(shown(change)));
        return all;
    }

    /// Puts and commits one row.
    static void commit(Branch branch, String key, String value) {
        branch.space("s").put(key, value);
        branch.commit(key + "=" + value);
    }

    /// Asserts that a call is refused with this code, in a message that a reader can act upon.
    static void refused(Class<? extends DatabaseException> kind, ErrorCode code, ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).as("refused with %s", code).isInstanceOf(kind);
        assertThat(((DatabaseException) thrown).code()).isEqualTo(code);
        assertThat(thrown.getMessage()).isNotBlank();
    }

    static void incorrect(ErrorCode code, ThrowingCallable call) {
        refused(DatabaseException.Incorrect.class, code, call);
    }

    static void notFound(ErrorCode code, ThrowingCallable call) {
        refused(DatabaseException.NotFound.class, code, call);
    }
}
