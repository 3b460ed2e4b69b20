package coppice.json;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Places in documents, as JSON pointers (RFC 6901): empty for the whole, else a step after each `/`.
public final class Pointer {
    private Pointer() {}

    /// The place of a member of the object at a place.
    public static String member(String pointer, String name) {
        return pointer + '/' + name.replace("~", "~0").replace("/", "~1");
    }

    /// The place of an item of the array at a place.
    ///
    /// @param index from 0
    public static String item(String pointer, int index) {
        return pointer + '/' + index;
    }

    /// What is at a place; nothing when there is no such place.
    public static Optional<Json> find(Json document, String pointer) {
        if (pointer.isEmpty()) {
            return Optional.of(document);
        }
        int end = pointer.indexOf('/', 1);
        String step = pointer.substring(1, end < 0 ? pointer.length() : end);
        return below(document, step.replace("~1", "/").replace("~0", "~"))
                .flatMap(next -> find(next, end < 0 ? "" : pointer.substring(end)));
    }

    private static Optional<Json> below(Json json, String step) {
        return switch (json) {
            case Json.Obj(Map<String, Json> members) -> Optional.ofNullable(members.get(step));
            case Json.Arr(List<Json> items)
            when step.matches("0|[1-9]\\d{0,8}") ->
                Optional.of(Integer.parseInt(step))
                        .filter(index -> index < items.size())
                        .map(items::get);
            case Json.Arr _, Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> Optional.empty();
        };
    }
}
