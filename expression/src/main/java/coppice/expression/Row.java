package coppice.expression;

import coppice.json.JsonRow;
import org.jspecify.annotations.Nullable;

/// A row that an expression is evaluated for. Reads its document when that is asked for first. One thread.
final class Row {
    private final byte[] key;
    private final byte[] document;
    private final Wanted wanted;
    private long @Nullable [] spans;

    Row(byte[] key, byte[] document, Wanted wanted) {
        this.key = key;
        this.document = document;
        this.wanted = wanted;
    }

    /// The key as text; NULL when it is none.
    Value key() {
        return JsonRow.text(key).map(Value::of).orElse(Value.Null.VALUE);
    }

    /// The value of a wanted part; NULL when it is missing.
    Value part(int number) {
        long span = span(number);
        return span == 0 ? Value.Null.VALUE : new Reading(document, Scan.from(span)).value();
    }

    /// Whether a wanted part is missing.
    boolean isMissing(int number) {
        return span(number) == 0;
    }

    /// Whether the value of a wanted part is NULL, without reading it where its first byte says so.
    boolean isNull(int number) {
        long span = span(number);
        return span == 0
                || switch (document[Scan.from(span)]) {
                    case 'n' -> true;
                    case '"', '{', '[', 't', 'f' -> false;
                    default -> part(number) == Value.Null.VALUE;
                };
    }

    private long span(int number) {
        if (spans == null) {
            spans = new long[wanted.end()];
            Scan.of(document, wanted, spans);
        }
        return spans[number];
    }
}
