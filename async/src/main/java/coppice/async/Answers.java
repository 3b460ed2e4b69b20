package coppice.async;

import java.util.List;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/// Decides how methods answer.
final class Answers {
    private static final String IMMEDIATE = "coppice.api.async.Immediate";

    private final Types types;
    private final TypeMirror stream;
    private final TypeMirror anyStream;
    private final List<TypeMirror> asynchronous;
    private final List<TypeMirror> thrown;

    Answers(ProcessingEnvironment environment) {
        this.types = environment.getTypeUtils();
        Elements elements = environment.getElementUtils();
        this.stream = erased(elements, "java.util.stream.Stream");
        this.anyStream = erased(elements, "java.util.stream.BaseStream");
        this.asynchronous = Stream.of("java.util.concurrent.CompletionStage", "java.util.concurrent.Flow.Publisher")
                .map(name -> erased(elements, name))
                .toList();
        this.thrown = Stream.of("java.lang.Exception", "java.lang.Error")
                .map(name -> erased(elements, name))
                .toList();
    }

    private TypeMirror erased(Elements elements, String name) {
        return types.erasure(elements.getTypeElement(name).asType());
    }

    Answer of(TwinMethod twin) throws NotTwinned {
        ExecutableElement method = twin.method();
        TypeMirror returned = method.getReturnType();
        if (twin.declarations().stream().anyMatch(declaration -> isImmediate(declaration.method()))
                || isOneOf(returned, asynchronous)) {
            return Answer.SAME;
        }
        for (TypeMirror failure : method.getThrownTypes()) {
            if (!isOneOf(failure, thrown)) {
                throw new NotTwinned(
                        method, "it throws " + failure + ", which need be no Exception; declare what it is");
            }
        }
        if (returned.getKind() == TypeKind.DECLARED && types.isSameType(types.erasure(returned), stream)) {
            return Answer.PUBLISHER;
        }
        if (isOneOf(returned, List.of(anyStream))) {
            throw new NotTwinned(method, "it returns " + returned + ", which has no publisher; return a Stream");
        }
        return Answer.FUTURE;
    }

    private boolean isImmediate(ExecutableElement method) {
        return method.getAnnotationMirrors().stream()
                .map(annotation -> (TypeElement) annotation.getAnnotationType().asElement())
                .anyMatch(type -> type.getQualifiedName().contentEquals(IMMEDIATE));
    }

    private boolean isOneOf(TypeMirror type, List<TypeMirror> known) {
        boolean isReference = type.getKind() == TypeKind.DECLARED || type.getKind() == TypeKind.TYPEVAR;
        return isReference && known.stream().anyMatch(other -> types.isSubtype(types.erasure(type), other));
    }
}
