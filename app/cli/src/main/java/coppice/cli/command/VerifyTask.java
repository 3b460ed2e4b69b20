package coppice.cli.command;

import coppice.api.CommitId;
import coppice.api.Entry;
import coppice.api.Proof;
import coppice.api.ProofResult;
import coppice.cli.render.Amounts;
import coppice.cli.render.Style;
import coppice.cli.render.Text;
import coppice.cli.source.ExportedRow;
import coppice.cli.source.InputException;
import coppice.cli.view.Shown;
import coppice.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says what a proof proves. Needs no database.
final class VerifyTask extends ReportingTask {
    private static final String OUTCOME = "outcome";

    @Parameters(paramLabel = "FILE", description = "The proof, or - for standard input.")
    private String file = "";

    @Option(
            names = "--commit",
            paramLabel = "ID",
            required = true,
            description = "The whole name of the commit that you trust, all 64 digits of it.")
    private String commit = "";

    @Override
    public Integer call() {
        CommitId trusted;
        try {
            trusted = new CommitId(commit.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw Failure.usage(
                    "--commit takes all 64 hexadecimal digits of a commit's name, as a part of it proves nothing");
        }
        return switch (Proof.of(bytes()).verify(trusted)) {
            case ProofResult.Present present -> {
                result(
                        proved(present.space(), " has ", present.key()).plus(": " + Shown.value(present.value())),
                        ExportedRow.of(Optional.of(present.space()), present.key(), present.value())
                                .with(OUTCOME, Json.of("present")));
                yield OK;
            }
            case ProofResult.Absent absent -> {
                result(
                        proved(absent.space(), " has no ", absent.key()),
                        ExportedRow.key(Optional.of(absent.space()), absent.key())
                                .with(OUTCOME, Json.of("absent")));
                yield OK;
            }
            case ProofResult.Entries entries -> {
                show(entries);
                yield OK;
            }
            case ProofResult.Invalid invalid -> {
                result(
                        Text.of("✗ ", Style.RED).plus("proves nothing: " + invalid.why()),
                        Json.object(OUTCOME, "invalid", "why", invalid.why()));
                yield FAILED;
            }
        };
    }

    private static Text proved(String space, String verb, byte[] key) {
        return Text.of("✓ ", Style.GREEN).plus(space + verb + Shown.key(key));
    }

    private void show(ProofResult.Entries proved) {
        for (Entry entry : proved.entries()) {
            result(
                    Text.of(Shown.key(entry.key()), Style.CYAN).plus("  " + Shown.value(entry.value())),
                    ExportedRow.of(Optional.of(proved.space()), entry.key(), entry.value()));
        }
        String count = Amounts.count(proved.entries().size(), "row");
        Json.Obj summary = Json.object(
                OUTCOME,
                "range",
                "space",
                proved.space(),
                "entries",
                proved.entries().size(),
                "complete",
                proved.isComplete());
        Text tick = Text.of("✓ ", Style.GREEN);
        proved.next()
                .ifPresentOrElse(
                        rest -> result(
                                tick.plus(proved.space() + " has " + count + " in the range before "
                                        + Shown.key(rest.lower()) + ", of what follows nothing is proved"),
                                summary.with("next", ExportedRow.key(Optional.empty(), rest.lower()))),
                        () -> result(tick.plus(proved.space() + " has " + count + " in the range"), summary));
    }

    private byte[] bytes() {
        try (InputStream in = file.equals("-")
                ? shell().in()
                : Files.newInputStream(shell().directory().resolve(file))) {
            return in.readNBytes(Proof.BYTES_MAX + 1);
        } catch (IOException unreadable) {
            throw new Failure(
                    "the proof " + file + " cannot be read: " + InputException.reason(unreadable), unreadable);
        }
    }
}
