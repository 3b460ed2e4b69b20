package coppice.cli.command;

import coppice.kernel.store.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Which database a command is about.
final class Location {
    /// Names it where no option does.
    static final String VARIABLE = "COPPICE_DB";

    /// Where it is when no option says so, for the help.
    static final String ELSE =
            "else $" + VARIABLE + ", else the directory you are in when that is one, else " + DemoTask.DIRECTORY + ".";

    private Location() {}

    /// @param given what the option says
    static String of(Optional<String> given, Shell shell) {
        return given.or(() -> Optional.ofNullable(shell.environment().get(VARIABLE)))
                .orElse(isDatabase(shell.directory()) ? "." : DemoTask.DIRECTORY);
    }

    /// Also of one that has lost its manifest and is to be repaired.
    private static boolean isDatabase(Path directory) {
        return Files.isDirectory(directory.resolve("packs"))
                && (Files.isRegularFile(directory.resolve(Manifest.FILE))
                        || Files.isDirectory(directory.resolve("journal")));
    }
}
