package coppice.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.expression.Value;
import coppice.json.Json;
import coppice.json.JsonReader;
import coppice.json.Pointer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A field by which documents of a type have to do with others.
///
/// @param names of the members that lead to it, from the outside in
/// @param to the type that it refers to, item by item where it is an array; empty for a field of unique values
public record FieldPath(List<String> names, String to) {
    public FieldPath {
        names = List.copyOf(names);
    }

    /// Whether it refers to other documents.
    public boolean isReference() {
        return !to.isEmpty();
    }

    /// Where it is, as a JSON pointer.
    public String pointer() {
        String pointer = "";
        for (String name : names) {
            pointer = Pointer.member(pointer, name);
        }
        return pointer;
    }

    /// What a document has there, as JSON that is the same for equal values; nothing for `null`.
    public Set<String> values(byte[] document) {
        Set<String> values = new LinkedHashSet<>();
        gather(JsonReader.tryParse(document).orElse(Json.Null.VALUE), names, values);
        return values;
    }

    private void gather(Json json, List<String> left, Set<String> into) {
        switch (json) {
            case Json.Null _ -> {}
            case Json.Arr(List<Json> items) when isReference() -> items.forEach(item -> gather(item, left, into));
            case Json.Obj(var members)
            when !left.isEmpty() ->
                gather(members.getOrDefault(left.getFirst(), Json.Null.VALUE), left.subList(1, left.size()), into);
            case Json.Arr _, Json.Obj _, Json.Str _, Json.Num _, Json.Bool _ -> {
                if (left.isEmpty()) {
                    into.add(Value.of(json).json().text());
                }
            }
        }
    }

    /// The key that a value refers to; empty when the value is no text.
    public static byte[] referred(String value) {
        byte[] json = value.getBytes(UTF_8);
        return JsonReader.parse(json) instanceof Json.Str(String text) ? text.getBytes(UTF_8) : new byte[0];
    }

    /// The value that refers to a document of this key.
    public static String reference(String key) {
        return Value.of(key).json().text();
    }
}
