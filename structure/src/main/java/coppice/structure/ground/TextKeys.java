package coppice.structure.ground;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;

/// Keys of rows that are text of users.
public final class TextKeys {
    private TextKeys() {}

    /// The bytes of a key.
    ///
    /// @param what it is, for people: `The id of a document`
    /// @throws DatabaseException.Incorrect when it is empty, too long, or no text
    public static byte[] bytes(String what, String key, int mostBytes) {
        byte[] bytes = key.getBytes(UTF_8);
        boolean isText = key.equals(new String(bytes, UTF_8));
        if (bytes.length == 0 || bytes.length > mostBytes || !isText) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.INVALID_KEY,
                            isText
                                    ? what + " has 1 to " + mostBytes + " bytes, this one has " + bytes.length
                                    : what + " is text, this one holds half a character: mend it")
                    .with("length", bytes.length);
        }
        return bytes;
    }
}
