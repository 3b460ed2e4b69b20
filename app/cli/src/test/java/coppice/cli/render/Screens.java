package coppice.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Screens to look at in tests.
public final class Screens {
    private Screens() {}

    /// What gets onto a screen of a look and 80 columns; an escape shows as `␛`, a return as `␍`.
    public static String shown(Screen.Look look, Consumer<Screen> writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        writer.accept(new Screen(out, look, () -> 80));
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8)
                .replace('\u001b', '␛')
                .replace('\r', '␍')
                .replace(System.lineSeparator(), "\n");
    }

    /// Checks output against the golden file beside a test. Where they differ, the output is left in `target/golden`
    /// to look at, and to take over when it is right.
    public static void assertGolden(Class<?> test, String name, String shown) throws IOException {
        try (InputStream in = test.getResourceAsStream(name)) {
            String golden = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (!golden.equals(shown)) {
                Path actual = Path.of("target", "golden", name);
                Files.createDirectories(actual.getParent());
                Files.writeString(actual, shown);
            }
            assertThat(shown).isEqualTo(golden);
        }
    }
}
