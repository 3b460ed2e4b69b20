package coppice.engine.views;

import coppice.engine.projection.Node;
import coppice.projection.CompiledProjection;

/// A projection that is defined: what it says, and what is made of what for it.
///
/// @param projection what it says
/// @param text the definition as it is stored
/// @param rows the rows that it is about: of its source, or joined ones
/// @param result its own entries
public record Defined(CompiledProjection projection, String text, Node rows, Node result) {
    /// Its name.
    public String name() {
        return projection.name();
    }
}
