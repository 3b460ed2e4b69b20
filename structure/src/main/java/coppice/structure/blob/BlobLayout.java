package coppice.structure.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Cursor;
import coppice.api.MergePolicy;
import coppice.structure.ground.Ground;
import coppice.structure.ground.Layout;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// What is the same for all blobs.
public final class BlobLayout implements Layout {
    /// How long after it was begun a put that did not end is taken for one that never will.
    static final Duration ABANDONED = Duration.ofDays(1);

    private static final int MILLIS_DIGITS = 12;

    @Override
    public List<String> spaces(String name) {
        return List.of(name, BlobKeys.space(name));
    }

    /// What one side says of a blob belongs together.
    @Override
    public MergePolicy mergePolicy() {
        return MergePolicy.whole();
    }

    private record Upload(String id, String blob) {
        Instant end() {
            return Instant.ofEpochMilli(HexFormat.fromHexDigitsToLong(id, 0, MILLIS_DIGITS))
                    .plus(ABANDONED);
        }
    }

    /// Removes what puts left that never ended.
    @Override
    public Optional<Instant> tidy(Ground ground, String name) {
        for (Optional<Upload> first = first(ground, name); first.isPresent(); first = first(ground, name)) {
            Upload upload = first.get();
            if (upload.end().isAfter(ground.now())) {
                return Optional.of(upload.end());
            }
            ground.update(transaction -> {
                Uploads.takeBack(transaction.space(BlobKeys.space(name)), upload.blob(), upload.id());
                return true;
            });
        }
        return Optional.empty();
    }

    /// The one that was begun first, as ids rise with time.
    private static Optional<Upload> first(Ground ground, String name) {
        try (Cursor cursor = ground.space(BlobKeys.space(name)).scan(BlobKeys.uploads())) {
            return cursor.next()
                    ? Optional.of(new Upload(BlobKeys.uploaded(cursor.key()), new String(cursor.value(), UTF_8)))
                    : Optional.empty();
        }
    }
}
