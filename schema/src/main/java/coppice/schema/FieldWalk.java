package coppice.schema;

import coppice.api.schema.Field;
import coppice.api.schema.FieldType;
import coppice.api.schema.Violation.Rule;
import coppice.json.Json;
import coppice.json.Pointer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Compares a document with the fields of its type, from the outside in.
record FieldWalk(Findings findings, Checks checks, byte[] key) {
    /// @param subject the object, for checks
    void fields(String path, List<Field> fields, boolean isClosed, Json.Obj object, Checks.Subject subject) {
        Set<String> known = new HashSet<>();
        for (Field field : fields) {
            known.add(field.name());
            String place = Pointer.member(path, field.name());
            Json value = object.members().get(field.name());
            if (value == null || value instanceof Json.Null) {
                if (field.isRequired()) {
                    findings.add(place, Rule.REQUIRED, Optional.ofNullable(value), Types.words(field.type()));
                }
            } else {
                value(place, field.type(), value);
            }
            field.check()
                    .filter(subject::breaks)
                    .ifPresent(
                            check -> findings.add(place, Rule.CHECK, Optional.ofNullable(value), Checks.words(check)));
        }
        if (isClosed) {
            object.members().forEach((name, value) -> {
                if (!known.contains(name)) {
                    findings.add(
                            Pointer.member(path, name), Rule.UNKNOWN, Optional.of(value), "no member of this name");
                }
            });
        }
    }

    private void value(String path, FieldType type, Json value) {
        if (!Types.is(type, value)) {
            findings.add(path, Rule.TYPE, Optional.of(value), Types.words(type));
        } else if (type instanceof FieldType.Array(FieldType items) && value instanceof Json.Arr(List<Json> all)) {
            for (int i = 0; i < all.size(); i++) {
                value(Pointer.item(path, i), items, all.get(i));
            }
        } else if (type instanceof FieldType.Nested(List<Field> inner, boolean isClosed)
                && value instanceof Json.Obj object) {
            fields(path, inner, isClosed, object, checks.subject(key, object));
        }
    }
}
