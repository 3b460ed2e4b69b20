package coppice.testing.simulation;

import java.util.Arrays;

/// A change of a file's content that is not on stable storage yet. Immutable.
sealed interface Change {
    /// Makes the change.
    void applyTo(Pages pages);

    /// Bytes at a place.
    record Write(long position, byte[] bytes) implements Change {
        long end() {
            return position + bytes.length;
        }

        @Override
        public void applyTo(Pages pages) {
            pages.write(position, bytes, 0, bytes.length);
        }

        /// This write as the page cache holds it after a later one: where both write, the later bytes.
        Write under(Write later) {
            long from = Math.max(position, later.position);
            long to = Math.min(end(), later.end());
            if (from >= to) {
                return this;
            }
            byte[] mixed = bytes.clone();
            System.arraycopy(
                    later.bytes, (int) (from - later.position), mixed, (int) (from - position), (int) (to - from));
            return new Write(position, mixed);
        }

        Write cutAt(long size) {
            return end() <= size ? this : new Write(position, Arrays.copyOf(bytes, (int) Math.max(0, size - position)));
        }
    }

    /// Zeros at a place: what [Write] would say in many bytes.
    record Zeros(long position, long length) implements Change {
        @Override
        public void applyTo(Pages pages) {
            pages.zero(position, length);
        }
    }

    /// Another length.
    record Resize(long size) implements Change {
        @Override
        public void applyTo(Pages pages) {
            pages.truncate(size);
        }
    }
}
