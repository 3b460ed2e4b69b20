package coppice.async;

import coppice.async.TwinMethod.Declaration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Elements.DocCommentKind;
import javax.lang.model.util.Types;

/// The source of a twin.
final class TwinSource {
    private static final Set<String> COPIED = Set.of(
            "java.lang.Deprecated", "org.jspecify.annotations.NullMarked", "org.jspecify.annotations.NullUnmarked");

    private final Elements elements;
    private final Types types;
    private final TypeElement type;
    private final PackageElement home;
    private final String simpleName;
    private final List<TwinMethod> methods;
    private final Set<String> members;
    private final Names names;
    private final Answers answers;

    TwinSource(ProcessingEnvironment environment, TypeElement type) {
        this.elements = environment.getElementUtils();
        this.types = environment.getTypeUtils();
        this.type = type;
        this.home = elements.getPackageOf(type);
        this.simpleName = "Async" + type.getSimpleName();
        this.methods = TwinMethods.of(environment, type);
        this.members = methods.stream().map(TwinMethod::name).collect(Collectors.toSet());
        this.names = new Names(environment, home);
        this.answers = new Answers(environment);
    }

    /// The qualified name of the twin.
    String name() {
        return home.isUnnamed() ? simpleName : home.getQualifiedName() + "." + simpleName;
    }

    String text() throws NotTwinned {
        StringBuilder body = new StringBuilder();
        for (TwinMethod method : methods) {
            body.append('\n').append(method(method));
        }
        TypeText text = new TypeText();
        String twinned = text.of(type.asType());
        String head = """
                /// The asynchronous twin of [%1$s]: its methods return at once, and what they do is done on
                /// virtual threads, in no order among calls that are not waited for. To cancel a future or a
                /// subscription ends the call: see [coppice.api.async.AsyncCalls].
                %2$s// The interface answers for what it says.
                @SuppressWarnings({"deprecation", "rawtypes", "removal", "unchecked"})
                public final class %3$s%4$s {
                    private final %5$s twinned;

                    %3$s(%5$s twinned) {
                        this.twinned = java.util.Objects.requireNonNull(twinned);
                    }
                """.formatted(
                        type.getQualifiedName(),
                        copied(type, ""),
                        simpleName,
                        text.declared(type.getTypeParameters()),
                        twinned);
        return "// Written by the build, from " + type.getSimpleName() + ".\n"
                + (home.isUnnamed() ? "" : "package " + home.getQualifiedName() + ";\n\n")
                + (names.imports().isEmpty() ? "" : names.imports() + '\n') + head + body + "}\n";
    }

    private String method(TwinMethod twin) throws NotTwinned {
        Answer answer = answers.of(twin);
        Declaration documented = twin.declarations().stream()
                .filter(declaration -> elements.getDocComment(declaration.method()) != null)
                .findFirst()
                .orElse(twin.declarations().getFirst());
        return comment(documented, answer, twin.method().getReturnType().getKind())
                        .text(4)
                + copied(twin.method(), "    ")
                + new MethodSource(twin, answer, documented.method(), types)
                        .text(type.getSimpleName().toString());
    }

    private Comment comment(Declaration documented, Answer answer, TypeKind result) {
        ExecutableElement method = documented.method();
        String there = documented.owner().getQualifiedName().toString();
        String text = elements.getDocComment(method);
        boolean isMarkdown = elements.getDocCommentKind(method) != DocCommentKind.TRADITIONAL;
        Comment comment;
        if (text == null) {
            comment = Comment.of("As [" + there + '#' + method.getSimpleName() + "].", true);
        } else {
            comment = Comment.of(text, isMarkdown).referring(members, there);
            names.add(text, documented.owner());
        }
        Set<String> typeParameters = method.getTypeParameters().stream()
                .map(parameter -> parameter.getSimpleName().toString())
                .collect(Collectors.toSet());
        return switch (answer) {
            case SAME -> comment;
            case FUTURE ->
                comment.asynchronous(
                        result == TypeKind.VOID
                                ? "Returns at once: the future is done when this is"
                                : "Returns at once: the future has the result",
                        typeParameters);
            case PUBLISHER ->
                comment.asynchronous("Begins when somebody subscribes, and reads what is asked for", typeParameters);
        };
    }

    private static String copied(Element element, String margin) {
        return element.getAnnotationMirrors().stream()
                .map(Object::toString)
                .filter(annotation -> COPIED.contains(annotation.replaceFirst("^@([\\w.]+).*$", "$1")))
                .map(annotation -> margin + annotation + '\n')
                .collect(Collectors.joining());
    }
}
