package coppice.kernel.history;

import coppice.kernel.bytes.Hash;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The values that `docs/format/commit.md` shows.
final class Example {
    static final long MILLIS = 1_700_000_000_000L;

    private Example() {}

    static Hash hash(int every) {
        byte[] bytes = new byte[Hash.BYTES];
        Arrays.fill(bytes, (byte) every);
        return Hash.read(bytes, 0);
    }

    static Commit commit() {
        return new Commit(
                hash(0x11),
                List.of(hash(0x33)),
                3,
                hash(0x22),
                "Ada",
                MILLIS,
                "Bob",
                MILLIS + 1_000,
                "first",
                Map.of("tool", "cli", "agent", "a1"),
                Signature.of(new byte[] {1, 2, 3}));
    }

    static SpaceRecord space() {
        return new SpaceRecord("table", hash(0x11), 300, hash(0x22));
    }

    static RefValue ref() {
        return new RefValue(RefValue.Kind.BRANCH, hash(0x11), hash(0x22), null, 4_096, MILLIS, MILLIS + 1_000);
    }

    static TagNote tagNote() {
        return new TagNote("Ada", MILLIS, "first", Signature.of(new byte[] {1, 2, 3}));
    }

    static RefValue tag() {
        return RefValue.tag(hash(0x11), tagNote(), 4_096, MILLIS);
    }
}
