package coppice.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.schema.Field;
import coppice.api.schema.FieldType;
import coppice.expression.Evaluator;
import coppice.expression.Expression;
import coppice.expression.ExpressionException;
import coppice.expression.Value;
import coppice.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The expressions of a type that may not be false.
///
/// @param evaluators by text
record Checks(Map<String, Evaluator> evaluators) {
    /// An object that checks are about.
    interface Subject {
        /// Whether a check is false for it; one that is unknown is not.
        boolean breaks(String check);
    }

    static Checks none() {
        return new Checks(Map.of());
    }

    /// @throws DatabaseException.Incorrect when one of them is no expression
    static Checks of(String type, List<Field> fields, List<String> whole) {
        Map<String, Evaluator> all = new HashMap<>();
        gather(type, fields, all);
        whole.forEach(check -> all.put(check, evaluator(type, check)));
        return new Checks(all);
    }

    private static void gather(String type, List<Field> fields, Map<String, Evaluator> into) {
        for (Field field : fields) {
            field.check().ifPresent(check -> into.put(check, evaluator(type, check)));
            gather(type, inner(field.type()), into);
        }
    }

    private static List<Field> inner(FieldType type) {
        return switch (type) {
            case FieldType.Nested(List<Field> inner, boolean _) -> inner;
            case FieldType.Array(FieldType items) -> inner(items);
            case FieldType.Simple _, FieldType.Decimal _, FieldType.Reference _ -> List.of();
        };
    }

    private static Evaluator evaluator(String type, String text) {
        try {
            return Evaluator.of(Expression.parse(text));
        } catch (ExpressionException | IllegalArgumentException wrong) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.INVALID_TYPE,
                            "A check of type '" + type + "' cannot be read: " + wrong.getMessage())
                    .with("type", type)
                    .with("check", text);
        }
    }

    /// What must be, in words that go on from "must be".
    static String words(String check) {
        return "such that " + check;
    }

    /// A document.
    Subject subject(byte[] key, byte[] document) {
        return check -> {
            Evaluator evaluator = evaluators.get(check);
            return evaluator != null && evaluator.value(key, document) == Value.Bool.FALSE;
        };
    }

    /// An object within the document of a key. Costs writing it when something is asked about it.
    Subject subject(byte[] key, Json.Obj object) {
        return check -> subject(key, object.text().getBytes(UTF_8)).breaks(check);
    }
}
