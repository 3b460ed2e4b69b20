package coppice.json;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One difference inside two JSON values: the finest members that differ.
///
/// @param path where, as names joined by dots and `[index]`; empty for the whole value
/// @param before the value before, nothing when the member was added
/// @param after the value after, nothing when the member was removed
public record FieldChange(String path, Optional<Json> before, Optional<Json> after) {
    /// What differs between two values, in the order of the members. Arrays are compared item by item from the start.
    public static List<FieldChange> between(Json before, Json after) {
        List<FieldChange> changes = new ArrayList<>();
        compare("", Optional.of(before), Optional.of(after), changes);
        return changes;
    }

    private static void compare(String path, Optional<Json> before, Optional<Json> after, List<FieldChange> into) {
        if (before.equals(after)) {
            return;
        }
        if (before.orElse(Json.Null.VALUE) instanceof Json.Obj old
                && after.orElse(Json.Null.VALUE) instanceof Json.Obj young) {
            Set<String> names = new LinkedHashSet<>(old.members().keySet());
            names.addAll(young.members().keySet());
            for (String name : names) {
                String inner = path.isEmpty() ? name : path + "." + name;
                compare(inner, member(old, name), member(young, name), into);
            }
        } else if (before.orElse(Json.Null.VALUE) instanceof Json.Arr old
                && after.orElse(Json.Null.VALUE) instanceof Json.Arr young) {
            int length = Math.max(old.items().size(), young.items().size());
            for (int i = 0; i < length; i++) {
                compare(path + "[" + i + "]", item(old, i), item(young, i), into);
            }
        } else {
            into.add(new FieldChange(path, before, after));
        }
    }

    private static Optional<Json> member(Json.Obj object, String name) {
        return Optional.ofNullable(object.members().get(name));
    }

    private static Optional<Json> item(Json.Arr array, int index) {
        return index < array.items().size() ? Optional.of(array.items().get(index)) : Optional.empty();
    }
}
