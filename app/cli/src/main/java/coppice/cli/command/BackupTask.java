package coppice.cli.command;

import coppice.api.BackupReport;
import coppice.api.Database;
import coppice.cli.render.Amounts;
import picocli.CommandLine.Parameters;

/// Copies the whole database, or what is new since the last time.
final class BackupTask extends DatabaseTask {
    @Parameters(paramLabel = "DIR", description = "An empty or new directory, or one with a backup of this database.")
    private String directory = "";

    @Override
    int run(Database db) {
        BackupReport report =
                db.backup(shell().directory().resolve(directory).toString(), new Transfer(shell())::moved);
        note("backed up " + Amounts.count(report.commits(), "new commit") + ", " + Transfer.words(report.traffic()));
        return OK;
    }
}
