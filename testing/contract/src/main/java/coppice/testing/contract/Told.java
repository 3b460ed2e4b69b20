package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.feed.ChangeBatch;
import coppice.api.feed.ChangeFeed;
import coppice.api.feed.RowChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What feeds tell, as text: `+space/key=value`, `-space/key=value`, `~space/key=old>new`.
final class Told {
    private Told() {}

    static String text(RowChange change) {
        String place = change.space() + "/" + change.keyText();
        return switch (change) {
            case RowChange.Added added -> "+" + place + "=" + new String(added.after(), UTF_8);
            case RowChange.Removed removed -> "-" + place + "=" + new String(removed.before(), UTF_8);
            case RowChange.Modified both ->
                "~" + place + "=" + new String(both.before(), UTF_8) + ">" + new String(both.after(), UTF_8);
        };
    }

    /// All changes of a batch, behind its kind unless that is CHANGE.
    static String text(ChangeBatch batch) {
        StringBuilder all = new StringBuilder(batch.kind() == ChangeBatch.Kind.CHANGE ? "" : batch.kind() + ": ");
        batch.changes().forEach(change -> all.append(text(change)).append(' '));
        return all.toString().strip();
    }

    /// The batches that there are now.
    static List<ChangeBatch> batches(ChangeFeed feed) {
        List<ChangeBatch> all = new ArrayList<>();
        for (Optional<ChangeBatch> next = feed.poll(); next.isPresent(); next = feed.poll()) {
            all.add(next.get());
        }
        return all;
    }

    static List<String> all(ChangeFeed feed) {
        return batches(feed).stream().map(Told::text).toList();
    }

    /// Puts what a batch tells onto a copy of the rows, and fails where the copy is not what it was told of.
    static void apply(ChangeBatch batch, Map<String, String> rows) {
        if (batch.kind() == ChangeBatch.Kind.GAP) {
            throw new AssertionError("A gap behind " + batch.since());
        }
        for (RowChange change : batch.changes()) {
            String place = change.space() + "/" + change.keyText();
            String before = switch (change) {
                case RowChange.Added added -> rows.put(place, new String(added.after(), UTF_8));
                case RowChange.Removed _ -> rows.remove(place);
                case RowChange.Modified both -> rows.put(place, new String(both.after(), UTF_8));
            };
            String expected = switch (change) {
                case RowChange.Added _ -> null;
                case RowChange.Removed removed -> new String(removed.before(), UTF_8);
                case RowChange.Modified both -> new String(both.before(), UTF_8);
            };
            if (!Objects.equals(before, expected)) {
                throw new AssertionError(text(change) + ", where " + place + " was " + before);
            }
        }
    }
}
