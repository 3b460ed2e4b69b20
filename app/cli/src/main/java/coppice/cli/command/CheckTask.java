package coppice.cli.command;

import coppice.api.CheckOptions;
import coppice.api.CheckReport;
import coppice.api.Database;
import coppice.api.Issue;
import coppice.cli.render.Amounts;
import coppice.cli.render.Screen;
import coppice.cli.render.Style;
import coppice.cli.render.Text;
import coppice.json.Json;
import picocli.CommandLine.Option;

/// Reads and verifies everything.
final class CheckTask extends DatabaseTask {
    @Option(
            names = "--deep",
            description = "Also find out what each commit changed, and compare that with the index that blame and log"
                    + " ask; and make projections again, and compare them with what is known of them.")
    private boolean deep;

    @Override
    int run(Database db) {
        Screen screen = screen();
        CheckReport report;
        long nanos;
        try (StageBar bar = bar()) {
            report = db.check(new CheckOptions(deep, bar));
            nanos = bar.elapsed();
        }
        if (isJson()) {
            json(Json.object(
                    "sound",
                    report.isSound(),
                    "deep",
                    deep,
                    "chunks",
                    report.chunks(),
                    "bytes",
                    report.bytes(),
                    "commits",
                    report.commits(),
                    "issues",
                    new Json.Arr(report.issues().stream()
                            .<Json>map(CheckTask::document)
                            .toList()),
                    "furtherIssues",
                    report.furtherIssues(),
                    "millis",
                    nanos / 1_000_000));
            return report.isSound() ? OK : FAILED;
        }
        screen.line("verified " + Amounts.count(report.chunks(), "chunk") + " (" + Amounts.bytes(report.bytes())
                + ") and " + Amounts.count(report.commits(), "commit") + " in " + Amounts.time(nanos));
        if (report.isSound()) {
            String more = deep ? ", and nothing is derived wrongly" : "";
            screen.line(Text.of("✓ ", Style.GREEN).plus("everything is as it was written" + more));
            return OK;
        }
        report.problems()
                .forEach(problem -> screen.line(Text.of("✗ ", Style.RED).plus(problem)));
        return FAILED;
    }

    /// An issue for programs.
    static Json.Obj document(Issue issue) {
        return Json.object(
                "kind",
                issue.kind().name(),
                "subject",
                issue.subject(),
                "where",
                issue.where(),
                "offset",
                issue.offset() < 0 ? null : issue.offset(),
                "expected",
                issue.expected(),
                "found",
                issue.found(),
                "advice",
                issue.kind().advice());
    }
}
