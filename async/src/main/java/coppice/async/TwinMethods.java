package coppice.async;

import coppice.async.TwinMethod.Declaration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;

/// Finds the methods of an interface: its own and those that it inherits, each once.
final class TwinMethods {
    private final Types types;
    private final DeclaredType root;
    private final List<ExecutableElement> ofObject;
    private final Set<String> typeParameters;
    private final Map<TypeElement, TypeText> interfaces = new LinkedHashMap<>();

    private TwinMethods(ProcessingEnvironment environment, TypeElement type) {
        this.types = environment.getTypeUtils();
        this.root = (DeclaredType) type.asType();
        this.ofObject = ElementFilter.methodsIn(
                environment.getElementUtils().getTypeElement("java.lang.Object").getEnclosedElements());
        this.typeParameters = type.getTypeParameters().stream()
                .map(TypeParameterElement::getSimpleName)
                .map(Object::toString)
                .collect(Collectors.toSet());
        gather(type, new TypeText());
    }

    static List<TwinMethod> of(ProcessingEnvironment environment, TypeElement type) {
        return new TwinMethods(environment, type).all();
    }

    private void gather(TypeElement type, TypeText text) {
        if (interfaces.putIfAbsent(type, text) == null) {
            for (TypeMirror extended : type.getInterfaces()) {
                DeclaredType declared = (DeclaredType) extended;
                gather((TypeElement) declared.asElement(), new TypeText(declared, text));
            }
        }
    }

    private List<TwinMethod> all() {
        List<List<Declaration>> groups = new ArrayList<>();
        for (TypeElement type : interfaces.keySet()) {
            for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
                if (isTwinned(method)) {
                    groupOf(method, groups).add(new Declaration(type, method));
                }
            }
        }
        return groups.stream().map(this::method).toList();
    }

    private boolean isTwinned(ExecutableElement method) {
        Set<Modifier> modifiers = method.getModifiers();
        boolean isAsync = method.getSimpleName().contentEquals("async")
                && method.getParameters().isEmpty();
        return !modifiers.contains(Modifier.STATIC)
                && !modifiers.contains(Modifier.PRIVATE)
                && !isAsync
                && ofObject.stream().noneMatch(other -> isSame(method, other));
    }

    private List<Declaration> groupOf(ExecutableElement method, Collection<List<Declaration>> groups) {
        for (List<Declaration> group : groups) {
            if (isSame(group.getFirst().method(), method)) {
                return group;
            }
        }
        List<Declaration> begun = new ArrayList<>();
        groups.add(begun);
        return begun;
    }

    private boolean isSame(ExecutableElement one, ExecutableElement other) {
        return one.getSimpleName().equals(other.getSimpleName())
                && (types.isSubsignature(seen(one), seen(other)) || types.isSubsignature(seen(other), seen(one)));
    }

    private ExecutableType seen(ExecutableElement method) {
        return (ExecutableType) types.asMemberOf(root, method);
    }

    /// @param declarations of one method
    private TwinMethod method(List<Declaration> declarations) {
        Declaration first = declarations.stream()
                .reduce((best, next) -> isMoreSpecific(best, next) ? best : next)
                .orElseThrow();
        List<Declaration> ordered = new ArrayList<>(declarations);
        ordered.remove(first);
        ordered.addFirst(first);
        TypeText text = Objects.requireNonNull(interfaces.get(first.owner()));
        return new TwinMethod(text.ofMethod(first.method().getTypeParameters(), typeParameters), ordered);
    }

    /// Whether the one overrides the other, or else, when neither does, returns something as special.
    private boolean isMoreSpecific(Declaration one, Declaration other) {
        TypeMirror owner = types.erasure(one.owner().asType());
        TypeMirror otherOwner = types.erasure(other.owner().asType());
        return types.isSubtype(owner, otherOwner)
                || (!types.isSubtype(otherOwner, owner)
                        && types.isSubtype(
                                seen(one.method()).getReturnType(),
                                seen(other.method()).getReturnType()));
    }
}
