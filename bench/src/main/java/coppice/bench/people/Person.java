package coppice.bench.people;

import static java.nio.charset.StandardCharsets.US_ASCII;

import coppice.bench.peer.Rows;

/// A row of what indexes are measured with: a document of about 180 bytes, and what of it databases have as columns.
///
/// @param cents what the document has as `amount`, in hundredths
public record Person(long id, String name, String email, String city, int age, String role, long cents) {
    private static final int AGES = 90;
    private static final long CENTS = 1_000_000;
    private static final long ROLES = 50;
    private static final String KEY = "user";

    /// The person of an id in a generation. In another generation all but the id and the name is different, so that
    /// an update moves the row in every index.
    ///
    /// @param cities how many there are
    static Person of(long id, long generation, long cities) {
        long some = Rows.scramble(id * 0x9E3779B97F4A7C15L + generation) >>> 1;
        long more = Rows.scramble(some) >>> 1;
        return new Person(
                id,
                "Person number " + id,
                email(id, generation),
                city(some % cities),
                (int) (more % AGES),
                some / cities % ROLES == 0 ? "admin" : "user",
                more / AGES % CENTS);
    }

    static String email(long id, long generation) {
        return "p" + id + "." + generation + "@example.org";
    }

    /// The name of a city.
    public static String city(long number) {
        return "City " + number;
    }

    /// The key of the row: 12 bytes that sort as ids do, up to 99,999,999.
    public byte[] key() {
        byte[] key = (KEY + "00000000").getBytes(US_ASCII);
        long rest = id;
        for (int at = key.length - 1; at >= KEY.length(); at--) {
            key[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return key;
    }

    /// The id of a key.
    static long id(byte[] key) {
        long id = 0;
        for (int at = KEY.length(); at < key.length; at++) {
            id = 10 * id + key[at] - '0';
        }
        return id;
    }

    /// The document.
    public byte[] document() {
        String fraction = cents % 100 < 10 ? ".0" : ".";
        return ("{\"id\":" + id + ",\"name\":\"" + name + "\",\"email\":\"" + email + "\",\"city\":\"" + city
                        + "\",\"age\":" + age + ",\"role\":\"" + role + "\",\"amount\":" + cents / 100 + fraction
                        + cents % 100 + ",\"note\":\"some more text to fill the row\"}")
                .getBytes(US_ASCII);
    }
}
