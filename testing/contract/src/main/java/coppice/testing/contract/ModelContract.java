package coppice.testing.contract;

import coppice.testing.contract.model.Histories;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything at once: random work on two databases that exchange, beside plain maps.
///
/// `-Dcoppice.runs=N` tries more, `-Dcoppice.seed=fresh` others.
abstract class ModelContract extends Contract {
    /// How many random histories one build tries: directories wait for the disk.
    private int runs() {
        return subject.isPersistent() ? 6 : 24;
    }

    @TempDir
    Path scratch;

    @Test
    void randomHistoriesGiveWhatPlainMapsGive() {
        Histories.check(this::subject, scratch.resolve("histories"), runs());
    }
}
