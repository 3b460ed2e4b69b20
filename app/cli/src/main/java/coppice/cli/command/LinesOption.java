package coppice.cli.command;

import coppice.api.structure.IndexOptions;
import coppice.api.structure.Indexable;
import coppice.cli.source.InputException;
import coppice.json.Json;
import coppice.json.JsonException;
import coppice.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of a command that indexes many documents: where they are, and how they are indexed.
final class LinesOption {
    @Option(
            names = "--lines",
            paramLabel = "FILE",
            description =
                    "With index: many documents, a JSON object each, from a file or, where it is -, from standard "
                            + "input. All of them take effect together.")
    private Optional<String> file = Optional.empty();

    @Option(
            names = "--id",
            paramLabel = "MEMBER",
            description = "With --lines: the member that has the id, id unless told otherwise.")
    private String id = "id";

    @Option(
            names = "--step",
            paramLabel = "N",
            description = "With --lines: so many documents take effect together, then the next; what is done stays "
                    + "when something fails.")
    private Optional<Integer> step = Optional.empty();

    boolean areThere() {
        return file.isPresent();
    }

    /// Refuses what makes no sense.
    void check() {
        if (step.isPresent() && file.isEmpty()) {
            throw Failure.usage("--step is for --lines");
        }
        if (step.filter(documents -> documents < 1).isPresent()) {
            throw Failure.usage("--step is 1 or more");
        }
    }

    /// Where they are, for people.
    String source() {
        return file.filter(name -> !name.equals("-")).orElse("standard input");
    }

    IndexOptions options() {
        return step.map(IndexOptions::inSteps).orElseGet(IndexOptions::atOnce);
    }

    /// Reads the documents, one after the other.
    ///
    /// @param vectorMember the member that has the vector, if one does. It is no part of what is indexed
    /// @param vector reads it
    long read(
            Shell shell,
            Optional<String> vectorMember,
            Function<Json, float[]> vector,
            ToLongFunction<Stream<Indexable<Object>>> use) {
        String name = file.orElse("");
        try (InputStream in = name.equals("-")
                        ? shell.in()
                        : Files.newInputStream(shell.directory().resolve(name));
                JsonReader reader = JsonReader.of(in)) {
            return use.applyAsLong(Stream.iterate(reader.next(), Optional::isPresent, _ -> reader.next())
                    .map(line -> document(reader, line.orElseThrow(), vectorMember, vector)));
        } catch (JsonException notJson) {
            throw new Failure(at(notJson.line()) + ": " + notJson.getMessage(), notJson);
        } catch (IOException failure) {
            throw new Failure(source() + " cannot be read: " + InputException.reason(failure), failure);
        }
    }

    private String at(int line) {
        return source() + ", line " + line;
    }

    private Indexable<Object> document(
            JsonReader reader, Json line, Optional<String> vectorMember, Function<Json, float[]> vector) {
        if (!(line instanceof Json.Obj object && object.members().get(id) instanceof Json.Str(String called))) {
            throw new Failure(
                    at(reader.line()) + ": the document has no member '" + id + "' that is text; --id says another");
        }
        Optional<Json> numbers = vectorMember
                .flatMap(name -> Optional.ofNullable(object.members().get(name)))
                .filter(member -> !(member instanceof Json.Null));
        @Nullable
        Object stored = UntypedJson.value(vectorMember.map(object::without).orElse(object));
        Indexable<Object> document = Indexable.of(called, Objects.requireNonNull(stored));
        return numbers.map(vector).map(document::withVector).orElse(document);
    }
}
