package coppice.cli.command;

import coppice.api.Database;
import coppice.api.GcReport;
import coppice.cli.render.Amounts;

/// Drops what nothing refers to any more, and stores history in little space.
final class GcTask extends DatabaseTask {
    @Override
    int run(Database db) {
        GcReport report = db.gc();
        note("kept " + report.liveChunks() + " chunks, dropped " + report.droppedChunks() + ": "
                + Amounts.bytes(report.bytesBefore()) + " are " + Amounts.bytes(report.bytesAfter()) + " now, freed "
                + Amounts.bytes(report.freedBytes()));
        return OK;
    }
}
