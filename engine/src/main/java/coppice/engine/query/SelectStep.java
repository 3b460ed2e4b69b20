package coppice.engine.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.engine.query.Question.Column;
import coppice.expression.Expression;
import coppice.expression.JointEvaluator;
import coppice.json.Json;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Gives rows objects of what is selected for documents.
final class SelectStep extends Step {
    private static final byte[] NOTHING = {};

    private final Step input;
    private final List<Expression> expressions;
    private final Coverage coverage;
    private final boolean isCovered;
    private final JointEvaluator covered;
    private final JointEvaluator values;
    private final List<byte[]> names;

    SelectStep(Step input, List<Column> columns, Coverage coverage) {
        super("select", columns.stream().map(Column::name).collect(Collectors.joining(", ")), input.estimate(), input);
        this.input = input;
        this.expressions = columns.stream().map(Column::expression).toList();
        this.coverage = coverage;
        this.isCovered = coverage.hasAll(expressions);
        this.covered = JointEvaluator.of(isCovered ? expressions : List.of(), coverage.given());
        this.values = JointEvaluator.of(expressions);
        this.names = columns.stream()
                .map(column -> (Json.of(column.name()).text() + ':').getBytes(UTF_8))
                .toList();
    }

    @Override
    @Nullable
    Found advance() {
        Found found = input.next();
        if (found != null) {
            List<byte[]> told = isCovered ? told(found) : List.of();
            found.select(object(told.isEmpty() ? read(found) : told));
        }
        return found;
    }

    /// What the index says; nothing where the document may have it written in another way.
    private List<byte[]> told(Found found) {
        JointEvaluator.Values of = covered.values(found.key(), NOTHING, found.given(coverage));
        List<byte[]> json = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            Expression expression = expressions.get(i);
            if (coverage.hasStored(expression)) {
                json.add(coverage.stored(found.entry(), expression));
            } else if (expression instanceof Expression.Path && of.value(i).isWrittenInWays()) {
                return List.of();
            } else {
                json.add(of.json(i));
            }
        }
        return json;
    }

    private List<byte[]> read(Found found) {
        JointEvaluator.Values of = values.values(found.key(), found.document());
        return IntStream.range(0, expressions.size()).mapToObj(of::json).toList();
    }

    private byte[] object(List<byte[]> json) {
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        for (int i = 0; i < names.size(); i++) {
            object.write(i == 0 ? '{' : ',');
            object.writeBytes(names.get(i));
            object.writeBytes(json.get(i));
        }
        object.write('}');
        return object.toByteArray();
    }
}
