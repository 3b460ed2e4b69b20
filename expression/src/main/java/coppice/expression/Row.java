package coppice.expression;

import coppice.json.JsonRow;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row that an expression is evaluated for. Reads its document when that is asked for first. One thread.
final class Row {
    private final byte[] key;
    private final byte[] document;
    private final Wanted wanted;
    private final List<Value> given;
    private long @Nullable [] spans;

    Row(byte[] key, byte[] document, Wanted wanted) {
        this(key, document, wanted, List.of());
    }

    /// @param given values that need not be read
    Row(byte[] key, byte[] document, Wanted wanted, List<Value> given) {
        this.key = key;
        this.document = document;
        this.wanted = wanted;
        this.given = given;
    }

    /// A value that was given.
    Value given(int number) {
        return given.get(number);
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

    /// A wanted part that is not missing, as it is written.
    byte[] written(int number) {
        long span = span(number);
        return Arrays.copyOfRange(document, Scan.from(span), Scan.to(span));
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
