package coppice.structure.ground;

import java.util.Arrays;
import java.util.List;

/// Which rows of a space come first, for spaces whose rows come and go at one end: what was removed there since it
/// was folded would otherwise be walked over again and again. A key begins with a byte that says of what kind the
/// row is. Holds for one step; see [Ground#update(String, java.util.function.BiFunction)].
public interface Fronts {
    /// Nothing is known: all may be there.
    Fronts UNKNOWN = new Fronts() {
        @Override
        public Front of(byte kind, int most) {
            return new Front(List.of(), new byte[] {kind});
        }

        @Override
        public void found(byte kind, Front before, List<byte[]> keys, byte[] rest) {}
    };

    /// What is known of a kind of rows. Nothing here is a copy.
    ///
    /// @param keys the first ones, in order. Somebody else may have removed one of them, or put one that the step
    ///     does not see: then the step will conflict if it writes to it
    /// @param rest the key from which on there may be others; none are before it
    record Front(List<byte[]> keys, byte[] rest) {
        /// A key before which there is no row of the kind.
        public byte[] first() {
            return keys.isEmpty() ? rest : keys.getFirst();
        }
    }

    /// What is known of a kind of rows.
    ///
    /// @param most how many keys are of interest
    Front of(byte kind, int most);

    /// Takes note of what the step found before it wrote anything.
    ///
    /// @param before what was known, by which it looked
    /// @param keys all from what was the rest to what is the rest now, in order. Kept
    /// @param rest the key from which on there may be others
    void found(byte kind, Front before, List<byte[]> keys, byte[] rest);

    /// The key right behind another.
    static byte[] behind(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }
}
