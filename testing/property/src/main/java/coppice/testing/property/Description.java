package coppice.testing.property;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Spells values out for a reader: bytes as hex, the contents of arrays, collections, maps and records.
final class Description {
    private Description() {}

    static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case byte[] bytes -> "0x" + HexFormat.of().formatHex(bytes);
            case Collection<?> values -> listed(values.stream());
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> of(entry.getKey()) + '=' + of(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Record fields -> ofRecord(fields);
            case Object array
            when array.getClass().isArray() ->
                listed(IntStream.range(0, Array.getLength(array)).mapToObj(i -> Array.get(array, i)));
            default -> Objects.toString(value);
        };
    }

    private static String listed(Stream<?> values) {
        return values.map(Description::of).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String ofRecord(Record value) {
        return Stream.of(value.getClass().getRecordComponents())
                .map(component -> component.getName() + '=' + of(read(component, value)))
                .collect(Collectors.joining(", ", value.getClass().getSimpleName() + '[', "]"));
    }

    private static @Nullable Object read(RecordComponent component, Record value) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            return e;
        }
    }
}
