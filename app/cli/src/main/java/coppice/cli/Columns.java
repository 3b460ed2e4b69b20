package coppice.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/// The terminal's width, asked for once and only when somebody wants to know. Only the terminal knows, and Java does
/// not ask it, so `stty` does. One thread at a time.
final class Columns implements IntSupplier {
    private static final int UNKNOWN = 100;
    private final Map<String, String> environment;
    private int columns;

    Columns(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public int getAsInt() {
        if (columns == 0) {
            String known = environment.getOrDefault("COLUMNS", "");
            columns = known.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(known) : asked();
        }
        return columns;
    }

    private static int asked() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .start();
            String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ", -1);
            if (stty.waitFor(1, TimeUnit.SECONDS) && size.length == 2 && size[1].matches("[1-9][0-9]{0,3}")) {
                return Integer.parseInt(size[1]);
            }
        } catch (IOException noTerminal) {
            return UNKNOWN;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return UNKNOWN;
    }
}
