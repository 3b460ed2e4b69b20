package coppice.cli.command;

import coppice.api.BackupReport;
import coppice.api.Database;
import coppice.cli.render.Amounts;
import coppice.json.Json;
import picocli.CommandLine.Parameters;

/// Copies the whole database, or what is new since the last time.
final class BackupTask extends DatabaseTask {
    @Parameters(paramLabel = "DIR", description = "An empty or new directory, or one with a backup of this database.")
    private String directory = "";

    @Override
    int run(Database db) {
        BackupReport report = backup(db, shell().directory().resolve(directory).toString());
        done(
                "backed up " + Amounts.count(report.commits(), "new commit") + ", " + Transfer.words(report.traffic()),
                Json.object(
                        "backup", directory,
                        "commits", report.commits(),
                        "traffic", Transfer.document(report.traffic())));
        return OK;
    }

    private BackupReport backup(Database db, String place) {
        try (StageBar bar = bar()) {
            return db.backup(place, bar::moved);
        }
    }
}
