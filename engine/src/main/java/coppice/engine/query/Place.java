package coppice.engine.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.kernel.bytes.Hash;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/// A place in the answer to a question: behind a row, which need not be there any more.
///
/// As text it is base64 of a digest (8 bytes) of the question and what follows, the number of rows given (8), the
/// length of what the row is ordered by (4), that, and the row's key.
///
/// @param given how many rows pages have given so far
/// @param order what the row is ordered by
/// @param key its key
public record Place(long given, byte[] order, byte[] key) {
    private static final int DIGEST = 8;

    /// This place as text.
    ///
    /// @param question what it belongs to
    public String text(String question) {
        ByteBuffer place = ByteBuffer.allocate(DIGEST + Long.BYTES + Integer.BYTES + order.length + key.length);
        place.position(DIGEST);
        place.putLong(given).putInt(order.length).put(order).put(key);
        place.put(0, digest(question, place.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.array());
    }

    /// This place in the order of keys alone.
    Place ofKey() {
        return new Place(given, new byte[0], key);
    }

    /// The place that a text names.
    ///
    /// @throws DatabaseException.Incorrect when it names none of this question
    public static Place of(String text, String question) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            ByteBuffer place = ByteBuffer.wrap(bytes);
            byte[] digest = new byte[DIGEST];
            place.get(digest);
            if (!Arrays.equals(digest, digest(question, bytes))) {
                throw wrong();
            }
            long given = place.getLong();
            byte[] order = new byte[place.getInt()];
            place.get(order);
            byte[] key = new byte[place.remaining()];
            place.get(key);
            return new Place(given, order, key);
        } catch (IllegalArgumentException | BufferUnderflowException broken) {
            throw wrong();
        }
    }

    private static byte[] digest(String question, byte[] place) {
        byte[] asked = Hash.of(question.getBytes(UTF_8)).toBytes();
        byte[] all = Arrays.copyOf(asked, asked.length + place.length - DIGEST);
        System.arraycopy(place, DIGEST, all, asked.length, place.length - DIGEST);
        return Arrays.copyOf(Hash.of(all).toBytes(), DIGEST);
    }

    private static DatabaseException wrong() {
        return new DatabaseException.Incorrect(
                ErrorCode.INVALID_TOKEN,
                "This is no place in the answer to this query: give what the page before said, to the very same query");
    }
}
