package coppice.async;

import java.util.List;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/// A method that an interface has.
///
/// @param types how its types are seen from the interface
/// @param declarations all of them, the most specific first
record TwinMethod(TypeText types, List<Declaration> declarations) {
    /// Where a method is declared.
    record Declaration(TypeElement owner, ExecutableElement method) {}

    /// The most specific declaration.
    ExecutableElement method() {
        return declarations.getFirst().method();
    }

    String name() {
        return method().getSimpleName().toString();
    }
}
