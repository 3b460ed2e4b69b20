package coppice.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.expression.Expression.Path;
import coppice.json.Json;
import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Writes members into documents, straight into their bytes: all else stays as it is written there. Immutable;
/// for any number of threads.
///
/// ```java
/// MemberWriter writer = MemberWriter.of(List.of("full_name"));
/// Optional<byte[]> document = writer.written(old, List.of(Value.of("Ann Oz")));
/// ```
public final class MemberWriter {
    private static final byte[] NOTHING = {};
    private static final byte[] COMMA = {','};

    private final Wanted wanted;
    private final byte[][] names;
    private final int[] numbers;

    private MemberWriter(List<String> names) {
        List<Path> paths = names.stream().map(Path::of).toList();
        this.wanted = Wanted.by(List.copyOf(paths));
        this.names = names.stream()
                .map(name -> (Json.of(name).text() + ':').getBytes(UTF_8))
                .toArray(byte[][]::new);
        this.numbers = paths.stream().mapToInt(wanted::number).toArray();
    }

    /// A writer of members with these names, all different.
    public static MemberWriter of(List<String> names) {
        return new MemberWriter(names);
    }

    /// Whether a document is a JSON object, and so has members.
    public boolean isObject(byte[] document) {
        return isObject(document, spans(document));
    }

    private long[] spans(byte[] document) {
        long[] spans = new long[wanted.end()];
        Scan.of(document, wanted, spans);
        return spans;
    }

    private boolean isObject(byte[] document, long[] spans) {
        long whole = spans[wanted.number()];
        return whole != 0 && document[Scan.from(whole)] == '{';
    }

    /// A document with each member in the place of the last that has its name, or else at the end, in the order
    /// of the names. Costs one pass over it.
    ///
    /// @param values one for each name; NULL is written as `null`
    /// @return nothing when the document is no JSON object in UTF-8
    public Optional<byte[]> written(byte[] document, List<Value> values) {
        long[] spans = spans(document);
        if (!isObject(document, spans)) {
            return Optional.empty();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(document.length + 64);
        int at = 0;
        for (int i : inPlace(spans)) {
            long span = spans[numbers[i]];
            out.write(document, at, Scan.from(span) - at);
            out.writeBytes(text(values.get(i)));
            at = Scan.to(span);
        }
        int end = Scan.to(spans[wanted.number()]) - 1;
        out.write(document, at, end - at);
        boolean isFirst = isEmpty(document, Scan.from(spans[wanted.number()]) + 1);
        for (int i = 0; i < numbers.length; i++) {
            if (spans[numbers[i]] == 0) {
                out.writeBytes(isFirst ? NOTHING : COMMA);
                out.writeBytes(names[i]);
                out.writeBytes(text(values.get(i)));
                isFirst = false;
            }
        }
        out.write(document, end, document.length - end);
        return Optional.of(out.toByteArray());
    }

    /// The members that are there, in the order in which they stand.
    private int[] inPlace(long[] spans) {
        return IntStream.range(0, numbers.length)
                .filter(i -> spans[numbers[i]] != 0)
                .boxed()
                .sorted(Comparator.comparingLong(i -> spans[numbers[i]]))
                .mapToInt(i -> i)
                .toArray();
    }

    private static byte[] text(Value value) {
        return value.json().text().getBytes(UTF_8);
    }

    /// Whether an object ends with its next sign.
    private static boolean isEmpty(byte[] document, int from) {
        int at = from;
        while (document[at] == ' ' || document[at] == '\n' || document[at] == '\r' || document[at] == '\t') {
            at++;
        }
        return document[at] == '}';
    }
}
