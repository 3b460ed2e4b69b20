package coppice.async;

import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;

/// Why something has no asynchronous twin, what to do about it, and where.
final class NotTwinned extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Element where;

    NotTwinned(Element where, String why) {
        super("No asynchronous twin of " + qualified(where) + ": " + why);
        this.where = where;
    }

    private static String qualified(Element element) {
        return element instanceof ExecutableElement
                ? element.getEnclosingElement() + "." + element
                : element.toString();
    }

    Element where() {
        return where;
    }
}
