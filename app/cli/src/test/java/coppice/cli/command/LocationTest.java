package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocationTest {
    @TempDir
    private Path directory;

    @Test
    void aCommandInADatabaseIsAboutThatOneUnlessToldOtherwise() {
        Session outside = new Session(directory);
        outside.ok("put s k inner -d db");
        outside.ok("put s k outer -d other");
        Path inside = directory.resolve("db");
        assertThat(new Session(inside).ok("get s k")).contains("inner");
        assertThat(new Session(inside).ok("get s k -d ../other")).contains("outer");
        assertThat(new Session(inside).with("COPPICE_DB", "../other").ok("get s k"))
                .contains("outer");
        assertThat(outside.run("get", "s", "k").err()).contains("there is no database in coppice-demo");
    }

    @Test
    void alsoADatabaseWithoutItsManifestIsOne() throws IOException {
        Session outside = new Session(directory);
        outside.ok("put s k inner -d db -m first");
        Files.delete(directory.resolve("db/MANIFEST"));
        Session inside = new Session(directory.resolve("db"));
        assertThat(inside.run("get", "s", "k").code()).isNotZero();
        inside.ok("repair");
        assertThat(inside.ok("get s k")).contains("inner");
    }
}
