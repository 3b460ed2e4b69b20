package coppice.cli.command;

import coppice.api.Database;
import coppice.api.GcReport;
import coppice.cli.render.Amounts;
import coppice.json.Json;

/// Drops what nothing refers to any more, and stores history in little space.
final class GcTask extends DatabaseTask {
    @Override
    int run(Database db) {
        GcReport report;
        try (StageBar bar = bar()) {
            report = db.gc(bar);
        }
        done(
                "kept " + Amounts.count(report.liveChunks(), "chunk") + ", dropped "
                        + Amounts.count(report.droppedChunks()) + "; the files of chunks had "
                        + Amounts.bytes(report.bytesBefore()) + " and have " + Amounts.bytes(report.bytesAfter()),
                Json.object(
                        "liveChunks", report.liveChunks(),
                        "droppedChunks", report.droppedChunks(),
                        "keptDeadChunks", report.keptDeadChunks(),
                        "bytesBefore", report.bytesBefore(),
                        "bytesAfter", report.bytesAfter(),
                        "prunedEntries", report.prunedEntries(),
                        "millis", report.took().toMillis()));
        return OK;
    }
}
