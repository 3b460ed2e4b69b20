package coppice.cli.command;

import java.util.ArrayList;
import java.util.List;

/// A list of expressions in one word, parted at its commas: those that are in no parentheses, brackets or quotes.
final class Parted {
    private Parted() {}

    static String[] at(String list) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        char quote = 0;
        for (int at = 0; at < list.length(); at++) {
            char c = list.charAt(at);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '(' || c == '[') {
                depth++;
            } else if (c == ')' || c == ']') {
                depth--;
            } else if (c == ',' && depth == 0) {
                parts.add(list.substring(from, at).strip());
                from = at + 1;
            }
        }
        parts.add(list.substring(from).strip());
        return parts.toArray(String[]::new);
    }
}
