package coppice.expression;

import coppice.expression.Expression.Constant;
import coppice.expression.Expression.Parameter;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Puts values in the place of parameters.
final class Binding {
    private final Map<String, Value> values;
    private final Set<String> used = new HashSet<>();

    private Binding(Map<String, Value> values) {
        this.values = values;
    }

    static Expression of(Expression expression, Map<String, Value> values) {
        Binding binding = new Binding(values);
        Expression bound = binding.bound(expression);
        if (binding.used.size() < values.size()) {
            Set<String> unused = new TreeSet<>(values.keySet());
            unused.removeAll(binding.used);
            throw new IllegalArgumentException(
                    "No parameter " + unused.iterator().next() + " in " + expression
                            + ": leave its value out, or name one that is there");
        }
        return bound;
    }

    private Expression bound(Expression expression) {
        if (expression instanceof Parameter(String name)) {
            Value value = values.get(name);
            if (value == null) {
                throw new IllegalArgumentException(unbound(expression));
            }
            used.add(name);
            return new Constant(value);
        }
        return Parts.replaced(expression, this::bound);
    }

    /// What is wrong with a parameter that has no value.
    static String unbound(Expression parameter) {
        return "The parameter " + parameter + " has no value: give it one";
    }
}
