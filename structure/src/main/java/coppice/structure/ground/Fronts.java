package coppice.structure.ground;

/// Where the rows of a space begin, for spaces whose rows come and go at one end: what was removed there since it
/// was folded would otherwise be walked over again and again. A key begins with a byte that says of what kind the
/// row is. Holds for one step; see [Ground#update(String, java.util.function.BiFunction)].
public interface Fronts {
    /// Nothing is known: all may be there.
    Fronts UNKNOWN = new Fronts() {
        @Override
        public byte[] of(byte kind) {
            return new byte[] {kind};
        }

        @Override
        public void found(byte kind, byte[] first) {}
    };

    /// A key before which there is no row of a kind. Not a copy.
    byte[] of(byte kind);

    /// Takes note of the first key of a kind, as the step found it before it wrote anything.
    ///
    /// @param first one behind all of the kind when there is none. Kept
    void found(byte kind, byte[] first);
}
