package coppice.cli.command;

import coppice.api.Coppice;
import coppice.api.Issue;
import coppice.api.RepairOptions;
import coppice.api.RepairReport;
import coppice.cli.render.Screen;
import coppice.cli.render.Style;
import coppice.cli.render.Text;
import coppice.cli.source.ExportedRow;
import coppice.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Repairs a damaged database.
final class RepairTask extends ReportingTask {
    @Option(
            names = {"-d", "--db"},
            paramLabel = "DIR",
            description = "The database's directory; " + Location.ELSE)
    private Optional<String> directory = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "Another database or a backup, to take missing chunks from. May be given more than once.")
    private List<String> copies = new ArrayList<>();

    @Option(names = "--dry-run", description = "Change nothing, only say what would be done.")
    private boolean dryRun;

    @Option(
            names = "--allow-loss",
            description = "Give up what cannot be had back, and name it: refs go to older commits or go, the journal"
                    + " ends where it is damaged.")
    private boolean allowLoss;

    @Override
    public Integer call() {
        String location = Location.of(directory, shell());
        RepairReport report;
        try (StageBar bar = bar()) {
            RepairOptions options = new RepairOptions(
                    copies.stream()
                            .map(copy -> shell().directory().resolve(copy).toString())
                            .toList(),
                    allowLoss,
                    dryRun,
                    bar);
            report = Coppice.repair(shell().directory().resolve(location).toString(), options);
        }
        if (isJson()) {
            json(document(report));
        } else {
            show(report);
        }
        return report.isSound() ? OK : FAILED;
    }

    private void show(RepairReport report) {
        Screen screen = screen();
        report.found().forEach(issue -> screen.line(Text.of("✗ ", Style.RED).plus(place(issue))));
        report.actions()
                .forEach(action -> screen.line(Text.of("✓ ", Style.GREEN).plus(action.text())));
        report.losses()
                .forEach(loss -> screen.line(Text.of("✗ lost: ", Style.RED).plus(loss.text())));
        String kept = report.dryRun() ? "  would be kept as " : "  kept as ";
        report.aside().forEach(path -> screen.line(kept + path));
        String ended = report.outcome().text() + (report.dryRun() ? " (nothing was changed)" : "");
        screen.line(report.isSound() ? Text.of("✓ ", Style.GREEN).plus(ended) : Text.of(ended, Style.BOLD));
    }

    private static String place(Issue issue) {
        return issue.where() + (issue.offset() < 0 ? "" : " at byte " + issue.offset()) + ": expected "
                + issue.expected() + ", found " + issue.found();
    }

    private static Json.Obj document(RepairReport report) {
        return Json.object(
                "outcome",
                report.outcome().name(),
                "dryRun",
                report.dryRun(),
                "found",
                new Json.Arr(
                        report.found().stream().<Json>map(CheckTask::document).toList()),
                "actions",
                new Json.Arr(report.actions().stream().map(RepairTask::document).toList()),
                "losses",
                new Json.Arr(report.losses().stream().map(RepairTask::document).toList()),
                "aside",
                Json.strings(report.aside()));
    }

    private static Json document(RepairReport.Action action) {
        return Json.object("step", action.step().name(), "subject", action.subject(), "count", action.count());
    }

    private static Json document(RepairReport.Loss loss) {
        return Json.object(
                "kind",
                loss.kind().name(),
                "subject",
                loss.subject(),
                "detail",
                loss.detail(),
                "rows",
                loss.rows().map(RepairTask::document).orElse(null));
    }

    /// Where a stretch begins or ends with the space, that is left out.
    private static Json document(RepairReport.Rows rows) {
        return Json.object("space", rows.space(), "after", key(rows.after()), "upTo", key(rows.upTo()));
    }

    private static @Nullable Json key(byte[] key) {
        return key.length == 0 ? null : ExportedRow.key(Optional.empty(), key);
    }
}
