package coppice.cli.command;

import coppice.api.Coppice;
import coppice.api.Database;
import coppice.cli.view.Shown;
import picocli.CommandLine.Parameters;

/// Makes a database of a backup.
final class RestoreTask extends Task {
    @Parameters(index = "0", paramLabel = "BACKUP", description = "The directory of the backup.")
    private String backup = "";

    @Parameters(index = "1", paramLabel = "TO", description = "An empty or a new directory.")
    private String to = "";

    @Override
    public Integer call() {
        String from = shell().directory().resolve(backup).toString();
        try (Database db = Coppice.restore(from, shell().directory().resolve(to).toString())) {
            note("restored " + backup + " into " + to + ", main at "
                    + Shown.commit(db.main().head()).plain());
        }
        return OK;
    }
}
