package coppice.engine.query;

import coppice.expression.Expression;
import coppice.expression.JointEvaluator;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Gives rows objects of what is selected for documents.
final class SelectStep extends Step {
    private static final byte[] NOTHING = {};

    private final Step input;
    private final Selection selection;
    private final Coverage coverage;
    private final @Nullable JointEvaluator covered;

    SelectStep(Step input, Selection selection, Coverage coverage) {
        super("select", input.estimate(), input);
        this.input = input;
        this.selection = selection;
        this.coverage = coverage;
        this.covered = coverage.hasAll(selection.expressions())
                ? JointEvaluator.of(selection.expressions(), coverage.given())
                : null;
    }

    @Override
    String of() {
        return selection.columns().stream().map(Selection.Column::name).collect(Collectors.joining(", "));
    }

    @Override
    @Nullable
    Found advance() {
        Found found = input.next();
        if (found != null) {
            List<byte[]> told = covered == null ? List.of() : told(found, covered);
            found.select(object(told.isEmpty() ? read(found) : told));
        }
        return found;
    }

    /// What the index says; nothing where the document may have it written in another way.
    private List<byte[]> told(Found found, JointEvaluator evaluator) {
        JointEvaluator.Values of = evaluator.values(found.key(), NOTHING, found.given(coverage));
        List<byte[]> json = new ArrayList<>();
        for (int i = 0; i < selection.expressions().size(); i++) {
            Expression expression = selection.expressions().get(i);
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
        JointEvaluator.Values of = selection.evaluator().values(found.key(), found.document());
        List<byte[]> json = new ArrayList<>();
        for (int i = 0; i < selection.expressions().size(); i++) {
            json.add(of.json(i));
        }
        return json;
    }

    private byte[] object(List<byte[]> json) {
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        for (int i = 0; i < json.size(); i++) {
            object.write(i == 0 ? '{' : ',');
            object.writeBytes(selection.names().get(i));
            object.writeBytes(json.get(i));
        }
        object.write('}');
        return object.toByteArray();
    }
}
