package coppice.engine.waiting;

import coppice.api.Conflict;
import coppice.api.Resolver;
import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.Hash;
import java.util.Arrays;
import java.util.Optional;

/// What was decided for a key of an unfinished merge; `docs/format/merge.md` has the bytes.
///
/// @param digest of the three values that were decided on: the decision holds for no others
/// @param choice what the key becomes
/// @param value for [Choice#VALUE]; else empty
public record Decision(String space, byte[] key, Hash digest, Choice choice, byte[] value) {
    private static final int VERSION = 1;
    private static final byte[] NONE = {};

    /// What the key becomes.
    public enum Choice {
        /// What our side has.
        OURS(0),
        /// What their side has.
        THEIRS(1),
        /// It is removed.
        DELETE(2),
        /// A value of its own.
        VALUE(3);

        private final int code;

        Choice(int code) {
            this.code = code;
        }
    }

    /// A decision of a conflict.
    public static Decision of(Conflict conflict, Optional<byte[]> taken) {
        Choice choice = same(taken, conflict.ours())
                ? Choice.OURS
                : same(taken, conflict.theirs()) ? Choice.THEIRS : taken.isEmpty() ? Choice.DELETE : Choice.VALUE;
        byte[] value = choice == Choice.VALUE ? taken.orElse(NONE) : NONE;
        return new Decision(conflict.space(), conflict.key(), digest(conflict), choice, value);
    }

    private static boolean same(Optional<byte[]> a, Optional<byte[]> b) {
        return a.isPresent() == b.isPresent() && Arrays.equals(a.orElse(NONE), b.orElse(NONE));
    }

    /// What a decision is kept by: the hash of space and key.
    public static Hash name(String space, byte[] key) {
        return Hash.of(new ByteWriter(key.length + 64).utf8(space).sized(key).toBytes());
    }

    private static Hash digest(Conflict conflict) {
        ByteWriter out = new ByteWriter(256);
        write(out, conflict.base());
        write(out, conflict.ours());
        write(out, conflict.theirs());
        return Hash.of(out.toBytes());
    }

    private static void write(ByteWriter out, Optional<byte[]> value) {
        out.u8(value.isPresent() ? 1 : 0);
        value.ifPresent(out::sized);
    }

    /// Whether it was made of this conflict.
    boolean isAbout(Conflict conflict) {
        return digest.equals(digest(conflict));
    }

    /// What it makes of its conflict.
    Resolver.Resolution resolution(Conflict conflict) {
        return switch (choice) {
            case OURS -> new Resolver.Take(conflict.ours());
            case THEIRS -> new Resolver.Take(conflict.theirs());
            case DELETE -> new Resolver.Take(Optional.empty());
            case VALUE -> new Resolver.Take(Optional.of(value));
        };
    }

    /// The bytes.
    byte[] encode() {
        ByteWriter out = new ByteWriter(key.length + value.length + 128)
                .u8(VERSION)
                .utf8(space)
                .sized(key)
                .hash(digest)
                .u8(choice.code);
        return choice == Choice.VALUE ? out.sized(value).toBytes() : out.toBytes();
    }

    /// Reads the bytes.
    ///
    /// @throws coppice.kernel.bytes.CorruptException when they are not what [#encode] writes
    public static Decision decode(byte[] bytes) {
        ByteReader in = new ByteReader("a decision of an unfinished merge", bytes);
        int version = in.u8();
        if (version != VERSION) {
            throw in.corrupt("version " + VERSION + " (a newer Coppice may read others)", "version " + version);
        }
        String space = in.utf8();
        byte[] key = in.sized();
        Hash digest = in.hash();
        Choice choice = choice(in);
        byte[] value = choice == Choice.VALUE ? in.sized() : NONE;
        in.expectEnd();
        return new Decision(space, key, digest, choice, value);
    }

    private static Choice choice(ByteReader in) {
        int code = in.u8();
        for (Choice choice : Choice.values()) {
            if (choice.code == code) {
                return choice;
            }
        }
        throw in.corrupt("a known choice", "choice " + code);
    }
}
