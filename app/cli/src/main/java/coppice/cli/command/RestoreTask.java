package coppice.cli.command;

import coppice.api.Commit;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Options;
import coppice.cli.view.Shown;
import coppice.json.Json;
import picocli.CommandLine.Parameters;

/// Makes a database of a backup.
final class RestoreTask extends ReportingTask {
    @Parameters(index = "0", paramLabel = "BACKUP", description = "The directory of the backup.")
    private String backup = "";

    @Parameters(index = "1", paramLabel = "TO", description = "An empty or a new directory.")
    private String to = "";

    @Override
    public Integer call() {
        String from = shell().directory().resolve(backup).toString();
        try (Database db = restored(from, shell().directory().resolve(to).toString())) {
            Commit head = db.main().head();
            done(
                    "restored " + backup + " into " + to + ", main at "
                            + Shown.commit(head).plain(),
                    Json.object(
                            "database", to, "from", backup, "head", head.id().hex()));
        }
        return OK;
    }

    private Database restored(String from, String place) {
        try (StageBar bar = bar()) {
            return Coppice.restore(from, place, Options.defaults(), bar::moved);
        }
    }
}
