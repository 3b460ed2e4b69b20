package coppice.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/// What differences to look for: between which states, and where. An immutable value.
///
/// ```java
/// DiffQuery.between("main", "draft").in("users").keys(Range.prefix("a"))
/// ```
///
/// @param from the earlier state
/// @param to the later state
/// @param space the only space to look into; empty for all
/// @param keys the only keys to look at, in every space; looked at in ascending order, also when it is reversed
/// @param after where to go on: after this key of this space, which need not be there
public record DiffQuery(Version from, Version to, Optional<String> space, Range keys, Optional<Place> after) {
    public DiffQuery {
        Objects.requireNonNull(from);
        Objects.requireNonNull(to);
        Objects.requireNonNull(space);
        keys = keys.isReversed() ? keys.reversed() : keys;
        Objects.requireNonNull(after);
    }

    /// A key of a space.
    public record Place(String space, byte[] key) {
        /// The place as text without blanks, to hand out and take back; see [DiffQuery#resume].
        public String token() {
            Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
            return encoder.encodeToString(space.getBytes(UTF_8)) + "." + encoder.encodeToString(key);
        }

        /// Reads a token.
        ///
        /// @throws DatabaseException.Incorrect when it is none
        public static Place parse(String token) {
            int dot = token.indexOf('.');
            try {
                Base64.Decoder decoder = Base64.getUrlDecoder();
                return new Place(
                        new String(decoder.decode(token.substring(0, Math.max(0, dot))), UTF_8),
                        decoder.decode(token.substring(dot + 1)));
            } catch (IllegalArgumentException malformed) {
                throw new DatabaseException.Incorrect(
                        ErrorCode.INVALID_TOKEN,
                        "'" + token + "' is no place to go on from: take it from the page before, or start again",
                        malformed);
            }
        }
    }

    /// All differences between two states.
    public static DiffQuery between(Version from, Version to) {
        return new DiffQuery(from, to, Optional.empty(), Range.all(), Optional.empty());
    }

    /// All differences between the states that two refs name.
    public static DiffQuery between(String from, String to) {
        return between(Version.of(from), Version.of(to));
    }

    /// The uncommitted changes of a branch.
    public static DiffQuery uncommitted(String branch) {
        return between(Version.of(branch), Version.working(branch));
    }

    /// The part of it in one space.
    public DiffQuery in(String only) {
        return new DiffQuery(from, to, Optional.of(only), keys, after);
    }

    /// The part of it with keys of a range.
    public DiffQuery keys(Range only) {
        return new DiffQuery(from, to, space, only, after);
    }

    /// The part of it that follows a place, in the order of spaces and keys.
    public DiffQuery after(String lastSpace, byte[] lastKey) {
        return new DiffQuery(from, to, space, keys, Optional.of(new Place(lastSpace, lastKey.clone())));
    }

    /// The part of it that follows the place of a token; see [ChangePage#token].
    ///
    /// @throws DatabaseException.Incorrect when it is none
    public DiffQuery resume(String token) {
        return new DiffQuery(from, to, space, keys, Optional.of(Place.parse(token)));
    }

    /// The same differences seen from the other side: what was added is removed.
    public DiffQuery reversed() {
        return new DiffQuery(to, from, space, keys, after);
    }
}
