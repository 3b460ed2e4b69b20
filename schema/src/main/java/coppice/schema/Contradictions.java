package coppice.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.schema.Field;
import coppice.api.schema.FieldType;
import coppice.api.schema.TypeDefinition;
import coppice.api.schema.Violation;
import coppice.expression.Declared;
import coppice.expression.Evaluator;
import coppice.expression.Expression;
import coppice.expression.Expression.Path;
import coppice.expression.ExpressionException;
import coppice.expression.Type;
import coppice.expression.Value;
import coppice.json.Json;
import coppice.json.JsonReader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/// Refuses a definition parts of which can never go together: checks that name what there cannot be or compare what
/// is never equal, defaults that are not what the field says.
record Contradictions(TypeDefinition definition) {
    /// @throws DatabaseException.Incorrect when there is one: with the place
    static void refuse(TypeDefinition definition, TypeDefinition.Fields fields) {
        Contradictions search = new Contradictions(definition);
        search.object(fields.fields(), fields.isClosed());
        Declared declared = DeclaredFields.of(fields.fields(), fields.isClosed());
        fields.checks().forEach(check -> search.check(check, declared));
    }

    private void object(List<Field> fields, boolean isClosed) {
        Declared declared = DeclaredFields.of(fields, isClosed);
        for (Field field : fields) {
            field.check().ifPresent(check -> check(check, declared));
            field.defaultValue().ifPresent(text -> defaultValue(field, JsonReader.parse(text.getBytes(UTF_8))));
            below(field.type());
        }
    }

    private void below(FieldType type) {
        switch (type) {
            case FieldType.Nested(List<Field> inner, boolean isClosed) -> object(inner, isClosed);
            case FieldType.Array(FieldType items) -> below(items);
            case FieldType.Simple _, FieldType.Decimal _, FieldType.Reference _ -> {}
        }
    }

    private void check(String check, Declared declared) {
        try {
            Expression.parse(check, declared, "CHECK", EnumSet.of(Type.BOOLEAN));
        } catch (ExpressionException never) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.INVALID_TYPE,
                            "A check of type '" + definition.name() + "' cannot be: " + never.getMessage(),
                            never)
                    .with("type", definition.name())
                    .with("check", check);
        }
    }

    private void defaultValue(Field field, Json value) {
        Json.Obj object = Json.object(field.name(), value);
        List<Violation> wrong = new ArrayList<>();
        Findings findings = new Findings(definition, new byte[0], wrong::add);
        new FieldWalk(findings, Checks.none(), new byte[0]).fields("", List.of(field), false, object, _ -> false);
        wrong.stream().findFirst().ifPresent(one -> {
            throw refused(field, value, "must be " + one.expected() + " at " + one.path());
        });
        field.check()
                .filter(check -> isAbout(Expression.parse(check), field)
                        && Evaluator.of(Expression.parse(check))
                                        .value(new byte[0], object.text().getBytes(UTF_8))
                                == Value.Bool.FALSE)
                .ifPresent(check -> {
                    throw refused(field, value, "breaks its check: " + check);
                });
    }

    /// Whether nothing but a field says what an expression is.
    private static boolean isAbout(Expression check, Field field) {
        return check.follows(List.of(Path.of(field.name())))
                && !check.toString().contains("$key");
    }

    private DatabaseException refused(Field field, Json value, String why) {
        return new DatabaseException.Incorrect(
                        ErrorCode.INVALID_TYPE,
                        "The field '" + field.name() + "' of type '" + definition.name() + "' cannot be: its default "
                                + value.text() + " " + why + "; change one of them")
                .with("type", definition.name())
                .with("field", field.name());
    }
}
