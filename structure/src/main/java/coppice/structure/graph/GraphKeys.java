package coppice.structure.graph;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Range;
import java.util.Arrays;
import java.util.Comparator;

/// Keys of edges: node, label, other node, with a byte 0 between them.
final class GraphKeys {
    private static final int NODE_BYTES_MAX = 1_500;
    private static final int LABEL_BYTES_MAX = 500;

    /// That of keys: by the bytes of UTF-8.
    static final Comparator<String> ORDER =
            (one, other) -> Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8));

    private GraphKeys() {}

    /// What a key says.
    ///
    /// @param node the node that keys are sorted by: where the edge begins, or in [#reverse] where it ends
    record Parts(String node, String label, String other) {
        /// The same edge by its other end.
        Parts turned() {
            String begin = other;
            String end = node;
            return new Parts(begin, label, end);
        }
    }

    /// The space of the rows by where edges end.
    static String reverse(String name) {
        return "@graph/" + name;
    }

    static byte[] of(String node, String label, String other) {
        return (node(node) + '\0' + label(label) + '\0' + node(other)).getBytes(UTF_8);
    }

    /// The edges of a node.
    static Range range(String node) {
        return Range.prefix((node(node) + '\0').getBytes(UTF_8));
    }

    /// The edges of a node of a label.
    static Range range(String node, String label) {
        return Range.prefix((node(node) + '\0' + label(label) + '\0').getBytes(UTF_8));
    }

    /// A key behind all edges of a node, and before those of the next.
    static byte[] behind(String node) {
        return (node + '\1').getBytes(UTF_8);
    }

    static Parts parts(byte[] key) {
        String text = new String(key, UTF_8);
        int first = text.indexOf('\0');
        int second = text.indexOf('\0', first + 1);
        if (first < 0 || second < 0) {
            throw new DatabaseException.Incorrect(
                    ErrorCode.VALUE_MISFIT,
                    "The key '" + text + "' is none of an edge: it was put there by other means than as a graph");
        }
        return new Parts(text.substring(0, first), text.substring(first + 1, second), text.substring(second + 1));
    }

    /// Whether a text can be a node.
    static boolean canBeNode(String text) {
        return isRight(text, NODE_BYTES_MAX);
    }

    private static boolean isRight(String text, int most) {
        byte[] bytes = text.getBytes(UTF_8);
        return bytes.length > 0
                && bytes.length <= most
                && text.indexOf('\0') < 0
                && text.equals(new String(bytes, UTF_8));
    }

    private static String node(String node) {
        return checked("node", node, NODE_BYTES_MAX);
    }

    private static String label(String label) {
        return checked("label", label, LABEL_BYTES_MAX);
    }

    private static String checked(String what, String text, int most) {
        if (!isRight(text, most)) {
            int length = text.getBytes(UTF_8).length;
            throw new DatabaseException.Incorrect(
                            ErrorCode.INVALID_KEY,
                            "A " + what + " is 1 to " + most + " bytes of UTF-8 without the character 0, this one has "
                                    + length + " bytes")
                    .with("length", length);
        }
        return text;
    }
}
