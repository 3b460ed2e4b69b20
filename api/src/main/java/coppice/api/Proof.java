package coppice.api;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Evidence of what a commit holds under a key, or in a range of keys: the few parts of the database that lead there
/// from the commit, each named by its hash in the one before it. Whoever trusts the name of the commit can verify it
/// without the database; nobody can make one that says something else and passes.
///
/// ```java
/// Proof proof = db.prove("main", "users", key);          // where the data is
/// byte[] sent = proof.toBytes();
///
/// switch (Proof.of(sent).verify(trusted, "users", key)) { // anywhere else
///     case ProofResult.Present found -> use(found.value());
///     case ProofResult.Absent none -> {}
///     case ProofResult.Entries range -> {}
///     case ProofResult.Invalid wrong -> throw new IllegalArgumentException(wrong.why());
/// }
/// ```
///
/// A proof of a key has a node for each level of two trees, some 9 KiB for a million entries, and the value.
/// One of a range has the keys and values, and little more; equal parts are there once. `docs/format/proof.md` has the
/// bytes. Immutable.
public final class Proof {
    /// The most entries that a proof of a range has.
    public static final int ENTRIES_MAX = 65_536;

    /// The most that keys and values of a proof hold together, in bytes: enough for the largest entry.
    public static final int CONTENT_BYTES_MAX = Limits.KEY_BYTES_MAX + Limits.VALUE_BYTES_MAX;

    /// The longest proof, in bytes (256 MiB).
    public static final int BYTES_MAX = 256 << 20;

    private final byte[] bytes;

    private Proof(byte[] bytes) {
        this.bytes = bytes;
    }

    /// A proof that came from somewhere. Whether it is one shows when it is verified.
    public static Proof of(byte[] bytes) {
        return new Proof(bytes.clone());
    }

    /// Its bytes, to be kept or sent.
    public byte[] toBytes() {
        return bytes.clone();
    }

    /// How many bytes it has.
    public int size() {
        return bytes.length;
    }

    /// Verifies the proof and says what it proves, whatever that is: ask the result which space and key it is about, or
    /// use one of the other methods. Costs a hash of its bytes, and memory for about three times as many. Never
    /// fails because of them.
    ///
    /// @param trusted the commit it must be about. Where its name comes from, over a safe channel or out of a
    ///     signature, is all that the answer rests on
    public ProofResult verify(CommitId trusted) {
        return Coppice.anyProvider().verify(this, trusted);
    }

    /// As [#verify(CommitId)], and invalid unless it is about this key.
    public ProofResult verify(CommitId trusted, String space, byte[] key) {
        ProofResult result = verify(trusted);
        return switch (result) {
            case ProofResult.Present about -> about(result, about.space(), space, Arrays.equals(about.key(), key));
            case ProofResult.Absent about -> about(result, about.space(), space, Arrays.equals(about.key(), key));
            case ProofResult.Entries about -> about(result, about.space(), space, false);
            case ProofResult.Invalid _ -> result;
        };
    }

    /// As [#verify(CommitId)], and invalid unless it is about this range.
    public ProofResult verify(CommitId trusted, String space, Range range) {
        ProofResult result = verify(trusted);
        return switch (result) {
            case ProofResult.Present about -> about(result, about.space(), space, false);
            case ProofResult.Absent about -> about(result, about.space(), space, false);
            case ProofResult.Entries about -> about(result, about.space(), space, isSame(about.range(), range));
            case ProofResult.Invalid _ -> result;
        };
    }

    private static ProofResult about(ProofResult result, String space, String asked, boolean same) {
        if (!space.equals(asked)) {
            return new ProofResult.Invalid("it is a proof about space '" + space + "', not '" + asked + "'");
        }
        return same ? result : new ProofResult.Invalid("it is a proof about something else in space '" + space + "'");
    }

    private static boolean isSame(Range one, Range other) {
        return Arrays.equals(one.lower(), other.lower())
                && one.isReversed() == other.isReversed()
                && Arrays.equals(orNull(one.upper()), orNull(other.upper()));
    }

    private static byte @Nullable [] orNull(Optional<byte[]> bound) {
        return bound.orElse(null);
    }

    /// Equal when the bytes are.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Proof that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "proof of " + bytes.length + " bytes";
    }
}
