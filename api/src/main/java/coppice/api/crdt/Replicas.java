package coppice.api.crdt;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;

/// The names of those who change values: 1 to 64 bytes of UTF-8, each for one line of work at a time.
public final class Replicas {
    /// The longest name, in bytes of UTF-8.
    public static final int BYTES_MAX = 64;

    /// The order of names in encoded values: that of their bytes.
    static final Comparator<String> ORDER =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private static final SecureRandom RANDOM = new SecureRandom();

    private Replicas() {}

    /// A name that nobody has: 16 random bytes, as 22 letters, digits, `-` and `_`.
    public static String unique() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// The name, when it is one.
    static String check(String replica) {
        int length = replica.getBytes(StandardCharsets.UTF_8).length;
        if (length < 1
                || length > BYTES_MAX
                || !StandardCharsets.UTF_8.newEncoder().canEncode(replica)) {
            throw new IllegalArgumentException("The name of a replica has 1 to " + BYTES_MAX + " bytes of UTF-8, not "
                    + length + ": choose another, or Replicas.unique()");
        }
        return replica;
    }
}
