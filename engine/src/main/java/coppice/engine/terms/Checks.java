package coppice.engine.terms;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Limits;
import coppice.api.schema.Schema;
import java.nio.charset.StandardCharsets;

/// The limits of what is written, checked at the door.
public final class Checks {
    private Checks() {}

    /// Checks the length of a key.
    ///
    /// @return the key
    /// @throws DatabaseException.Incorrect when it is empty or too long
    public static byte[] key(byte[] key) {
        if (key.length == 0 || key.length > Limits.KEY_BYTES_MAX) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.INVALID_KEY,
                            "A key has 1 to " + Limits.KEY_BYTES_MAX + " bytes, this one has " + key.length)
                    .with("length", key.length);
        }
        return key;
    }

    /// Checks the length of a value.
    ///
    /// @return the value
    /// @throws DatabaseException.Incorrect when it is too long
    public static byte[] value(byte[] value) {
        if (value.length > Limits.VALUE_BYTES_MAX) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.INVALID_VALUE,
                            "A value has at most " + Limits.VALUE_BYTES_MAX + " bytes, this one has " + value.length
                                    + ": split it, or keep it in a file")
                    .with("length", value.length);
        }
        return value;
    }

    /// Checks the size of a transaction.
    ///
    /// @param bytes of all keys and values
    /// @throws DatabaseException.Incorrect when they are too many
    public static void transactionBytes(long bytes) {
        if (bytes > Limits.TRANSACTION_BYTES_MAX) {
            throw new DatabaseException.Incorrect(
                    ErrorCode.TRANSACTION_TOO_LARGE,
                    "The transaction writes more than " + Limits.TRANSACTION_BYTES_MAX
                            + " bytes of keys and values: split it into several");
        }
    }

    /// Checks the name of a space.
    ///
    /// @return the name
    /// @throws DatabaseException.Incorrect when it is empty, too long or no plain text
    public static String spaceName(String name) {
        if (isPlain(name)) {
            return name;
        }
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        boolean text = StandardCharsets.UTF_8.newEncoder().canEncode(name);
        boolean control = name.chars().anyMatch(Character::isISOControl);
        if (length == 0 || length > Limits.SPACE_NAME_BYTES_MAX || !text || control) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.INVALID_SPACE_NAME,
                            "A space name is 1 to " + Limits.SPACE_NAME_BYTES_MAX
                                    + " bytes of UTF-8 without control characters: choose another than '" + name + "'")
                    .with("space", name);
        }
        return name;
    }

    /// Whether it is a name that needs no closer look, as almost all are.
    private static boolean isPlain(String name) {
        if (name.isEmpty() || name.length() > Limits.SPACE_NAME_BYTES_MAX) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < ' ' || name.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /// Refuses to write rows by hand that are the database's own.
    ///
    /// @return the name
    /// @throws DatabaseException.Incorrect when it is a space of types
    public static String writable(String space) {
        if (space.equals(Schema.SPACE)) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.INVALID_SPACE_NAME,
                            "Types are in the space '" + space + "', which is not written to by hand: use schema()")
                    .with("space", space);
        }
        return space;
    }
}
