package coppice.engine.edit;

import coppice.api.DatabaseException;
import coppice.api.Import;
import coppice.api.ImportReport;
import coppice.engine.live.LiveBranch;
import coppice.engine.state.Spaces;
import coppice.engine.version.Filling;
import coppice.engine.version.Grafting;
import coppice.kernel.tree.Tree;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads JSON lines into branches: builds the trees beside everything else, and then makes them the working state
/// by one move. If the branch was written to meanwhile, what was read is merged into what it has by then, and
/// wins.
public final class Importing {
    private static final long GATHERED_BYTES_MAX = 8L << 20;
    private static final int BUILT_MAX = 64;
    private static final int TOLD_EVERY = 1024;

    private final Grafting grafting;

    Importing(Grafting grafting) {
        this.grafting = grafting;
    }

    /// Reads a stream to its end, and makes what it holds the working state of a branch.
    ///
    /// @param in stays open
    /// @throws DatabaseException with the line in which something is wrong; then nothing has changed
    public ImportReport run(LiveBranch branch, InputStream in, Import how) {
        ImportReport[] report = {new ImportReport(0, 0)};
        grafting.graft(branch, "import", before -> {
            Reading reading = new Reading(before);
            LineSource source = new LineSource(in, how);
            for (Optional<LineSource.Line> line = source.next(); line.isPresent(); line = source.next()) {
                reading.add(line.get());
                if (reading.rows % TOLD_EVERY == 0) {
                    how.progress().moved("import", "rows", reading.rows, reading.rows);
                }
            }
            report[0] = new ImportReport(reading.rows, reading.bytes);
            return reading.finish();
        });
        how.progress().moved("import", "rows", report[0].rows(), report[0].rows());
        return report[0];
    }

    /// The spaces that are read so far.
    private static final class Reading {
        private final Spaces before;
        private final Map<String, Filling> spaces = new HashMap<>();
        private long gathered;
        private long rows;
        private long bytes;

        Reading(Spaces before) {
            this.before = before;
        }

        void add(LineSource.Line line) {
            Filling space = spaces.get(line.space());
            if (space == null) {
                if (spaces.values().stream().filter(Filling::isBuilt).count() >= BUILT_MAX) {
                    spaces.values().forEach(Filling::settle);
                }
                space = new Filling(before.space(line.space()).base());
                spaces.put(line.space(), space);
            }
            gathered += space.add(line.key(), line.value());
            if (gathered > GATHERED_BYTES_MAX) {
                spaces.values().forEach(Filling::flush);
                gathered = 0;
            }
            rows++;
            bytes += line.key().length + line.value().length;
        }

        Map<String, Tree> finish() {
            return Filling.finish(spaces);
        }
    }
}
