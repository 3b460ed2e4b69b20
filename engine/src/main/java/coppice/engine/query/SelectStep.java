package coppice.engine.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.engine.query.Question.Column;
import coppice.expression.JointEvaluator;
import coppice.json.Json;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Gives rows objects of what is selected for documents.
final class SelectStep extends Step {
    private final Step input;
    private final JointEvaluator values;
    private final List<byte[]> names;

    SelectStep(Step input, List<Column> columns) {
        super("select", columns.stream().map(Column::name).collect(Collectors.joining(", ")), input.estimate(), input);
        this.input = input;
        this.values = JointEvaluator.of(columns.stream().map(Column::expression).toList());
        this.names = columns.stream()
                .map(column -> (Json.of(column.name()).text() + ':').getBytes(UTF_8))
                .toList();
    }

    @Override
    @Nullable
    Found advance() {
        Found found = input.next();
        if (found != null) {
            found.select(object(values.values(found.key(), found.document())));
        }
        return found;
    }

    private byte[] object(JointEvaluator.Values of) {
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        for (int i = 0; i < names.size(); i++) {
            object.write(i == 0 ? '{' : ',');
            object.writeBytes(names.get(i));
            object.writeBytes(of.json(i));
        }
        object.write('}');
        return object.toByteArray();
    }
}
