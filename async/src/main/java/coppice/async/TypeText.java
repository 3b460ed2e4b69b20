package coppice.async;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ErrorType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;
import org.jspecify.annotations.Nullable;

/// Types as text, with qualified names and their annotations, seen from a class that stands for an interface: what
/// the interface hands to the type parameters of those that it extends is put in their place. (The compiler's own
/// substitution loses annotations, and with them what may be null.)
final class TypeText {
    /// What stands for a type parameter: a type, as it is seen from elsewhere.
    private record Binding(TypeMirror type, TypeText from) {}

    private final Map<Element, Binding> bindings = new HashMap<>();
    private final Map<Element, String> names = new HashMap<>();

    /// Of the interface itself: its type parameters keep their names.
    TypeText() {}

    /// Of an interface that is extended.
    ///
    /// @param type as it is extended, with its arguments
    /// @param from how those are seen
    TypeText(DeclaredType type, TypeText from) {
        List<? extends TypeParameterElement> parameters = ((TypeElement) type.asElement()).getTypeParameters();
        List<? extends TypeMirror> arguments = type.getTypeArguments();
        for (int i = 0; i < arguments.size(); i++) {
            bindings.put(parameters.get(i), new Binding(arguments.get(i), from));
        }
    }

    /// Of a method: its own type parameters get other names where those are taken.
    private TypeText(TypeText around, List<? extends TypeParameterElement> parameters, Set<String> taken) {
        bindings.putAll(around.bindings);
        for (TypeParameterElement parameter : parameters) {
            String name = parameter.getSimpleName().toString();
            while (taken.contains(name)) {
                name += '_';
            }
            names.put(parameter, name);
        }
    }

    TypeText ofMethod(List<? extends TypeParameterElement> parameters, Set<String> taken) {
        return new TypeText(this, parameters, taken);
    }

    String of(TypeMirror type) {
        return text(type, List.of());
    }

    /// Type parameters with their bounds in angle brackets; nothing when there are none.
    String declared(List<? extends TypeParameterElement> parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.stream().map(this::declared).collect(Collectors.joining(", ", "<", ">"));
    }

    private String declared(TypeParameterElement parameter) {
        String bounds = parameter.getBounds().stream()
                .map(this::of)
                .filter(bound -> !bound.equals("java.lang.Object"))
                .collect(Collectors.joining(" & "));
        return of(parameter.asType()) + (bounds.isEmpty() ? "" : " extends " + bounds);
    }

    /// Type parameters in angle brackets, as arguments.
    String used(List<? extends TypeParameterElement> parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.stream()
                        .map(parameter -> of(parameter.asType()))
                        .collect(Collectors.joining(", ", "<", ">"));
    }

    /// @param more annotations, of the type parameter that the type stands for
    private String text(TypeMirror type, List<String> more) {
        SequencedSet<String> annotations = new LinkedHashSet<>();
        type.getAnnotationMirrors().forEach(annotation -> annotations.add(annotation.toString()));
        annotations.addAll(more);
        return new Visitor(List.copyOf(annotations)).visit(type);
    }

    private final class Visitor extends SimpleTypeVisitor14<String, @Nullable Void> {
        private final List<String> annotations;
        private final String prefix;

        Visitor(List<String> annotations) {
            this.annotations = annotations;
            this.prefix = annotations.stream().map(text -> text + ' ').collect(Collectors.joining());
        }

        @Override
        protected String defaultAction(TypeMirror type, @Nullable Void nothing) {
            return type.toString(); // nothing, or what the compiler will complain of
        }

        @Override
        public String visitPrimitive(PrimitiveType type, @Nullable Void nothing) {
            return prefix + type.getKind().toString().toLowerCase(Locale.ROOT);
        }

        @Override
        public String visitDeclared(DeclaredType type, @Nullable Void nothing) {
            String arguments = type.getTypeArguments().isEmpty()
                    ? ""
                    : type.getTypeArguments().stream()
                            .map(TypeText.this::of)
                            .collect(Collectors.joining(", ", "<", ">"));
            return around(type) + prefix + type.asElement().getSimpleName() + arguments;
        }

        private String around(DeclaredType type) {
            if (type.getEnclosingType().getKind() == TypeKind.DECLARED) {
                return of(type.getEnclosingType()) + '.';
            }
            String name = ((TypeElement) type.asElement()).getQualifiedName().toString();
            return name.substring(
                    0, name.length() - type.asElement().getSimpleName().length());
        }

        @Override
        public String visitError(ErrorType type, @Nullable Void nothing) {
            return type.toString(); // a class that is yet to be written, or an error that the compiler reports
        }

        @Override
        public String visitArray(ArrayType type, @Nullable Void nothing) {
            StringBuilder dimensions = new StringBuilder();
            TypeMirror inner = type;
            List<String> here = annotations;
            while (inner instanceof ArrayType array) {
                here.forEach(annotation -> dimensions.append(' ').append(annotation));
                dimensions.append(here.isEmpty() ? "[]" : " []");
                inner = array.getComponentType();
                here = inner.getAnnotationMirrors().stream()
                        .map(Object::toString)
                        .toList();
            }
            return of(inner) + dimensions;
        }

        @Override
        public String visitTypeVariable(TypeVariable type, @Nullable Void nothing) {
            Binding binding = bindings.get(type.asElement());
            if (binding != null) {
                return binding.from().text(binding.type(), annotations);
            }
            return prefix
                    + names.getOrDefault(
                            type.asElement(), type.asElement().getSimpleName().toString());
        }

        @Override
        public String visitWildcard(WildcardType type, @Nullable Void nothing) {
            if (type.getExtendsBound() != null) {
                return prefix + "? extends " + of(type.getExtendsBound());
            }
            return prefix + (type.getSuperBound() == null ? "?" : "? super " + of(type.getSuperBound()));
        }

        @Override
        public String visitIntersection(IntersectionType type, @Nullable Void nothing) {
            List<String> bounds = new ArrayList<>();
            type.getBounds().forEach(bound -> bounds.add(of(bound)));
            return String.join(" & ", bounds);
        }
    }
}
