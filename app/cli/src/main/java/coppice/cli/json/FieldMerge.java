package coppice.cli.json;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Merges two versions of a JSON object member by member against what both began with.
public final class FieldMerge {
    private FieldMerge() {}

    /// The object with the changes of both sides, or nothing when both changed the same member differently.
    ///
    /// @param base what both began with
    /// @param ours one version
    /// @param theirs the other
    public static Optional<Json.Obj> merge(Json.Obj base, Json.Obj ours, Json.Obj theirs) {
        Set<String> names = new LinkedHashSet<>(base.members().keySet());
        names.addAll(ours.members().keySet());
        names.addAll(theirs.members().keySet());
        Map<String, Json> merged = new LinkedHashMap<>();
        for (String name : names) {
            Json was = base.members().get(name);
            Json our = ours.members().get(name);
            Json their = theirs.members().get(name);
            @Nullable Json chosen;
            if (Objects.equals(our, their) || Objects.equals(was, their)) {
                chosen = our;
            } else if (Objects.equals(was, our)) {
                chosen = their;
            } else if (was instanceof Json.Obj b && our instanceof Json.Obj o && their instanceof Json.Obj t) {
                Optional<Json.Obj> inner = merge(b, o, t);
                if (inner.isEmpty()) {
                    return Optional.empty();
                }
                chosen = inner.get();
            } else {
                return Optional.empty();
            }
            if (chosen != null) {
                merged.put(name, chosen);
            }
        }
        return Optional.of(new Json.Obj(merged));
    }
}
