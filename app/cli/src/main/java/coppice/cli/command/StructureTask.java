package coppice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Commit;
import coppice.api.Database;
import coppice.api.Snapshot;
import coppice.api.Transaction;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.LoadMode;
import coppice.api.structure.StructureInfo;
import coppice.cli.source.InputException;
import coppice.json.Json;
import coppice.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A command on one data structure: values as JSON, reads of any state, writes that may be a version.
abstract class StructureTask extends ReadTask {
    private static final int LINES = 50;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many lines, 50 unless told otherwise.")
    private int limit = LINES;

    @Mixin
    private final VersionOption option = new VersionOption();

    @Override
    final void checkUsage() {
        checkWords();
        if (limit < 1) {
            throw Failure.usage("--limit is 1 or more");
        }
    }

    /// Refuses words and options that make no sense together, before anything is opened.
    abstract void checkWords();

    /// How many lines are shown at most.
    final int limit() {
        return limit;
    }

    /// A value as a word or standard input has it: JSON, or else text.
    final Json value(String word) {
        byte[] text = word.equals("-") ? input() : word.getBytes(UTF_8);
        return json(text);
    }

    static Json json(byte[] text) {
        return JsonReader.tryParse(text).orElseGet(() -> Json.of(new String(text, UTF_8)));
    }

    private byte[] input() {
        try {
            return shell().in().readAllBytes();
        } catch (IOException failure) {
            throw new Failure("standard input cannot be read: " + InputException.reason(failure), failure);
        }
    }

    /// A length of time as people write it.
    static Duration time(String text) {
        try {
            boolean isDays = text.endsWith("d");
            Duration time = Duration.parse((isDays ? "P" : "PT") + text.toUpperCase(Locale.ROOT));
            if (time.isPositive()) {
                return time;
            }
        } catch (DateTimeParseException notTime) {
            // as below
        }
        throw Failure.usage("a time is a number with s, m, h or d, such as 90s or 1h30m, not '" + text + "'");
    }

    /// Says that there is no structure of a name, or else that something is not in it.
    ///
    /// @param kind of the structure
    /// @param what it is that is not in it
    final Failure missing(Snapshot state, String kind, String name, String what) {
        boolean isThere = state.structures().find(name).isPresent();
        return new Failure(
                isThere
                        ? what
                        : "there is no " + kind + " '" + name + "'; see what there is: coppice structures"
                                + Suggestion.instead(
                                        line(),
                                        name,
                                        state.structures().all().stream()
                                                .map(StructureInfo::name)
                                                .toList()));
    }

    /// Prints a stored value, or in JSON what is known of it.
    final void print(byte[] value, Supplier<Json.Obj> document) {
        if (isJson()) {
            json(document.get());
        } else {
            shell().out().write(value, 0, value.length);
            shell().out().println();
        }
    }

    /// Prints a number.
    final void number(String name, long number) {
        if (isJson()) {
            json(Json.object(name, number));
        } else {
            screen().line(Long.toString(number));
        }
    }

    /// Writes what a structure dumps to standard output.
    final void dump(Dumping structure) {
        try {
            structure.dump(shell().out(), DumpFormat.LINES);
        } catch (IOException failure) {
            throw new Failure("the dump cannot be written: " + InputException.reason(failure), failure);
        }
    }

    interface Dumping {
        long dump(OutputStream out, DumpFormat format) throws IOException;
    }

    /// Has a structure load lines.
    static long load(Loading structure, byte[] lines, LoadMode mode) {
        try {
            return structure.load(new ByteArrayInputStream(lines), DumpFormat.LINES, mode);
        } catch (IOException impossible) {
            throw new Failure("the dump cannot be read: " + InputException.reason(impossible), impossible);
        }
    }

    interface Loading {
        long load(InputStream in, DumpFormat format, LoadMode mode) throws IOException;
    }

    /// What is in a file, or comes from standard input where its name is `-`.
    final byte[] content(String file) {
        if (file.equals("-")) {
            return input();
        }
        try {
            return Files.readAllBytes(shell().directory().resolve(file));
        } catch (IOException failure) {
            throw new Failure(file + " cannot be read: " + InputException.reason(failure), failure);
        }
    }

    /// What was written.
    ///
    /// @param said for people
    /// @param document for programs
    record Written(String said, Json.Obj document) {}

    /// Writes as one step, and tells what was done.
    final void write(Database db, Function<Transaction, Written> body) {
        AtomicReference<Written> last = new AtomicReference<>(new Written("", Json.object()));
        Optional<Commit> version = option.write(branch(db), transaction -> last.set(body.apply(transaction)));
        told(last.get(), version);
    }

    /// Makes what was written by other means than a transaction a version if one was asked for, and tells what was
    /// done.
    final void written(Database db, Written written) {
        told(written, option.commit(branch(db)));
    }

    private void told(Written written, Optional<Commit> version) {
        done(
                VersionOption.said(written.said() + " on " + branchName(), version),
                VersionOption.document(written.document(), version));
    }
}
