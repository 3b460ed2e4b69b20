package coppice.cli.command;

import coppice.api.CheckReport;
import coppice.api.Database;
import coppice.cli.render.Amounts;
import coppice.cli.render.Screen;
import coppice.cli.render.Style;
import coppice.cli.render.Text;

/// Reads and verifies everything.
final class CheckTask extends DatabaseTask {
    @Override
    int run(Database db) {
        Screen screen = screen();
        CheckReport report;
        long nanos;
        try (StageBar bar = new StageBar(screen, shell().nanos())) {
            report = db.check(bar);
            nanos = bar.elapsed();
        }
        screen.line("verified " + Amounts.count(report.chunks(), "chunk") + " (" + Amounts.bytes(report.bytes())
                + ") and " + Amounts.count(report.commits(), "commit") + " in " + Amounts.time(nanos));
        if (report.isSound()) {
            screen.line(Text.of("✓ ", Style.GREEN).plus("everything is as it was written"));
            return OK;
        }
        report.problems()
                .forEach(problem -> screen.line(Text.of("✗ ", Style.RED).plus(problem)));
        return FAILED;
    }
}
