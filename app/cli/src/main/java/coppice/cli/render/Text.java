package coppice.cli.render;

import java.util.ArrayList;
import java.util.List;

/// One line of styled text: an immutable row of pieces, each with one [Style]. Control characters in it show as `·`,
/// so that data cannot move the cursor.
///
/// @param pieces the pieces from left to right
public record Text(List<Piece> pieces) {
    /// Nothing.
    public static final Text EMPTY = new Text(List.of());

    /// Some characters in one style.
    ///
    /// @param content the characters
    /// @param style how they look
    public record Piece(String content, Style style) {
        /// Shows control characters as a dot.
        public Piece {
            content = printable(content);
        }
    }

    /// Copies the pieces.
    public Text {
        pieces = List.copyOf(pieces);
    }

    /// Text in the terminal's own style.
    public static Text of(String content) {
        return of(content, Style.PLAIN);
    }

    /// Text in one style.
    public static Text of(String content, Style style) {
        return content.isEmpty() ? EMPTY : new Text(List.of(new Piece(content, style)));
    }

    /// This text followed by another.
    public Text plus(Text next) {
        if (pieces.isEmpty()) {
            return next;
        }
        List<Piece> all = new ArrayList<>(pieces);
        all.addAll(next.pieces);
        return new Text(all);
    }

    /// This text followed by plain text.
    public Text plus(String next) {
        return plus(of(next));
    }

    /// This text followed by text in a style.
    public Text plus(String next, Style style) {
        return plus(of(next, style));
    }

    /// The terminal columns it takes.
    public int width() {
        int columns = 0;
        for (Piece piece : pieces) {
            columns += TextWidth.of(piece.content());
        }
        return columns;
    }

    /// This text cut to at most `columns` (at least 1) columns, the cut shown by an ellipsis.
    public Text cut(int columns) {
        if (width() <= columns) {
            return this;
        }
        List<Piece> kept = new ArrayList<>();
        int left = columns - 1;
        for (Piece piece : pieces) {
            String start = TextWidth.start(piece.content(), left);
            if (!start.isEmpty()) {
                kept.add(new Piece(start, piece.style()));
            }
            left -= TextWidth.of(start);
            if (start.length() < piece.content().length()) {
                break;
            }
        }
        kept.add(new Piece("…", Style.DIM));
        return new Text(kept);
    }

    /// This text with spaces after it up to `columns`.
    public Text padEnd(int columns) {
        int missing = columns - width();
        return missing <= 0 ? this : plus(" ".repeat(missing));
    }

    /// This text with spaces before it up to `columns`.
    public Text padStart(int columns) {
        int missing = columns - width();
        return missing <= 0 ? this : of(" ".repeat(missing)).plus(this);
    }

    /// This text without spaces at its end.
    Text trimmed() {
        int end = pieces.size();
        while (end > 0 && pieces.get(end - 1).content().isBlank()) {
            end--;
        }
        if (end == 0) {
            return EMPTY;
        }
        Piece last = pieces.get(end - 1);
        List<Piece> kept = new ArrayList<>(pieces.subList(0, end - 1));
        kept.add(new Piece(last.content().stripTrailing(), last.style()));
        return new Text(kept);
    }

    /// The characters alone.
    public String plain() {
        StringBuilder all = new StringBuilder();
        pieces.forEach(piece -> all.append(piece.content()));
        return all.toString();
    }

    /// The characters with the terminal sequences of their styles.
    String coloured() {
        StringBuilder all = new StringBuilder();
        pieces.forEach(piece -> all.append(piece.style().wrap(piece.content())));
        return all.toString();
    }

    private static String printable(String content) {
        for (int i = 0; i < content.length(); i++) {
            if (Character.isISOControl(content.charAt(i))) {
                StringBuilder clean = new StringBuilder(content);
                for (int k = i; k < content.length(); k++) {
                    if (Character.isISOControl(content.charAt(k))) {
                        clean.setCharAt(k, '·');
                    }
                }
                return clean.toString();
            }
        }
        return content;
    }
}
