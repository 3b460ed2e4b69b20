package coppice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Commit;
import coppice.api.Database;
import coppice.api.Proof;
import coppice.api.Range;
import coppice.cli.render.Amounts;
import coppice.cli.source.InputException;
import coppice.json.Json;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes a proof of what a commit has under a key or in a range.
final class ProveTask extends DatabaseTask {
    @Parameters(index = "0", paramLabel = "SPACE", description = "The space to prove something of.")
    private String space = "";

    @Parameters(
            index = "1",
            paramLabel = "KEY",
            arity = "0..1",
            description = "The key, whether it is there or not; else a range of keys.")
    private Optional<String> key = Optional.empty();

    @Option(names = "--at", paramLabel = "REF", description = "The commit to prove it of; else the branch's latest.")
    private Optional<String> at = Optional.empty();

    @Option(names = "--prefix", paramLabel = "TEXT", description = "A range: the keys that begin with this.")
    private Optional<String> prefix = Optional.empty();

    @Option(names = "--from", paramLabel = "KEY", description = "A range: from this key on.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--to", paramLabel = "KEY", description = "A range: up to this key, itself not included.")
    private Optional<String> to = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "At most so many entries of a range; else 1000.")
    private int limit = 1_000;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file to write, which must not exist; else standard output.")
    private Optional<String> output = Optional.empty();

    @Override
    void checkUsage() {
        if (key.isPresent() && (prefix.isPresent() || from.isPresent() || to.isPresent())) {
            throw Failure.usage("--prefix, --from and --to do not go together with a KEY; use one or the other");
        }
        if (limit < 1 || limit > Proof.ENTRIES_MAX) {
            throw Failure.usage("--limit takes 1 to " + Proof.ENTRIES_MAX + "; prove a longer range in parts");
        }
        if (output.isEmpty() && !isJson() && screen().look().live()) {
            throw Failure.usage("a proof is no text for a terminal; say where to write it: -o FILE");
        }
    }

    @Override
    int run(Database db) {
        Commit commit = db.resolve(at.map(this::ref).orElse(branchName()));
        String ref = commit.id().hex();
        Proof proof;
        if (key.isPresent()) {
            proof = db.prove(ref, space, key.get().getBytes(UTF_8));
        } else {
            Range range = ReadTask.range(prefix, from, to, false);
            proof = db.prove(ref, space, range, limit);
        }
        if (output.isPresent()) {
            write(proof.toBytes(), output.get());
            done(
                    "wrote a proof of " + Amounts.bytes(proof.size()) + "; with it anybody can check: coppice verify "
                            + output.get() + " --commit " + ref,
                    Json.object("commit", ref, "file", output.get(), "bytes", proof.size()));
        } else if (isJson()) {
            json(Json.object("commit", ref, "proof64", Base64.getEncoder().encodeToString(proof.toBytes())));
        } else {
            shell().out().write(proof.toBytes(), 0, proof.size());
        }
        return OK;
    }

    private void write(byte[] bytes, String file) {
        try {
            Files.write(shell().directory().resolve(file), bytes, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException exists) {
            throw new Failure(file + " is there already; remove it or choose another name", exists);
        } catch (IOException failure) {
            throw new Failure(file + " cannot be written: " + InputException.reason(failure), failure);
        }
    }
}
