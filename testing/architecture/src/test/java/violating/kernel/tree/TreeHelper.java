package violating.kernel.tree;

import com.tngtech.archunit.core.domain.JavaClass;
import java.nio.file.Path;
import violating.api.Door;
import violating.kernel.bytes.Codec;

/// A kernel class that meets the world outside, knows the API and uses a library, and whose name says nothing.
public record TreeHelper(Path file, JavaClass library, Door door, Codec codec) {
    long now() {
        return System.nanoTime();
    }
}
