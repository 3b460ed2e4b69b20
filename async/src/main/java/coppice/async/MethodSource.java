package coppice.async;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/// The source of one method of a twin.
///
/// @param named the declaration that names the parameters: the one whose comment is copied
record MethodSource(TwinMethod twin, Answer answer, ExecutableElement named, Types types) {
    private static final String CALLS = "coppice.api.async.AsyncCalls.";

    /// @param type the simple name of the interface
    String text(String type) {
        String parameters = twin.types().declared(method().getTypeParameters());
        return "    public " + (parameters.isEmpty() ? "" : parameters + ' ') + returned() + ' ' + twin.name()
                + IntStream.range(0, names().size())
                        .mapToObj(this::parameter)
                        .collect(Collectors.joining(", ", "(", ")"))
                + thrown() + " {\n        " + body(type) + "\n    }\n";
    }

    private ExecutableElement method() {
        return twin.method();
    }

    private TypeMirror result() {
        return method().getReturnType();
    }

    private boolean isVoid() {
        return result().getKind() == TypeKind.VOID;
    }

    private List<String> names() {
        return named.getParameters().stream()
                .map(parameter -> parameter.getSimpleName().toString())
                .toList();
    }

    private String returned() {
        return switch (answer) {
            case SAME -> twin.types().of(result());
            case FUTURE -> "java.util.concurrent.CompletableFuture<" + boxed() + '>';
            case PUBLISHER ->
                "java.util.concurrent.Flow.Publisher"
                        + ((DeclaredType) result())
                                .getTypeArguments().stream()
                                        .map(twin.types()::of)
                                        .map(element -> '<' + element + '>')
                                        .collect(Collectors.joining());
        };
    }

    private String boxed() {
        if (isVoid()) {
            return "java.lang.@org.jspecify.annotations.Nullable Void";
        }
        return result() instanceof PrimitiveType primitive
                ? types.boxedClass(primitive).getQualifiedName().toString()
                : twin.types().of(result());
    }

    private String parameter(int index) {
        VariableElement parameter = method().getParameters().get(index);
        String type = twin.types().of(parameter.asType());
        if (method().isVarArgs() && index == names().size() - 1) {
            type = type.substring(0, type.length() - "[]".length()) + "...";
        }
        Set<String> ofType = parameter.asType().getAnnotationMirrors().stream()
                .map(AnnotationMirror::toString)
                .collect(Collectors.toSet());
        return Stream.concat(
                        parameter.getAnnotationMirrors().stream()
                                .map(AnnotationMirror::toString)
                                .filter(annotation -> !ofType.contains(annotation)),
                        Stream.of(type, names().get(index)))
                .collect(Collectors.joining(" "));
    }

    private String thrown() {
        return answer != Answer.SAME || method().getThrownTypes().isEmpty()
                ? ""
                : method().getThrownTypes().stream()
                        .map(twin.types()::of)
                        .collect(Collectors.joining(", ", " throws ", ""));
    }

    private String body(String type) {
        String call = "this.twinned."
                + twin.types().used(method().getTypeParameters())
                + twin.name()
                + names().stream().collect(Collectors.joining(", ", "(", ")"));
        String name = '"' + type + '.' + twin.name() + '"';
        return switch (answer) {
            case SAME -> (isVoid() ? "" : "return ") + call + ';';
            case FUTURE ->
                "return " + CALLS + "future(" + name + ", () -> " + (isVoid() ? "{ " + call + "; return null; }" : call)
                        + ");";
            case PUBLISHER -> "return " + CALLS + "publisher(" + name + ", () -> " + call + ");";
        };
    }
}
