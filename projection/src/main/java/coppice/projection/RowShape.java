package coppice.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.expression.Expression;
import coppice.expression.JointEvaluator;
import coppice.json.Json;
import coppice.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rows as they are, but for computed members. Immutable; for any number of threads.
public final class RowShape implements Shape {
    private final List<String> names;
    private final JointEvaluator evaluator;
    private final boolean isFiltered;

    RowShape(List<NamedExpression> computed, Optional<Expression> filter) {
        this.names = computed.stream().map(NamedExpression::name).toList();
        this.isFiltered = filter.isPresent();
        List<Expression> all = new ArrayList<>();
        computed.forEach(member -> all.add(member.expression()));
        filter.ifPresent(all::add);
        this.evaluator = JointEvaluator.of(all);
    }

    /// Whether every row stays as it is.
    public boolean isIdentity() {
        return names.isEmpty() && !isFiltered;
    }

    /// What becomes of a row.
    ///
    /// @return the very array when nothing is computed, else its object with each computed member at the place
    ///     where it has one of that name, or at the end; `null` for NULL. Nothing when the filter is not true,
    ///     and when something is computed and the document is no object, or has two members of one name
    public Optional<byte[]> document(byte[] key, byte[] document) {
        JointEvaluator.Values values = evaluator.values(key, document);
        if (isFiltered && !values.holds(names.size())) {
            return Optional.empty();
        }
        if (names.isEmpty()) {
            return Optional.of(document);
        }
        if (!(JsonReader.tryParse(document).orElse(Json.Null.VALUE) instanceof Json.Obj object)) {
            return Optional.empty();
        }
        Json.Obj whole = object;
        for (int i = 0; i < names.size(); i++) {
            whole = whole.with(names.get(i), values.value(i).json());
        }
        return Optional.of(whole.text().getBytes(UTF_8));
    }
}
