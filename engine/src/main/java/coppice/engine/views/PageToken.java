package coppice.engine.views;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.projection.Lookup;
import coppice.kernel.bytes.Hash;
import java.util.Arrays;
import java.util.Base64;

/// Places between pages as text: base64 of a digest of what they belong to (8 bytes) and of the place itself.
public final class PageToken {
    private static final int DIGEST = 8;

    private PageToken() {}

    /// A place as text.
    public static String write(byte[] place, String projection, Lookup lookup) {
        byte[] all = Arrays.copyOf(digest(place, projection, lookup), DIGEST + place.length);
        System.arraycopy(place, 0, all, DIGEST, place.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /// The place that a text names.
    ///
    /// @throws DatabaseException.Incorrect when it names none of this lookup
    public static byte[] read(String text, String projection, Lookup lookup) {
        try {
            byte[] all = Base64.getUrlDecoder().decode(text);
            if (all.length >= DIGEST) {
                byte[] place = Arrays.copyOfRange(all, DIGEST, all.length);
                if (Arrays.equals(Arrays.copyOf(all, DIGEST), digest(place, projection, lookup))) {
                    return place;
                }
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw new DatabaseException.Incorrect(
                ErrorCode.INVALID_TOKEN,
                "This is no place in what the lookup finds: give what the page before said, to the very same lookup");
    }

    private static byte[] digest(byte[] place, String projection, Lookup lookup) {
        byte[] asked = (projection + '\0' + lookup + '\0').getBytes(UTF_8);
        byte[] all = Arrays.copyOf(asked, asked.length + place.length);
        System.arraycopy(place, 0, all, asked.length, place.length);
        return Arrays.copyOf(Hash.of(all).toBytes(), DIGEST);
    }
}
