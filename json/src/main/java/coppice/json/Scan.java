package coppice.json;

/// Finds where values end in a text that is known to be JSON in UTF-8.
final class Scan {
    private Scan() {}

    /// The first place from here on that is no white space.
    static int space(byte[] text, int from) {
        int at = from;
        while (at < text.length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
        return at;
    }

    /// The end of the value that begins here.
    static int value(byte[] text, int from) {
        return switch (text[from]) {
            case '"' -> string(text, from);
            case '{', '[' -> nested(text, from);
            default -> literal(text, from);
        };
    }

    private static int string(byte[] text, int from) {
        int at = from + 1;
        while (text[at] != '"') {
            at += text[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static int nested(byte[] text, int from) {
        int depth = 0;
        int at = from;
        do {
            switch (text[at]) {
                case '"' -> at = string(text, at) - 1;
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {}
            }
            at++;
        } while (depth > 0);
        return at;
    }

    private static int literal(byte[] text, int from) {
        int at = from;
        while (at < text.length && text[at] > ' ' && text[at] != ',' && text[at] != '}' && text[at] != ']') {
            at++;
        }
        return at;
    }
}
